"""The comments of a document, and the node of the tree that each belongs to."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from rexctl.yamlfile.source import Source
from rexctl.yamlfile.tree import Node, Path, TextRange

Side = Literal["before", "beside", "after"]
# Outside a scalar each `#` begins a comment: libyaml accepts one with no space before it (`"x"#y`).
_CANDIDATE = re.compile(r"#[^\n]*")
# A comment begins with `# `; this is rather text that YAML has cut off: `Notice #61`, `No. # 61`.
_LOST = re.compile(r"#(?:[^\s#!:]| \d)")


class Comment(NamedTuple):
    """A comment: its text with the `#`, its position, and the node it belongs to.

    `own_line` is true where only blanks are before it; `cuts_text` where it looks like text that
    YAML has cut off. `side` is `before` for lines of its own above the node, `beside` for the end
    of the node's line, `after` for lines below it. `()` before is the head of the file, `()` after
    its end; `find` does not know the node yet.
    """

    text: str
    offset: int
    line: int
    column: int
    own_line: bool
    cuts_text: bool
    path: Path = ()
    side: Side = "before"


def find(source: Source, ranges: Sequence[TextRange], start: int, end: int) -> Iterator[Comment]:
    """Yield the comments between two offsets; a `#` inside a scalar is none."""
    text, starts = source.text, [scalar.start for scalar in ranges]
    position = start
    while match := _CANDIDATE.search(text, position, end):
        index = match.start()
        n = bisect_right(starts, index) - 1
        scalar = ranges[n] if n >= 0 else None
        if scalar is not None and scalar.start <= index < scalar.end:
            position = max(scalar.end, index + 1)
            continue
        position = match.end()
        line, column = source.position(index)
        before = text[index - column + 1 : index]
        ended = index - column + 1 + len(before.rstrip())
        cuts = scalar is not None and scalar.can_be_cut and scalar.start < scalar.end == ended
        own = not before.strip()
        lost = cuts and not own and bool(_LOST.match(match[0]))
        yield Comment(match[0].rstrip(), index, line, column, own, lost)


def attach(
    source: Source, unattached: Sequence[Comment], nodes: dict[Path, Node]
) -> tuple[Comment, ...]:
    """Return each comment with its node."""
    begins = {path: start_of(path, nodes, source.text) for path in nodes if path}
    order = sorted(begins, key=lambda path: (begins[path], len(path)))
    starts = [begins[path] for path in order]
    head = _head(source, unattached, starts[0] if starts else len(source.text))
    attached = []
    for number, one in enumerate(unattached):
        at = bisect_right(starts, one.offset)
        before, after = (order[at - 1] if at else None), (order[at] if at < len(order) else None)
        path: Path
        side: Side
        if number < head or not order:
            path, side = (), "before"
        elif one.own_line:
            path, side = _own_line(one, before, after, nodes)
        else:
            path, side = (before, "beside") if before else ((), "before")
        attached.append(one._replace(path=path, side=side))
    return tuple(attached)


def start_of(path: Path, nodes: dict[Path, Node], text: str) -> int:
    """Return the offset at which a node begins: for an item of a block list, that of its dash."""
    start, parent = nodes[path].start, nodes.get(path[:-1])
    if not isinstance(path[-1], int) or parent is None or parent.value.style != "block":
        return start
    column = parent.value.column - 1
    line = text.rfind("\n", 0, start) + 1
    while line and (text[line : line + column].strip(" -") or text[line + column] != "-"):
        line = text.rfind("\n", 0, line - 1) + 1
    return line + column


def _head(source: Source, unattached: Sequence[Comment], first: int) -> int:
    """Return how many comments are above the first node and separated from it by a blank line."""
    above = [one for one in unattached if one.offset < first]
    for n in range(len(above), 0, -1):
        below = above[n - 1].line + 1
        if not source.line(below).strip():
            return n
    return 0


def _own_line(
    comment: Comment, before: Path | None, after: Path | None, nodes: dict[Path, Node]
) -> tuple[Path, Side]:
    """Return the node of a comment on its own line: the next, unless the comment is deeper."""
    if before is None:
        return after or (), "before"
    inside = comment.offset < nodes[before].end
    if after is not None and (after[: len(before)] == before or not inside):
        deeper = comment.column > _column(after, nodes) and after[: len(before)] != before
        owner = _above(comment, before, nodes) if deeper else ()
        return (owner, "after") if len(owner) > len(after) else (after, "before")
    if inside:
        return before, "before"  # between a key and its value
    owner = _above(comment, before, nodes)
    return (owner, "after") if len(owner) > 1 else ((), "after")


def _above(comment: Comment, before: Path, nodes: dict[Path, Node]) -> Path:
    """Return the deepest of the nodes just ended that begins no further right than the comment."""
    lines = (before[:n] for n in range(len(before), 0, -1))
    return next((p for p in lines if p in nodes and _column(p, nodes) <= comment.column), ())


def _column(path: Path, nodes: dict[Path, Node]) -> int:
    """Return the column of a node: of its key, or of the dash of a list item."""
    if isinstance(path[-1], int) and path[:-1] in nodes:
        return nodes[path[:-1]].value.column
    return nodes[path].key.column
