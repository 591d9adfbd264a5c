"""What two people must settle between them, as git shows it: both sides, what was, and its name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.merge import keys, lines
from rexctl.merge.lines import Overlap
from rexctl.merge.version import Side, read
from rexctl.records import Finding
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rexctl.merge.tree import Clash

_LONGEST = 60


class Version(NamedTuple):
    """A text, and where in it each clash stands: its name, its first line and its last, from 0."""

    text: str
    spans: tuple[tuple[str, int, int], ...]


def version(text: str, shape: str, clashes: Iterable[Clash]) -> Version:
    """Find the clashes of a text that says one side's values."""
    side = read(text.encode(), "", shape)
    return Version(text, tuple(_spans(side, clashes)) if side else ())


def _spans(side: Side, clashes: Iterable[Clash]) -> Iterator[tuple[str, int, int]]:
    document = side.document
    if document is None:
        return
    for clash in clashes:
        if spot := document.places.spots.get(clash.path):
            first = document.line_of(document.start(clash.path)) - 1
            yield name_of(clash), first, document.line_of(max(spot.end - 1, 0)) - 1


def marked(ours: Version, base: Version, theirs: Version) -> tuple[str, dict[str, int]]:
    """Give one text with markers around all that differs, and the line of each clash, from 1.

    What no clash stands in has the name of nothing.
    """
    found: list[str] = []
    places: dict[str, int] = {}
    mine = yours = 0
    for part in lines.differing(*(one.text.split("\n") for one in (ours, base, theirs))):
        if not isinstance(part, Overlap):
            found += part
            mine, yours = mine + len(part), yours + len(part)
            continue
        here = dict.fromkeys([*_over(ours, mine, part.ours), *_over(theirs, yours, part.theirs)])
        for name in here or ("",):
            places.setdefault(name, len(found) + 1)
        said = f": {', '.join(here)}" if here else ""
        found += [f"<<<<<<< ours{said}", *part.ours, f"||||||| base{said}", *part.base,
                  "=======", *part.theirs, f">>>>>>> theirs{said}"]  # fmt: skip
        mine, yours = mine + len(part.ours), yours + len(part.theirs)
    return "\n".join(found), places


def _over(side: Version, start: int, taken: Sequence[str]) -> Iterator[str]:
    """Give the names of the clashes that stand in a stretch of lines."""
    end = start + len(taken)
    return (name for name, first, last in side.spans if first < end and last >= start)


def told(clashes: Iterable[Clash], path: str, places: dict[str, int]) -> Iterator[Finding]:
    """Tell each clash with both values and the base."""
    for clash in clashes:
        was, mine, yours = map(_value, (clash.base, clash.ours, clash.theirs))
        name = name_of(clash)
        yield Finding(
            "conflict-markers", f"{name}: ours {mine}, theirs {yours}, base {was}", path,
            places.get(name) or places.get("", 1), 1, hint="keep what is right and take the marker lines out",
        )  # fmt: skip


def name_of(clash: Clash) -> str:
    """Give the name of what clashes, safe for a line of a file and for a terminal."""
    return clean_line(keys.told(clash.name))


def _value(value: Any) -> str:
    if value is None:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
