"""Mark in the text what a person must decide, and describe it: the event, the field, both values."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import NamedTuple

from rexctl.changes import wording
from rexctl.changes.changes import find_differences, section_of
from rexctl.changes.wording import LIMIT, join_words, quote
from rexctl.gitrepo.merge_file import Conflict
from rexctl.gitrepo.trees import BOTH_SIDES, find_unmerged
from rexctl.merge.event_merge import Clash, Merged, format_name, merge_events, name_path
from rexctl.merge.text_merge import EventText, parse_event
from rexctl.model.validate import validate
from rexctl.records import Event, Finding
from rexctl.store.log import Log
from rexctl.values.safe_text import clean_line
from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.edit import common_items
from rexctl.yamlfile.source import CONFLICT, CONFLICT_CODE, CONFLICT_HINT

Lines = Sequence[str]

_MAX_TITLE = 50  # characters
_SIDES = ("checkout --ours", "checkout --theirs")
_HERE, _THERE = "here (ours)", "there (theirs)"
_COMMENTS = "the comments, or the layout of the lines, of both sides cannot be merged"


class _Conflicts(NamedTuple):
    """A marked text as an event of each side, and the values that clash by the lines of first markers."""

    ours: Event
    base: Event
    theirs: Event
    merged: Merged
    clashes: dict[int, list[Clash]]


def mark_conflicts(ours: str, base: str, theirs: str) -> str:
    """Return one text with markers around all that differs; they name the clashes within."""
    parts = list(_split(*(text.split("\n") for text in (ours, base, theirs))))
    conflicts = _read_conflicts(_join(parts, repeat("")))
    names = ([clean_line(format_name(one.name)) for one in clashes]
             for clashes in (conflicts.clashes.values() if conflicts else ()))  # fmt: skip
    labels = (f": {', '.join(dict.fromkeys(one))}" if one else "" for one in names)
    return _join(parts, chain(labels, repeat("")))


def _join(parts: Iterable[Lines | Conflict], labels: Iterator[str]) -> str:
    marked: list[str] = []
    for part in parts:
        if isinstance(part, Conflict):
            label = next(labels)
            marked += [f"<<<<<<< ours{label}", *part.ours, f"||||||| base{label}", *part.base,
                       "=======", *part.theirs, f">>>>>>> theirs{label}"]  # fmt: skip
        else:
            marked += part
    return "\n".join(marked)


def _split(ours: Lines, base: Lines, theirs: Lines) -> Iterator[Lines | Conflict]:
    """Yield the lines that all three share, and between them whatever differs, merged by nobody."""
    in_base, in_theirs = dict(common_items(ours, base)), dict(common_items(ours, theirs))
    i = j = k = 0
    for n in (*sorted(in_base.keys() & in_theirs.keys()), len(ours)):
        to_j, to_k = in_base.get(n, len(base)), in_theirs.get(n, len(theirs))
        if (n, to_j, to_k) != (i, j, k):
            yield Conflict(ours[i:n], base[j:to_j], theirs[k:to_k])
        yield ours[n : n + 1]
        i, j, k = n + 1, to_j + 1, to_k + 1


def describe_conflicts(
    findings: Iterable[Finding], read: Callable[[str], bytes | Finding], log: Log | None = None
) -> list[Finding]:
    """Return findings with those of conflict markers in words: a finding for each value in conflict.

    `read` returns the bytes of a path. A file of which one side does not parse keeps its findings.
    The last finding of a file that is unmerged in the repository of `log` has the commands that take
    one side whole.
    """
    described: list[Finding] = []
    texts: dict[str, dict[int, list[str]]] = {}
    for finding in findings:
        if finding.code != CONFLICT_CODE or not finding.message.startswith("a merge conflict"):
            described.append(finding)
            continue
        if finding.path not in texts:
            data = read(finding.path)
            texts[finding.path] = dict(_describe(data)) if isinstance(data, bytes) else {}
        messages = texts[finding.path].get(finding.line) or [finding.message]
        described += [finding._replace(message=one, hint=CONFLICT_HINT) for one in messages]
    unmerged = find_unmerged(log.root) if log and texts else {}
    last = {one.path: n for n, one in enumerate(described) if one.path in unmerged}
    for path, n in last.items():
        if log and path in texts:
            hint = f"{CONFLICT_HINT}; or take one side whole:\n{_commands(log, path, _SIDES)}"
            described[n] = described[n]._replace(hint=hint)
    return described


def describe_unmerged(log: Log, path: str, sides: str, title: str) -> Finding:
    """Return the error for a file without markers that git's index holds unmerged."""
    is_whole = sides in BOTH_SIDES
    choice = "take one side whole" if is_whole else "keep the event, or delete it"
    commands = _commands(log, path, _SIDES if is_whole else ("add", "rm"))
    name = f"{quote(title)}: " if title else ""
    return Finding("unmerged", f"{name}git has not merged {path.rpartition('/')[2]}: {sides}", path,
                   hint=f"write what is right, then run git add; or {choice}:\n{commands}")  # fmt: skip


def _commands(log: Log, path: str, commands: Iterable[str]) -> str:
    return "\n".join(log.git_command(one, path) for one in commands)


def _describe(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the line of each conflict in a file, and what is in conflict there."""
    conflicts = _read_conflicts(read_document(data).text)
    if conflicts is None:
        return
    ours, base, theirs, merged, clashes = conflicts
    title = quote(str(base.get("title") or ours.get("title") or ours.get("id")), _MAX_TITLE)
    reasons = list(find_contradictions(base, ours, theirs, merged.data))
    reasons = reasons or ([] if merged.clashes else [_COMMENTS])
    for line, within in clashes.items():
        texts = [*reasons, *(describe_clash(clash, str(ours["type"])) for clash in within)]
        yield line, [f"{title}: {text}" for text in texts]
        reasons = []


def _read_conflicts(text: str) -> _Conflicts | None:
    """Return the conflicts in a marked text; None where it has none, or a side does not parse."""
    sides: tuple[list[str], ...] = ([], [], [])
    blocks: dict[int, tuple[range, ...]] = {}  # the lines of each side, by that of the first marker
    current, line, starts, has_base = (0, 1, 2), 1, [0, 0, 0], False
    for number, text_line in enumerate(text.split("\n"), 1):
        match = CONFLICT.match(text_line)
        if match is None:
            for side in current:
                sides[side].append(text_line)
            continue
        sign = match[1][0]
        has_base |= sign == "|"
        if sign == "<":
            line, starts = number, [len(side) for side in sides]
        elif sign == ">":
            blocks[line] = tuple(range(n, len(side)) for n, side in zip(starts, sides, strict=True))
        current = {"<": (0,), "|": (1,), "=": (2,), ">": (0, 1, 2)}[sign]  # type: ignore[assignment]
    ours, base, theirs = (parse_event("\n".join(side).encode(), "") for side in sides)
    if ours is None or theirs is None or not blocks:
        return None
    was = base.data if base and has_base else {}
    merged = merge_events(was, ours.data, theirs.data, ours.shape)
    clashes: dict[int, list[Clash]] = {line: [] for line in blocks}
    lines = [(n, _lines_by_name(side)) for n, side in ((0, ours), (2, theirs))]
    for clash in merged.clashes:
        lines_of_clash = (line for n, by_name in lines for line, ranges in blocks.items()
                 if set(by_name.get(clash.name, ())).intersection(ranges[n]))  # fmt: skip
        clashes[next(lines_of_clash, next(iter(blocks)))].append(clash)
    return _Conflicts(ours.data, was, theirs.data, merged, clashes)


def _lines_by_name(version: EventText) -> dict[tuple[str, ...], range]:
    """Return the lines of each value of a text, from 0."""
    document, ranges = version.document, {}
    for path in document.nodes:
        if path:
            first, last = document.lines(path)
            ranges[name_path(path, document.value, version.shape)] = range(first - 1, last)
    return ranges


def describe_clash(clash: Clash, shape: str) -> str:
    """Return what both sides say: `rates: 30 percent here (ours), 25 percent there (theirs)`."""
    ours, theirs, base = wording.describe_versions(clash.kind, clash.ours, clash.theirs, clash.base)
    before = "" if clash.base is None or isinstance(clash.base, dict) else f", {base} before"
    name = wording.name_path_in_words(clash.name, shape)
    return f"{name}: {ours} {_HERE}, {theirs} {_THERE}{before}"


def find_contradictions(base: Event, ours: Event, theirs: Event, merged: Event) -> Iterator[str]:
    """Yield why values that merged by themselves cannot be true together, and whose they are.

    That is a fault which neither side has, and a new window of what the other side withdrew.
    """
    sides = (ours, theirs)
    known = {(one.code, one.message) for side in sides for one in validate(dict(side))[1]}
    changed = [_changed_fields(base, side) for side in sides]
    for fault in validate(dict(merged))[1]:
        if (fault.code, fault.message) in known:
            continue
        top, named = next(map(str, fault.loc), ""), []
        for n, where in enumerate((_HERE, _THERE)):
            own = [name for name in changed[n] if name not in changed[1 - n]]
            names = own or list(changed[n])
            near = [name for name in names if changed[n][name][0] == top]
            named.append(f"{join_words(near or names, LIMIT)} {where}")
        yield f"{' and '.join(named)} contradict each other: {fault.message}"
    for n, where in enumerate((_HERE, _THERE)):
        if sides[n].get("status") == "withdrawn" != base.get("status") and base:
            force = [name for name, (_, section) in changed[1 - n].items() if section == "force"]
            if force and sides[1 - n].get("status") != "withdrawn":
                there = (_THERE, _HERE)[n]
                yield f"status withdrawn {where} contradicts what changed {there}: {join_words(force, LIMIT)}"


def _changed_fields(base: Event, side: Event) -> dict[str, tuple[str, str]]:
    """Return the fields that a side changed, by their names in words: the first step, and the section."""
    return {
        wording.name_difference(one, side): (
            one.location.field.partition(".")[0],
            section_of(one, side),
        )
        for one in find_differences({"type": side["type"], **base}, side)
    }
