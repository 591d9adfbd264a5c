"""The comments of a document, and the node of the tree that each belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rexctl.yamlfile.positions import Path, Spot
    from rexctl.yamlfile.source import Source
    from rexctl.yamlfile.tree import Span

Side = Literal["before", "beside", "after"]
# Outside a scalar each `#` begins a comment: libyaml bears one with no space before it (`"x"#y`).
_CANDIDATE = re.compile(r"#[^\n]*")
# A comment begins with `# `; this is rather text that YAML has cut off: `Notice #61`, `No. # 61`.
_LOST = re.compile(r"#(?:[^\s#!:]| \d)")


class Comment(NamedTuple):
    """A comment: its text with the `#`, its place, and the node it belongs to.

    `side` is `before` for lines of its own above the node, `beside` for the end of the node's
    line, `after` for lines below it. `()` before is the head of the file, `()` after its end.
    """

    text: str
    line: int
    column: int
    path: Path
    side: Side


class Mark(NamedTuple):
    """A comment found: its text, offset, line and column, and what stands before it."""

    text: str
    offset: int
    line: int
    column: int
    own_line: bool
    cuts: bool


def find(source: Source, spans: Sequence[Span], start: int, end: int) -> Iterator[Mark]:
    """Give the comments between two offsets; a `#` inside a scalar is none."""
    text, starts = source.text, [span.start for span in spans]
    position = start
    while found := _CANDIDATE.search(text, position, end):
        index = found.start()
        n = bisect_right(starts, index) - 1
        span = spans[n] if n >= 0 else None
        if span is not None and span.start <= index < span.end:
            position = max(span.end, index + 1)
            continue
        position = found.end()
        line, column = source.place(index)
        before = text[index - column + 1 : index]
        ended = index - column + 1 + len(before.rstrip())
        cuts = span is not None and span.cuttable and span.start < span.end == ended
        own = not before.strip()
        lost = cuts and not own and bool(_LOST.match(found[0]))
        yield Mark(found[0].rstrip(), index, line, column, own, lost)


def attach(source: Source, marks: Sequence[Mark], spots: dict[Path, Spot]) -> tuple[Comment, ...]:
    """Give each comment with its node."""
    begins = {path: start_of(path, spots, source.text) for path in spots if path}
    order = sorted(begins, key=lambda path: (begins[path], len(path)))
    starts = [begins[path] for path in order]
    head = _head(source, marks, starts[0] if starts else len(source.text))
    found = []
    for number, mark in enumerate(marks):
        at = bisect_right(starts, mark.offset)
        before, after = (order[at - 1] if at else None), (order[at] if at < len(order) else None)
        path: Path
        side: Side
        if number < head or not order:
            path, side = (), "before"
        elif mark.own_line:
            path, side = _own_line(mark, before, after, spots)
        else:
            path, side = (before, "beside") if before else ((), "before")
        found.append(Comment(mark.text, mark.line, mark.column, path, side))
    return tuple(found)


def start_of(path: Path, spots: dict[Path, Spot], text: str) -> int:
    """Give the offset at which a node begins: for an item of a block list, that of its dash."""
    start, whole = spots[path].start, spots.get(path[:-1])
    if not isinstance(path[-1], int) or whole is None or whole.value.style != "block":
        return start
    column = whole.value.column - 1
    line = text.rfind("\n", 0, start) + 1
    while line and (text[line : line + column].strip(" -") or text[line + column] != "-"):
        line = text.rfind("\n", 0, line - 1) + 1
    return line + column


def _head(source: Source, marks: Sequence[Mark], first: int) -> int:
    """Count the comments that stand above the first node and are parted from it by a blank line."""
    above = [mark for mark in marks if mark.offset < first]
    for n in range(len(above), 0, -1):
        below = above[n - 1].line + 1
        if not source.line(below).strip():
            return n
    return 0


def _own_line(
    mark: Mark, before: Path | None, after: Path | None, spots: dict[Path, Spot]
) -> tuple[Path, Side]:
    """Find the node of a comment on a line of its own: the next, unless it is indented deeper."""
    if before is None:
        return after or (), "before"
    inside = mark.offset < spots[before].end
    if after is not None and (after[: len(before)] == before or not inside):
        deeper = mark.column > _column(after, spots) and after[: len(before)] != before
        owner = _above(mark, before, spots) if deeper else ()
        return (owner, "after") if len(owner) > len(after) else (after, "before")
    if inside:
        return before, "before"  # between a key and its value
    owner = _above(mark, before, spots)
    return (owner, "after") if len(owner) > 1 else ((), "after")


def _above(mark: Mark, before: Path, spots: dict[Path, Spot]) -> Path:
    """Give the deepest of the nodes just ended that begins no further right than the comment."""
    lines = (before[:n] for n in range(len(before), 0, -1))
    return next((p for p in lines if p in spots and _column(p, spots) <= mark.column), ())


def _column(path: Path, spots: dict[Path, Spot]) -> int:
    """Give the column of a node: of its key, or of the dash of a list item."""
    if isinstance(path[-1], int) and path[:-1] in spots:
        return spots[path[:-1]].value.column
    return spots[path].key.column
