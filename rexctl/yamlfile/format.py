"""The canonical bytes of a file with every comment kept, or the reason why that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.model.legal import SHAPES
from rexctl.records import ERROR, WARNING, Finding
from rexctl.yamlfile import serialize
from rexctl.yamlfile.serialize import Beside
from rexctl.yamlfile.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rexctl.yamlfile.comments import Comment
    from rexctl.yamlfile.document import Document
    from rexctl.yamlfile.positions import Path

    Shapes = Mapping[str, Mapping[str, Any]]


def canonical(data: bytes, event: Mapping[str, Any], path: str = "") -> bytes | Finding:
    """Return the canonical bytes of the file that holds an event, or why there are none."""
    return restyle(walk(data, path)[0], event, str(event["type"]), SHAPES, path)


def not_canonical(data: bytes, event: Mapping[str, Any], path: str = "") -> list[Finding]:
    """Return the finding of a file in another form than the canonical one, or nothing."""
    if serialize.serialize(event).encode() == data:
        return []
    document = walk(data, path)[0]
    # A file with comments is canonical with them; only then is the longer way needed.
    shape = str(event["type"])
    if document.comments and restyle(document, event, shape, SHAPES, path) == data:
        return []
    return [document.fault("not-canonical", "is not in canonical form", ("id",), level=WARNING,
                           hint="rexctl fmt writes it so")]  # fmt: skip


def restyle(
    document: Document, data: Mapping[str, Any], shape: str, shapes: Shapes, name: str
) -> bytes | Finding:
    """Write `data`, the document's value as it should be, anew with the document's comments.

    Proven by reading it again: the same data must come back, and each comment at the same node.
    Where one cannot be kept there, the answer is the finding `comment-lost`.
    """
    whole = serialize.prosed(data, shape, shapes)
    wanted = [_settled(comment, whole) for comment in document.comments]
    behind: set[Path] = set()
    for comment in wanted:
        # Behind a value there is room for one comment: which of two to move, a person decides.
        crowded = comment.side == "beside" and comment.path in behind
        if crowded or _at(comment.path, whole) is None:
            return _lost(document, comment)
        if comment.side == "beside":
            behind.add(comment.path)
    written = serialize.write(data, shape, shapes, _gathered(wanted)).encode()
    again = walk(written, name)[0]
    kept = [_settled(comment, whole) for comment in again.comments]
    for comment, left in zip(wanted, _without(wanted, kept), strict=True):
        if left:
            return _lost(document, comment)
    faults = any(finding.level == ERROR for finding in again.findings)
    if faults or len(kept) != len(wanted) or serialize.prosed(again.value, shape, shapes) != whole:
        return document.fault(
            "not-restyled", "cannot be written anew without a change of content",
            hint="this is a fault of rexctl: please report it",
        )  # fmt: skip
    return written


def _settled(comment: Comment, whole: Any) -> Comment:
    """Give the comment at the node that canonical YAML can show it at.

    A list item that is a mapping begins on the line of its first key, so what stands above that
    key, or beside the dash, stands above the item. What stands below a node ends its parent, and
    stays at that end when the keys are put in order.
    """
    path, side = comment.path, comment.side
    parent = _at(path[:-1], whole) if path else None
    if side == "after" and isinstance(parent, dict) and parent:
        path = (*path[:-1], next(reversed(parent)))
    if side == "beside" and _is_item(path, whole):
        side = "before"
    while side == "before" and len(path) > 1 and _opens(path, whole):
        path = path[:-1]
    return comment._replace(path=path, side=side)


def _is_item(path: Path, whole: Any) -> bool:
    return bool(path) and isinstance(path[-1], int) and isinstance(_at(path, whole), dict | list)


def _opens(path: Path, whole: Any) -> bool:
    """Tell whether a node is the first within an item of a list."""
    parent = _at(path[:-1], whole)
    first = 0 if isinstance(parent, list) else next(iter(parent), None) if parent else None
    return isinstance(path[-2], int) and path[-1] == first


def _at(path: Path, whole: Any) -> Any:
    for step in path:
        try:
            whole = whole[step]
        except (KeyError, IndexError, TypeError):
            return None
    return whole


def _gathered(comments: Sequence[Comment]) -> dict[Path, Beside]:
    """Give the comments node by node; a blank line between two of them is kept as an empty text."""
    found: dict[Path, dict[str, list[str]]] = {}
    last: Comment | None = None
    for comment in comments:
        lines = found.setdefault(comment.path, {"before": [], "beside": [], "after": []})
        together = last is not None and (last.path, last.side) == (comment.path, comment.side)
        if together and last is not None and comment.line > last.line + 1:
            lines[comment.side].append("")
        lines[comment.side].append(comment.text)
        last = comment
    return {
        path: Beside(tuple(lines["before"]), "".join(lines["beside"]), tuple(lines["after"]))
        for path, lines in found.items()
    }


def _without(wanted: Iterable[Comment], kept: Iterable[Comment]) -> list[bool]:
    """Tell of each comment whether it was lost: neither text nor node may differ."""
    there = [(comment.text, comment.path) for comment in kept]
    lost = []
    for comment in wanted:
        one = (comment.text, comment.path)
        lost.append(one not in there)
        if one in there:
            there.remove(one)
    return lost


def _lost(document: Document, comment: Comment) -> Finding:
    return document.fault_at(
        "comment-lost", "this comment cannot be kept where it belongs",
        comment.line, comment.column, len(comment.text),
        hint="move it to a line of its own above a field",
    )  # fmt: skip
