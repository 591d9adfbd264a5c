"""A document as it was walked: plain data, the place of each part, comments, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.records import ERROR, Finding
from rexctl.yamlfile.comments import Comment, Mark, attach, start_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rexctl.yamlfile.positions import Path, Places
    from rexctl.yamlfile.source import Source


class Document:
    """One document of a file.

    `value` is plain data, every scalar as the text that YAML gives, or None where it could not be
    built; `findings` are what the walk found, in the order of the file.
    """

    __slots__ = ("_comments", "_marks", "_source", "findings", "name", "places", "value")

    def __init__(
        self, source: Source, value: Any, places: Places, marks: Sequence[Mark],
        findings: Sequence[Finding],
    ) -> None:  # fmt: skip
        self._source = source
        self._marks = marks
        self._comments: tuple[Comment, ...] | None = None
        self.name = source.name
        self.value = value
        self.places = places
        self.findings = tuple(sorted(findings, key=lambda finding: finding.sort_key))

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The comments, each with the node it belongs to; worked out when asked for."""
        if self._comments is None:
            self._comments = attach(self._source, self._marks, self.places.spots)
        return self._comments

    @property
    def text(self) -> str:
        """The whole text of the file, with LF line ends and without a mark."""
        return self._source.text

    def line_of(self, offset: int) -> int:
        """Give the line, from 1, in which an offset into the text lies."""
        return self._source.place(offset)[0]

    def offset(self, line: int) -> int:
        """Give the offset at which a line begins; that of the end for a line beyond it."""
        return self._source.offset(line)

    def start(self, path: Path) -> int:
        """Give the offset of a node: of its key, or of the dash of an item of a block list."""
        return start_of(path, self.places.spots, self._source.text)

    def fault(
        self, code: str, message: str, path: Path = (), *,
        hint: str = "", level: str = ERROR, on: str = "value",
    ) -> Finding:  # fmt: skip
        """Make a finding at a path of the tree, on its `key` or its `value`."""
        place = self.places.key(path) if on == "key" else self.places.value(path)
        return self._source.fault(code, message, place.line, place.column, place.width,
                                  hint=hint, level=level)  # fmt: skip

    def locate(self, finding: Finding) -> Finding:
        """Return a finding with the line, column and excerpt of its `loc`, in this document."""
        place = (self.places.key if finding.on == "key" else self.places.value)(finding.loc)
        found = self._source.fault(finding.code, finding.message, place.line, place.column,
                                   place.width, hint=finding.hint, level=finding.level)  # fmt: skip
        return found._replace(event=finding.event, loc=finding.loc, on=finding.on)

    def fault_at(
        self, code: str, message: str, line: int, column: int, width: int = 0, *,
        hint: str = "", level: str = ERROR,
    ) -> Finding:  # fmt: skip
        """Make a finding at a place of the file that is no node of the tree."""
        return self._source.fault(code, message, line, column, width, hint=hint, level=level)
