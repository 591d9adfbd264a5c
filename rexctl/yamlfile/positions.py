"""Where each key and each value of a document is in its file, by line and by offset."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from rexctl.yamlfile.documents import Document

Path = tuple[str | int, ...]


class Position(NamedTuple):
    """A part of one line. Line and column count from 1, in characters.

    `width` is 0 where the part goes on to the end of the line or beyond. `style` is that of a text
    as YAML marks it (empty for plain, `'`, `"`, `|`, `>`), `block` or `flow` for the rest.
    """

    line: int
    column: int
    width: int
    style: str = ""


def position_of(event: Any, line: int) -> Position:
    """Return the position of a parser's event; `line` is the line of the file that is its line 0."""
    start, end = event.start_mark, event.end_mark
    flow = getattr(event, "flow_style", None)
    if flow is not None:
        return Position(line + start.line, start.column + 1, 0, "flow" if flow else "block")
    width = end.column - start.column if start.line == end.line else 0
    return Position(line + start.line, start.column + 1, width, event.style or "")


class Node:
    """One node: the events of its key (in a list: of its value) and of its value.

    `start` and `end` are offsets into the text, from the key to the end of the value's content.
    """

    __slots__ = ("_event", "_key", "_line", "_of_empty", "end", "start")

    def __init__(
        self, key: Any, event: Any, line: int, start: int, end: int, empty: Position | None = None
    ) -> None:
        self._key = key
        self._event = event
        self._line = line
        self._of_empty = empty  # the position of an empty value: its key's
        self.start = start
        self.end = end

    @property
    def key(self) -> Position:
        """The position of the key."""
        return self.value if self._key is None else position_of(self._key, self._line)

    @property
    def value(self) -> Position:
        """The position of the value."""
        return self._of_empty or position_of(self._event, self._line)


class NodeRanges:
    """The ranges of text that the nodes of a document take, as offsets; for edits in place."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._nodes = document.nodes
        self._source = document.source
        self.text = document.text

    def style(self, path: Path) -> str:
        """Return the style of a value: `block` or `flow`, or that of a text."""
        return self._nodes[path].value.style

    def first_key(self, path: Path) -> str:
        """Return the key of a mapping that is first in the file."""
        return str(self._first_children[path][-1])

    def value(self, path: Path) -> tuple[int, int]:
        """Return where a value begins, and where its content ends."""
        at = self._nodes[path].value
        return self._source.offset(at.line) + at.column - 1, self._nodes[path].end

    def node(self, path: Path) -> tuple[int, int]:
        """Return where a node begins, with its key or its dash, and where its last line ends."""
        return self._document.start(path), self.line_end(self._nodes[path].end)

    def lines(self, path: Path) -> tuple[int, int]:
        """Return the range of a node's own lines, with their line ends."""
        start, end = self.node(path)
        return self._line_start(start), min(end + 1, len(self.text))

    def indent(self, path: Path) -> str:
        """Return as many blanks as are before a node; a dash before it counts as one."""
        start = self._document.start(path)
        return " " * (start - self._line_start(start))

    def above(self, path: Path) -> int:
        """Return the start of the first line of a node, or of the comments above it."""
        first = self._source.position(self.node(path)[0])[0]
        return self._source.offset(min(first, self._first_comments.get(path, first)))

    def below(self, path: Path) -> int:
        """Return the start of the line after a node and after the comments that end it."""
        last = self._source.position(max(self._nodes[path].end - 1, 0))[0]
        return self._source.offset(max(last, self._last_comments.get(path, last)) + 1)

    def line_end(self, offset: int) -> int:
        """Return where the line of an offset ends, before its line end."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end

    # Each of these is built once: of a list of thousands every item asks for its own.

    @cached_property
    def _first_children(self) -> dict[Path, Path]:
        """For each mapping or list, its first node."""
        result: dict[Path, Path] = {}
        for path in self._nodes:
            if path:
                result.setdefault(path[:-1], path)
        return result

    @cached_property
    def _first_comments(self) -> dict[Path, int]:
        """For each node with comments above it, the line of the first."""
        result: dict[Path, int] = {}
        for one in self._document.comments:
            if one.side == "before":
                result[one.path] = min(one.line, result.get(one.path, one.line))
        return result

    @cached_property
    def _last_comments(self) -> dict[Path, int]:
        """For each node with comments inside, beside or below it, the line of the last."""
        result: dict[Path, int] = {}
        for one in self._document.comments:
            for depth in range(len(one.path) + (one.side != "before")):
                inner = one.path[:depth]
                result[inner] = max(one.line, result.get(inner, one.line))
        return result

    def _line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1
