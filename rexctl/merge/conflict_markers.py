"""Mark in the text what a person must decide, and describe it: the event, the field, both values."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rexctl.changes.changes import find_differences, section_of
from rexctl.changes.wording import (
    LIMIT,
    describe_versions,
    join_words,
    name_difference,
    name_path_in_words,
    quote,
)
from rexctl.gitrepo.merge_file import Conflict
from rexctl.gitrepo.trees import BOTH_SIDES, find_unmerged
from rexctl.merge.event_merge import Clash, format_name, merge_events, name_path
from rexctl.merge.text_merge import EventText, parse_event
from rexctl.model.validate import validate
from rexctl.records import Finding
from rexctl.store.log import Log
from rexctl.values.safe_text import clean_line
from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.edit import common_items
from rexctl.yamlfile.source import CONFLICT, CONFLICT_CODE, CONFLICT_HINT

Lines = Sequence[str]
Event = Mapping[str, Any]

_SIDES = ("checkout --ours", "checkout --theirs")
_HERE, _THERE = "here (ours)", "there (theirs)"
_COMMENTS = "the comments, or the layout of the lines, of both sides cannot be merged"


class Version(NamedTuple):
    """A text, and the lines of each clash in it: its name, first and last line, from 0, in order."""

    text: str
    ranges: tuple[tuple[str, int, int], ...] = ()


def locate_clashes(text: str, shape: str, clashes: Iterable[Clash]) -> Version:
    """Return a text of one side's values with the lines of each clash."""
    version = parse_event(text.encode(), "", shape)
    if version is None:
        return Version(text)
    names = {clash.path: clean_line(format_name(clash.name)) for clash in clashes}
    ranges = [(name, *_lines_at(version, path)) for path, name in names.items()
              if path in version.document.nodes]  # fmt: skip
    return Version(text, tuple(sorted(ranges, key=lambda one: one[1])))


def _lines_at(version: EventText, path: tuple[str | int, ...]) -> tuple[int, int]:
    """Return the first and the last line of a value, from 0."""
    document = version.document
    ends = document.start(path), max(document.nodes[path].end - 1, 0)
    first, last = (document.source.position(end)[0] - 1 for end in ends)
    return first, last


def mark_conflicts(ours: Version, base: Version, theirs: Version) -> str:
    """Return one text with markers around all that differs; they name the clashes within."""
    marked: list[str] = []
    in_ours = in_theirs = 0
    for part in _split(*(version.text.split("\n") for version in (ours, base, theirs))):
        if not isinstance(part, Conflict):
            marked += part
            in_ours, in_theirs = in_ours + len(part), in_theirs + len(part)
            continue
        names = dict.fromkeys([
            *_names_within(ours, in_ours, len(part.ours)),
            *_names_within(theirs, in_theirs, len(part.theirs)),
        ])  # fmt: skip
        in_ours, in_theirs = in_ours + len(part.ours), in_theirs + len(part.theirs)
        label = f": {', '.join(names)}" if names else ""
        marked += [f"<<<<<<< ours{label}", *part.ours, f"||||||| base{label}", *part.base,
                   "=======", *part.theirs, f">>>>>>> theirs{label}"]  # fmt: skip
    return "\n".join(marked)


def _names_within(version: Version, start: int, count: int) -> list[str]:
    """Return the names of the clashes that have a line among so many from `start` on."""
    end = start + count
    return [name for name, first, last in version.ranges if first < end and last >= start]


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


class _Block(NamedTuple):
    """A marked conflict: the line of its first marker, and where its lines begin and end on each side."""

    line: int
    starts: Sequence[int]
    ends: Sequence[int]


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
    sides, blocks = _read_sides(read_document(data).text)
    ours, base, theirs = (parse_event("\n".join(side).encode(), "") for side in sides)
    if ours is None or theirs is None or not blocks:
        return
    was: dict[str, Any] = base.data if base and any(one.ends[1] for one in blocks) else {}
    merged = merge_events(was, ours.data, theirs.data, ours.shape)
    title = quote(str(was.get("title") or ours.data.get("title") or ours.data.get("id")))
    found: dict[int, list[str]] = {block.line: [] for block in blocks}
    for clash in merged.clashes:
        line = _line_of(clash, blocks, ours, theirs)
        found[line].append(f"{title}: {describe_clash(clash, ours.shape)}")
    if not merged.clashes:
        reasons = list(find_contradictions(was, ours.data, theirs.data, merged.data))
        found[blocks[0].line] += [f"{title}: {one}" for one in reasons or [_COMMENTS]]
    yield from found.items()


def _read_sides(text: str) -> tuple[tuple[list[str], ...], list[_Block]]:
    """Return the lines of ours, base and theirs in a marked text, and its conflicts.

    The end of the base in a block is 0 where the markers have no base.
    """
    sides: tuple[list[str], ...] = ([], [], [])
    blocks: list[_Block] = []
    current, line, starts, has_base = (0, 1, 2), 1, [0, 0, 0], False
    for number, text_line in enumerate(text.split("\n"), 1):
        match = CONFLICT.match(text_line)
        if match is None:
            for side in current:
                sides[side].append(text_line)
            continue
        sign = match[1][0]
        if sign == "<":
            line, starts, has_base = number, [len(side) for side in sides], False
        has_base |= sign == "|"
        if sign == ">":
            ends = [len(side) for side in sides]
            blocks.append(_Block(line, starts, [ends[0], ends[1] if has_base else 0, ends[2]]))
        current = {"<": (0,), "|": (1,), "=": (2,), ">": (0, 1, 2)}[sign]  # type: ignore[assignment]
    return sides, blocks


def _line_of(clash: Clash, blocks: Sequence[_Block], ours: EventText, theirs: EventText) -> int:
    """Return the line of the conflict that has a line of a value that clashes, else of the first one."""
    for side, version in ((0, ours), (2, theirs)):
        document = version.document
        for path in document.nodes:
            if path and name_path(path, document.value, version.shape) == clash.name:
                first, last = _lines_at(version, path)
                for block in blocks:
                    if first < block.ends[side] and last >= block.starts[side]:
                        return block.line
    return blocks[0].line


def describe_clash(clash: Clash, shape: str) -> str:
    """Return what both sides say: `rates: 30 percent here (ours), 25 percent there (theirs)`."""
    ours, theirs, base = describe_versions(clash.kind, clash.ours, clash.theirs, clash.base)
    before = "" if clash.base is None or isinstance(clash.base, dict) else f", {base} before"
    name = name_path_in_words(clash.name, shape)
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
        name_difference(one, side): (one.location.field.partition(".")[0], section_of(one, side))
        for one in find_differences({"type": side["type"], **base}, side)
    }
