"""Mark in the text what a person must decide: both sides, the base, and the name of the value."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from rexctl.gitrepo.merge_file import Conflict
from rexctl.merge.event_merge import Clash, format_name
from rexctl.merge.text_merge import parse_event
from rexctl.records import Finding
from rexctl.values.safe_text import clean_line
from rexctl.yamlfile.edit import common_items

Lines = Sequence[str]

_HINT = "keep what is right and take the marker lines out"
_MAX_VALUE = 60  # characters


class Version(NamedTuple):
    """A text, and the lines of each clash in it: its name, first and last line, from 0, in order."""

    text: str
    ranges: tuple[tuple[str, int, int], ...] = ()


def locate_clashes(text: str, shape: str, clashes: Iterable[Clash]) -> Version:
    """Return a text of one side's values with the lines of each clash."""
    version = parse_event(text.encode(), "", shape)
    if version is None:
        return Version(text)
    document, ranges = version.document, []
    for clash in clashes:
        if node := document.nodes.get(clash.path):
            first = document.source.position(document.start(clash.path))[0] - 1
            last = document.source.position(max(node.end - 1, 0))[0] - 1
            ranges.append((clash_name(clash), first, last))
    return Version(text, tuple(sorted(ranges, key=lambda one: one[1])))


def mark_conflicts(ours: Version, base: Version, theirs: Version) -> tuple[str, dict[str, int]]:
    """Return one text with markers around all that differs, and the line of each clash, from 1.

    Lines that differ and contain no clash are listed under the name "".
    """
    marked: list[str] = []
    lines: dict[str, int] = {}
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
        for name in names or ("",):
            lines.setdefault(name, len(marked) + 1)
        label = f": {', '.join(names)}" if names else ""
        marked += [f"<<<<<<< ours{label}", *part.ours, f"||||||| base{label}", *part.base,
                   "=======", *part.theirs, f">>>>>>> theirs{label}"]  # fmt: skip
    return "\n".join(marked), lines


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


def describe_clashes(
    clashes: Iterable[Clash], path: str, lines: dict[str, int]
) -> Iterator[Finding]:
    """Yield a finding for each clash, with both values and the base."""
    for clash in clashes:
        base, ours, theirs = map(_format_value, (clash.base, clash.ours, clash.theirs))
        name = clash_name(clash)
        line = lines.get(name) or lines.get("", 1)
        yield conflict_finding(f"{name}: ours {ours}, theirs {theirs}, base {base}", path, line)


def conflict_finding(message: str, path: str, line: int) -> Finding:
    """Return the finding of a conflict that is marked from this line on."""
    return Finding("conflict-markers", message, path, line, hint=_HINT)


def clash_name(clash: Clash) -> str:
    """Return the name of a value that clashes, safe for a line of a file and for a terminal."""
    return clean_line(format_name(clash.name))


def _format_value(value: Any) -> str:
    if value is None:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MAX_VALUE else text[: _MAX_VALUE - 1] + "…"
