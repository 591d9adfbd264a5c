"""The text of one version of an event in a merge: its data, and its comments by the nodes they are at."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.merge.event_merge import name_path
from rexctl.model.tables import SHAPES
from rexctl.records import ERROR
from rexctl.yamlfile import serialize
from rexctl.yamlfile.documents import read_document
from rexctl.yamlfile.edit import splice
from rexctl.yamlfile.format import restyle

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from rexctl.yamlfile.comments import Comment
    from rexctl.yamlfile.documents import Document

    Name = tuple[str, ...]


class NamedComment(NamedTuple):
    """A comment and the name of its node, so that another version of the event can have the same."""

    text: str
    name: Name


class EventText(NamedTuple):
    """A version that parses without an error; there is no document where the event is new."""

    document: Document | None
    shape: str

    @property
    def data(self) -> dict[str, Any]:
        """The data, with its prose in canonical form."""
        value = self.document.value if self.document else {}
        data: dict[str, Any] = serialize.canonical_data(value, self.shape)
        return data

    @property
    def text(self) -> str:
        """The text, "" for a new event."""
        return self.document.text if self.document else ""

    @property
    def comments(self) -> Counter[NamedComment]:
        """The comments, each with the number of its occurrences."""
        comments = self.document.comments if self.document else ()
        return Counter(self._name(comment) for comment in comments)

    def with_data(self, data: dict[str, Any]) -> str | None:
        """Return the text with other data in place of its own; None where that is not possible."""
        if self.document is None:
            return serialize.write(data, self.shape)
        edited = splice(self.document, self.document.text.encode(), data, self.shape)
        return edited.decode() if isinstance(edited, bytes) else None

    def without_comments(self, is_removed: Callable[[NamedComment], bool]) -> EventText:
        """Return the version without some of its comments."""
        if self.document is None:
            return self
        removed = [one for one in self.document.comments if is_removed(self._name(one))]
        if not removed:
            return self
        lines = self.document.text.split("\n")
        for comment in sorted(removed, key=lambda one: -one.line):
            before = lines[comment.line - 1][: comment.column - 1].rstrip()
            lines[comment.line - 1 : comment.line] = [before] if before else []
        return parse_event("\n".join(lines).encode(), self.document.name, self.shape) or self

    def canonical(self) -> EventText | None:
        """Return the version in canonical form; None where its comments do not allow it."""
        if self.document is None:
            return self
        name = self.document.name
        data = restyle(self.document, self.document.value, self.shape, name)
        return parse_event(data, name, self.shape) if isinstance(data, bytes) else None

    def _name(self, comment: Comment) -> NamedComment:
        assert self.document is not None  # noqa: S101 - a comment is in a document
        return NamedComment(comment.text, name_path(comment.path, self.document.value, self.shape))


def parse_event(data: bytes, name: str, shape: str = "") -> EventText | None:
    """Return a version; None where it does not parse or has no known type."""
    document = read_document(data, name)
    faulty = any(finding.level == ERROR for finding in document.findings)
    if faulty or not isinstance(document.value, dict):
        return None
    shape = shape or document.value.get("type", "")
    known: Container[Any] = SHAPES
    return EventText(document, shape) if isinstance(shape, str) and shape in known else None
