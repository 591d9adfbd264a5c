"""Where the nodes of a document stand as stretches of text, and the comments that are theirs."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rexctl.yamlfile.document import Document
    from rexctl.yamlfile.positions import Path


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
        return str(self._firsts[path][-1])

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
        first = self._document.line_of(self.node(path)[0])
        return self._document.offset(min(first, self._highest.get(path, first)))

    def below(self, path: Path) -> int:
        """Give the beginning of the line behind a node, and behind the comments that end it."""
        last = self._document.line_of(max(self._spots[path].end - 1, 0))
        return self._document.offset(max(last, self._lowest.get(path, last)) + 1)

    def line_end(self, offset: int) -> int:
        """Give where the line of an offset ends, before its line end."""
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found

    # Each of these is gathered once: of a list of thousands each item asks for its own.

    @cached_property
    def _firsts(self) -> dict[Path, Path]:
        """For each mapping or list, what stands first in it."""
        found: dict[Path, Path] = {}
        for path in self._spots:
            if path:
                found.setdefault(path[:-1], path)
        return found

    @cached_property
    def _highest(self) -> dict[Path, int]:
        """For each node that has comments above it, the line of the first."""
        found: dict[Path, int] = {}
        for one in self._document.comments:
            if one.side == "before":
                found[one.path] = min(one.line, found.get(one.path, one.line))
        return found

    @cached_property
    def _lowest(self) -> dict[Path, int]:
        """For each node with comments inside, beside or below it, the line of the last."""
        found: dict[Path, int] = {}
        for one in self._document.comments:
            for depth in range(len(one.path) + (one.side != "before")):
                inner = one.path[:depth]
                found[inner] = max(one.line, found.get(inner, one.line))
        return found

    def _line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1
