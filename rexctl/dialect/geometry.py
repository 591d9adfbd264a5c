"""Where the nodes of a document stand as stretches of text, and the comments that are theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rexctl.dialect.document import Document
    from rexctl.dialect.places import Path


class Geometry:
    """The lines of a document's nodes; every place is an offset into `text`."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._spots = document.places.spots
        self.text = document.text

    def style(self, path: Path) -> str:
        """Give the style of a value: `block` or `flow`, or that of a text."""
        return self._spots[path].value.style

    def first_key(self, path: Path) -> str:
        """Give the key of a mapping that stands first in the file."""
        inside = (one for one in self._spots if len(one) == len(path) + 1 and one[:-1] == path)
        return str(next(inside)[-1])

    def value(self, path: Path) -> tuple[int, int]:
        """Give where a value begins, and where its content ends."""
        place = self._spots[path].value
        return self._document.offset(place.line) + place.column - 1, self._spots[path].end

    def node(self, path: Path) -> tuple[int, int]:
        """Give where a node begins, with its key or its dash, and where its last line ends."""
        return self._document.start(path), self.line_end(self._spots[path].end)

    def lines(self, path: Path) -> tuple[int, int]:
        """Give the stretch of a node's own lines, line ends and all."""
        start, end = self.node(path)
        return self._line_start(start), min(end + 1, len(self.text))

    def indent(self, path: Path) -> str:
        """Give as many blanks as stand before a node; a dash before it counts as one."""
        start = self._document.start(path)
        return " " * (start - self._line_start(start))

    def above(self, path: Path) -> int:
        """Give the beginning of the first line that is a node's, or its comments' above it."""
        lines = [c.line for c in self._document.comments if c.path == path and c.side == "before"]
        return self._document.offset(min([self._document.line_of(self.node(path)[0]), *lines]))

    def below(self, path: Path) -> int:
        """Give the beginning of the line behind a node, and behind the comments that end it."""
        depth = len(path)
        lines = [c.line for c in self._document.comments
                 if c.path[:depth] == path and (c.side != "before" or len(c.path) > depth)]  # fmt: skip
        last = self._document.line_of(max(self._spots[path].end - 1, 0))
        return self._document.offset(max([last, *lines]) + 1)

    def line_end(self, offset: int) -> int:
        """Give where the line of an offset ends, before its line end."""
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found

    def _line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1
