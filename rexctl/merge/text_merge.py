"""The text of one version of an event, and the merge of three: their comments and their layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container
from typing import Any, NamedTuple

from rexctl.gitrepo.merge_file import Conflict, merge_lines
from rexctl.merge.event_merge import name_path
from rexctl.model.tables import SHAPES
from rexctl.records import ERROR
from rexctl.yamlfile import serialize
from rexctl.yamlfile.documents import Comment, Document, read_document
from rexctl.yamlfile.edit import splice
from rexctl.yamlfile.format import restyle

Name = tuple[str, ...]


class NamedComment(NamedTuple):
    """A comment and the name of its node, so that another version of the event can have the same."""

    text: str
    name: Name


class EventText(NamedTuple):
    """A version that parses without an error; the document of a new event is empty."""

    document: Document
    shape: str

    @property
    def data(self) -> dict[str, Any]:
        """The data, with its prose in canonical form."""
        data: dict[str, Any] = serialize.canonical_data(self.document.value or {}, self.shape)
        return data

    @property
    def comments(self) -> Counter[NamedComment]:
        """The comments, each with the number of its occurrences."""
        return Counter(self._name(comment) for comment in self.document.comments)

    def with_data(self, data: dict[str, Any]) -> str | None:
        """Return the text with other data in place of its own; None where that is not possible."""
        if not self.document.value:
            return serialize.write(data, self.shape)
        edited = splice(self.document, self.document.text.encode(), data, self.shape)
        return edited.decode() if isinstance(edited, bytes) else None

    def without_comments(self, is_removed: Callable[[NamedComment], bool]) -> EventText:
        """Return the version without some of its comments."""
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
        if not self.document.value:
            return self
        data = restyle(self.document, self.document.value, self.shape)
        return (
            parse_event(data, self.document.name, self.shape) if isinstance(data, bytes) else None
        )

    def _name(self, comment: Comment) -> NamedComment:
        return NamedComment(comment.text, name_path(comment.path, self.document.value, self.shape))


def new_event(shape: str = "") -> EventText:
    """Return the version before an event that both sides added."""
    return EventText(read_document(b"", ""), shape)


def parse_event(data: bytes, name: str, shape: str = "") -> EventText | None:
    """Return a version; None where it does not parse or has no known type."""
    document = read_document(data, name)
    faulty = any(finding.level == ERROR for finding in document.findings)
    if faulty or not isinstance(document.value, dict):
        return None
    shape = shape or document.value.get("type", "")
    known: Container[Any] = SHAPES
    return EventText(document, shape) if isinstance(shape, str) and shape in known else None


def merge_texts(
    base: EventText, ours: EventText, theirs: EventText, data: dict[str, Any],
    clashing: Collection[Name],
) -> list[str] | None:  # fmt: skip
    """Return a text of `data`, with the lines of ours and the comments of both.

    It is returned three times, for ours, base and theirs; these differ where the lines conflict.

    Each version first gets the data, so that the texts differ only in comments and layout, and these
    are merged line by line. Comments that one side removed are removed, but not at values that clash.
    The text is in canonical form where that is needed; None where a comment would be lost.
    """
    removed = (base.comments - ours.comments) | (base.comments - theirs.comments)
    sides = [
        base.without_comments(lambda one: one in removed),
        *(side.without_comments(lambda one: one in removed and not _is_within(one.name, clashing))
          for side in (ours, theirs)),
    ]  # fmt: skip
    comments = sides[1].comments | sides[2].comments
    best = None
    for form in (lambda side: side, EventText.canonical):
        texts = [side and side.with_data(data) for side in map(form, sides)]
        merged = _merge_lines(*(text.split("\n") for text in texts if text)) if all(texts) else None
        if merged is not None and _is_complete(merged, ours, data, comments):
            if merged[0] == merged[2]:
                return merged
            best = best or merged
    return best


def pick_version(
    text: str, own: EventText, data: dict[str, Any], clashing: Collection[Name],
    absent: Collection[Name],
) -> str | None:  # fmt: skip
    """Return a merged text with the data of one side where both clash.

    Comments at values that this side does not have (`absent`) are removed, or they would be above the
    next item; so are the other side's comments at values that clash, which stay in the other's lines.
    """
    version = parse_event(text.encode(), "", own.shape)
    known = own.comments
    return version and version.without_comments(
        lambda one: (
            _is_within(one.name, absent) or (_is_within(one.name, clashing) and one not in known)
        )
    ).with_data(data)


def _merge_lines(base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    texts: tuple[list[str], list[str], list[str]] = ([], [], [])
    for part in merge_lines(base, ours, theirs):
        versions = _join_comments(part) if isinstance(part, Conflict) else (part, part, part)
        for lines, more in zip(texts, versions, strict=True):
            lines += more
    return ["\n".join(lines) for lines in texts]


def _join_comments(part: Conflict) -> Conflict:
    """Return comments that both sides added at one position one after the other, ours first."""
    added = (*part.ours, *part.theirs)
    if part.base or not all(line.lstrip().startswith("#") for line in added):
        return part
    comments = [*part.ours, *(line for line in part.theirs if line not in part.ours)]
    return Conflict(comments, comments, comments)


def _is_complete(
    texts: list[str], ours: EventText, data: dict[str, Any], needed: Counter[NamedComment]
) -> bool:
    """Return whether either choice has the data, and both together every comment."""
    one, other = (parse_event(side.encode(), "", ours.shape) for side in texts[::2])
    if one is None or other is None or one.data != data or other.data != data:
        return False
    return not needed - (one.comments | other.comments)


def _is_within(name: Name, clashing: Collection[Name]) -> bool:
    return any(name[: len(one)] == one for one in clashing)
