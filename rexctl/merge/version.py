"""One version of an event while it is merged: its text, its data, its comments by name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.merge import keys
from rexctl.model.legal import SHAPES
from rexctl.records import ERROR
from rexctl.yamlfile import serialize
from rexctl.yamlfile.edit import splice
from rexctl.yamlfile.format import restyle
from rexctl.yamlfile.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from rexctl.yamlfile.comments import Comment
    from rexctl.yamlfile.document import Document

    Name = tuple[str, ...]


class Remark(NamedTuple):
    """A comment, told so that it is known again in another version of its event."""

    text: str
    name: Name


class Side(NamedTuple):
    """A version that reads without a fault; there is no document where an event is new."""

    document: Document | None
    shape: str

    @property
    def data(self) -> dict[str, Any]:
        """The data, prose as canon has it."""
        value = self.document.value if self.document else {}
        found: dict[str, Any] = serialize.prosed(value, self.shape, SHAPES)
        return found

    @property
    def remarks(self) -> Counter[Remark]:
        """The comments."""
        found = self.document.comments if self.document else ()
        return Counter(self.remark(comment) for comment in found)

    def remark(self, comment: Comment) -> Remark:
        """Tell a comment by its text and by the name of its node."""
        assert self.document is not None  # noqa: S101 - a comment stands in one
        return Remark(comment.text, keys.named(comment.path, self.document.value, self.shape))

    def saying(self, data: dict[str, Any]) -> str | None:
        """Give the text with this data in place of its own; None where that cannot be done."""
        if self.document is None:
            return serialize.write(data, self.shape, SHAPES)
        found = splice(self.document, self.document.text.encode(), data, self.shape, SHAPES)
        return found.decode() if isinstance(found, bytes) else None

    def without(self, gone: Callable[[Remark], bool]) -> Side:
        """Give the version with some of its comments taken out."""
        if self.document is None:
            return self
        cut = [one for one in self.document.comments if gone(self.remark(one))]
        if not cut:
            return self
        lines = self.document.text.split("\n")
        for comment in sorted(cut, key=lambda one: -one.line):
            before = lines[comment.line - 1][: comment.column - 1].rstrip()
            lines[comment.line - 1 : comment.line] = [before] if before else []
        return read("\n".join(lines).encode(), self.document.name, self.shape) or self

    def canonical(self) -> Side | None:
        """Give the version in canonical form; None where its comments do not allow it."""
        if self.document is None:
            return self
        name = self.document.name
        found = restyle(self.document, self.document.value, self.shape, SHAPES, name)
        return read(found, name, self.shape) if isinstance(found, bytes) else None


def read(data: bytes, name: str, shape: str = "") -> Side | None:
    """Read a version by the rules of the dialect; None where it has a fault or tells no type."""
    document = walk(data, name)[0]
    faulty = any(finding.level == ERROR for finding in document.findings)
    if faulty or not isinstance(document.value, dict):
        return None
    shape = shape or document.value.get("type", "")
    known: Container[Any] = SHAPES
    return Side(document, shape) if isinstance(shape, str) and shape in known else None
