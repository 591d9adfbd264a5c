"""The canonical bytes of a file with all its comments, or the reason why that is not possible."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rexctl.records import ERROR, WARNING, Finding
from rexctl.yamlfile.documents import Comment, Document, read_document
from rexctl.yamlfile.serialize import canonical_data, serialize, write
from rexctl.yamlfile.tree import Path, value_at


def canonical(data: bytes, event: Mapping[str, Any], path: str = "") -> bytes | Finding:
    """Return the canonical bytes of the file that holds an event, or why there are none."""
    return restyle(read_document(data, path), event, str(event["type"]))


def not_canonical(data: bytes, event: Mapping[str, Any]) -> list[Finding]:
    """Return the finding of a file in another form than the canonical one, or nothing."""
    if serialize(event).encode() == data:
        return []
    document = read_document(data)
    # A file with comments is canonical with them; only then is the longer way needed.
    shape = str(event["type"])
    if document.comments and restyle(document, event, shape) == data:
        return []
    return [document.fault("not-canonical", "is not in canonical form", ("id",), level=WARNING,
                           hint="rexctl fmt writes it so")]  # fmt: skip


def restyle(document: Document, data: Mapping[str, Any], shape: str) -> bytes | Finding:
    """Return `data`, the new value of a document, in canonical form with the document's comments.

    Reading it again proves it: the same data must result, and each comment at the same node. Where
    a comment cannot stay there, the result is the finding `comment-lost`.
    """
    tree = canonical_data(data, shape)
    expected = [_canonical_node(comment, tree) for comment in document.comments]
    written = _insert_comments(write(data, shape), expected).encode()
    again = read_document(written, document.name)
    result = [_canonical_node(comment, tree) for comment in again.comments]
    lost = Counter(map(_identity, expected)) - Counter(map(_identity, result))
    if comment := next((one for one in expected if _identity(one) in lost), None):
        return document.source.fault(
            "comment-lost", "this comment cannot be kept where it belongs",
            comment.line, comment.column, len(comment.text),
            hint="move it to a line of its own above a field",
        )  # fmt: skip
    faults = any(finding.level == ERROR for finding in again.findings)
    if faults or len(result) != len(expected) or canonical_data(again.value, shape) != tree:
        return document.fault(
            "not-restyled", "cannot be formatted without a change of content",
            hint="this is a fault of rexctl: please report it",
        )  # fmt: skip
    return written


def _identity(comment: Comment) -> tuple[str, Path]:
    return comment.text, comment.path


def _canonical_node(comment: Comment, tree: Any) -> Comment:
    """Return the comment with the node at which canonical YAML can show it.

    A list item that is a mapping begins on the line of its first key, so a comment above that key,
    or beside the dash, is above the item. A comment below a node is at the end of its parent, and
    stays there when the keys are ordered.
    """
    path, side = comment.path, comment.side
    parent = value_at(path[:-1], tree) if path else None
    if side == "after" and isinstance(parent, dict) and parent:
        path = (*path[:-1], next(reversed(parent)))
    value = value_at(path, tree)
    if side == "beside" and isinstance(parent, list) and isinstance(value, dict | list):
        side = "before"
    while side == "before" and len(path) > 1 and _opens(path, tree):
        path = path[:-1]
    return comment._replace(path=path, side=side)


def _opens(path: Path, tree: Any) -> bool:
    """Return whether a node is the first within an item of a list."""
    parent = value_at(path[:-1], tree)
    first = 0 if isinstance(parent, list) else next(iter(parent), None) if parent else None
    return isinstance(path[-2], int) and path[-1] == first


def _insert_comments(text: str, comments: Sequence[Comment]) -> str:
    """Return a canonical text with the comments; a blank line between two of one node stays."""
    document, lines = read_document(text.encode()), text.split("\n")
    # Above a line: what ends a node, the deepest first; then what begins one.
    above: dict[tuple[int, int], list[str]] = {}
    beside: dict[int, str] = {}
    for last, comment in zip([None, *comments], comments, strict=False):
        path, side = comment.path, comment.side
        if path not in document.nodes:
            continue  # the caller reads the text again, and finds it lost
        start = document.start(path) if path else 0
        line, column = document.source.position(start)
        if side == "beside":
            # There is room for one: which of two to move, a person decides.
            beside.setdefault(line - 1, f"  {comment.text}")
            continue
        if side == "after":
            line = document.lines(path)[1] + 1 if path else text.count("\n") + 1
        group = above.setdefault((line - 1, -len(path) if side == "after" else len(path)), [])
        if last and (last.path, last.side) == (path, side) and comment.line > last.line + 1:
            group.append("")
        group.append(" " * (column - 1) + comment.text)
    for number, text in beside.items():
        lines[number] += text
    if (0, 0) in above:
        above[0, 0].append("")
    for (line, _), group in sorted(above.items(), reverse=True):
        lines[line:line] = group
    return "\n".join(lines)
