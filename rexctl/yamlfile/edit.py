"""A file's text with some of its data changed, and nothing else: proven by reading it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.records import ERROR, Finding
from rexctl.yamlfile import serialize
from rexctl.yamlfile.changing import Changing, Edit
from rexctl.yamlfile.format import restyle
from rexctl.yamlfile.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rexctl.yamlfile.document import Document
    from rexctl.yamlfile.positions import Path

    Shapes = Mapping[str, Mapping[str, Any]]

_MARK = b"\xef\xbb\xbf"


def splice(
    document: Document, before: bytes, data: Mapping[str, Any], shape: str, shapes: Shapes,
    *, anew: bool = False,
) -> bytes | Finding:  # fmt: skip
    """Give the bytes of a document, once `before`, that say `data`; line ends and a mark stay.

    Only lines of what differs are other lines. Every comment is kept at its node; where that cannot
    be, or the change cannot be made in place, the answer is the finding `not-spliced`; with `anew`
    it is the canonical form of the whole, or why that cannot keep every comment.
    """
    found = _spliced(document, before, data, shape, shapes)
    if anew and isinstance(found, Finding):
        return restyle(document, data, shape, shapes, document.name)
    return found


def _spliced(
    document: Document, before: bytes, data: Mapping[str, Any], shape: str, shapes: Shapes
) -> bytes | Finding:
    if before.count(b"\r\n") not in (0, before.count(b"\n")):
        return _refused(document)  # line ends of two sorts: none could be given back as it was
    old = serialize.prosed(document.value, shape, shapes)
    new = serialize.prosed(data, shape, shapes)
    changing = Changing(document, shapes)
    try:
        edits = list(changing.node((), old, new, shape))
    except (LookupError, ValueError):  # a place that no line of its own has
        return _refused(document)
    text = _edited(document.text, edits)
    if text is None:
        return _refused(document)
    after = _encoded(text, before)
    again = walk(after, document.name)[0]
    kept = [(c.text, _moved(c.path, changing.moved), c.side) for c in document.comments]
    if (
        any(finding.level == ERROR for finding in again.findings)
        or serialize.prosed(again.value, shape, shapes) != new
        or [(c.text, c.path, c.side) for c in again.comments] != kept
    ):
        return _refused(document)
    return after


def _edited(text: str, edits: Iterable[Edit]) -> str | None:
    """Give the text with all edits made; None where two of them are about the same stretch."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            return None
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


def _encoded(text: str, before: bytes) -> bytes:
    data = text.encode()
    if b"\r\n" in before:
        data = data.replace(b"\n", b"\r\n")
    return _MARK + data if before.startswith(_MARK) else data


def _moved(path: Path, moved: Mapping[Path, Mapping[int, int]]) -> Path | None:
    """Give where a node of the old data stands in the new; None for one that is gone."""
    found: list[str | int] = []
    for n, step in enumerate(path):
        there = moved.get(path[:n])
        if there is not None and isinstance(step, int):
            if step not in there:
                return None
            step = there[step]
        found.append(step)
    return tuple(found)


def _refused(document: Document) -> Finding:
    return document.fault(
        "not-spliced", "cannot be changed in place without touching what is beside it",
        hint="rexctl fmt brings it into the one form, or change it in your editor",
    )  # fmt: skip
