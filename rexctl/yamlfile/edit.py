"""Edits in place: a file's text with other data, and no comment or untouched line changed.

Every edit is proven by reading the result again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from rexctl.model.tables import SHAPES, each, part
from rexctl.records import ERROR, Finding
from rexctl.yamlfile import serialize
from rexctl.yamlfile.documents import Document, read_document
from rexctl.yamlfile.format import restyle
from rexctl.yamlfile.serialize import canonical_data
from rexctl.yamlfile.tree import Path, value_at

Pair = tuple[int, int]
K = TypeVar("K")

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BLOCK = re.compile(r"[|>][-+0-9]*")


def splice(
    document: Document, before: bytes, data: Mapping[str, Any], shape: str,
    *, rewrite: bool = False,
) -> bytes | Finding:  # fmt: skip
    """Return the bytes of a document, now `before`, with `data` in place of its own.

    Only lines of what differs change; line ends and a byte order mark stay, and every comment stays
    at its node. Where that is not possible the result is the finding `not-spliced`; with `rewrite`
    it is the canonical form of the whole, or the finding that says why comments prevent it.
    """
    old, new = canonical_data(document.value, shape), canonical_data(data, shape)
    changes, edits = _Changes(document), None
    with suppress(LookupError, ValueError):  # a node without a line of its own
        edits = list(changes.node((), old, new, shape))
    expected = [(c.text, _moved(c.path, changes.moved), c.side) for c in document.comments]
    text = _edited(document.text, edits)
    # With both kinds of line ends, neither could be restored.
    if text is not None and before.count(b"\r\n") in (0, before.count(b"\n")):
        after = encode_like(text, before)
        again = read_document(after, document.name)
        is_proven = (
            all(finding.level != ERROR for finding in again.findings)
            and canonical_data(again.value, shape) == new
            and [(c.text, c.path, c.side) for c in again.comments] == expected
        )
        if is_proven:
            return after
    comments = (comment for comment, (_, path, _) in zip(document.comments, expected, strict=True)
               if path is None)  # fmt: skip
    if comment := next(comments, None):
        return document.fault(
            "not-spliced", f"the comment on line {comment.line} belongs to what is removed: "
            f"{comment.text}", comment.path,
            hint="move or delete the comment in your editor, then repeat the change",
        )  # fmt: skip
    if rewrite:
        return restyle(document, data, shape)
    return document.fault(
        "not-spliced", "cannot be changed in place without touching what is beside it",
        hint="--rewrite rewrites the whole file, or change it in your editor",
    )  # fmt: skip


def _edited(text: str, edits: Iterable[Edit] | None) -> str | None:
    """Return the text with all edits made; None without edits, and where two of them overlap."""
    if edits is None:
        return None
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            return None
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


def encode_like(text: str, before: bytes) -> bytes:
    """Return the bytes of a text, with the line ends and the byte order mark of a file."""
    data = text.encode()
    if b"\r\n" in before and before.count(b"\r\n") == before.count(b"\n"):
        data = data.replace(b"\n", b"\r\n")
    return _BYTE_ORDER_MARK + data if before.startswith(_BYTE_ORDER_MARK) else data


def _moved(path: Path, moved: Mapping[Path, Mapping[int, int]]) -> Path | None:
    """Return the path in the new data of a node of the old; None for one that is removed."""
    result: list[str | int] = []
    for n, step in enumerate(path):
        there = moved.get(path[:n])
        if there is not None and isinstance(step, int):
            if step not in there:
                return None
            step = there[step]
        result.append(step)
    return tuple(result)


class Edit(NamedTuple):
    """A range of text, by offsets, and its replacement."""

    start: int
    end: int
    text: str


class _Changes:
    """Finds the edits; `moved` has the new index of the items of a list, by the path of the list."""

    def __init__(self, document: Document) -> None:
        self._document, self._nodes = document, document.nodes
        self._source, self._text = document.source, document.text
        self.moved: dict[Path, dict[int, int]] = {}

    def node(self, path: Path, old: Any, new: Any, kind: Any) -> Iterator[Edit]:
        """Yield the edits that turn the value at a path into another.

        Both are plain data with canonical prose, so that rewrapped text is no difference.
        """
        if old == new:
            return
        block = self._nodes[path].value.style == "block"
        if block and isinstance(old, dict) and isinstance(new, dict):
            yield from self._change_mapping(path, old, new, part(kind))
        elif block and isinstance(old, list) and isinstance(new, list):
            yield from self._change_list(path, old, new, each(kind))
        elif isinstance(old, str) and isinstance(new, str):
            yield from self._change_text(path, new, kind)
        else:
            yield self._replace(path, new, kind)

    def _change_mapping(
        self, path: Path, old: dict[str, Any], new: dict[str, Any], shape: str
    ) -> Iterator[Edit]:
        first: str = next(iter(value_at(path, self._document.value)))  # in the file
        added = group_new(old, new)
        if path and isinstance(path[-1], int) and (None in added or first not in new):
            # The first line of an item follows its dash: no line can come before it.
            yield self._replace(path, new, shape)
            return
        known = SHAPES.get(shape, {})
        for key in old:
            if key in new:
                yield from self.node((*path, key), old[key], new[key], known.get(key, ""))
            else:
                yield self._remove((*path, key))
        for before, keys in added.items():
            values = {key: new[key] for key in keys}
            lines = serialize.mapping_lines(values, shape, self._indent((*path, first)))
            yield self._insert(lines, (*path, before) if before else None, (*path, first))

    def _change_list(self, path: Path, old: list[Any], new: list[Any], kind: Any) -> Iterator[Edit]:
        same = self.moved.setdefault(path, {})
        for i, last, j, stop in list_ranges(list(map(repr, old)), list(map(repr, new))):
            both = min(last - i, stop - j)
            for n in range(both):
                same[i + n] = j + n
                yield from self.node((*path, i + n), old[i + n], new[j + n], kind)
            at = i + both
            for n in range(at, last):
                yield self._remove((*path, n))
            if more := new[j + both : stop]:
                lines = serialize.item_lines(more, kind, self._indent((*path, 0)))
                yield self._insert(lines, (*path, at - 1) if at else None, (*path, 0))

    def _change_text(self, path: Path, new: str, kind: Any) -> Iterator[Edit]:
        """Change a text: the scalar on its line, and the lines of a block below it."""
        node = self._nodes[path]
        start = self._source.offset(node.value.line) + node.value.column - 1
        block = node.value.style in ("|", ">") and _BLOCK.match(self._text, start)
        word, tail = (
            block.end() if block else node.end,
            self._line_end(start if block else node.end),
        )
        head, *below = serialize.text_lines(new, kind, self._indent(path) + "  ")
        yield Edit(start, word, head)
        yield Edit(tail, node.end if block else tail, "".join(f"\n{line}" for line in below))

    def _insert(self, lines: Iterable[str], previous: Path | None, first: Path) -> Edit:
        """Insert lines below the node `previous`, or above the node `first`; comments stay at theirs."""
        if previous:
            last = self._document.lines(previous)[1]
            line = max(last, self._last_comments.get(previous, last)) + 1
        else:
            line = self._document.lines(first)[0]
            line = min(line, self._first_comments.get(first, line))
        offset = self._source.offset(line)
        # A file may end without a line end: then the insertion begins with one.
        start = "\n" if offset == len(self._text) and not self._text.endswith("\n") else ""
        return Edit(offset, offset, start + "".join(f"{line}\n" for line in lines))

    def _remove(self, path: Path) -> Edit:
        first, last = self._document.lines(path)
        return Edit(self._source.offset(first), self._source.offset(last + 1), "")

    def _replace(self, path: Path, value: Any, kind: Any) -> Edit:
        """Replace a complete node: one that becomes another kind of node, or is in flow style."""
        indent = self._indent(path)
        key = path[-1] if isinstance(path[-1], str) else None
        lines = serialize.node_lines(key, value, kind, indent)
        start, end = self._document.start(path), self._line_end(self._nodes[path].end)
        return Edit(start, end, "\n".join(lines)[len(indent) :])

    def _indent(self, path: Path) -> str:
        """Return as many blanks as are before a node; a dash before it counts as one."""
        return " " * (self._source.position(self._document.start(path))[1] - 1)

    def _line_end(self, offset: int) -> int:
        """Return where the line of an offset ends, before its line end."""
        end = self._text.find("\n", offset)
        return len(self._text) if end < 0 else end

    # Both are built once: of a list of thousands every item needs its own.

    @cached_property
    def _first_comments(self) -> dict[Path, int]:
        """For each node with comments above it, the line of the first."""
        above = [one for one in self._document.comments if one.side == "before"]
        return {one.path: one.line for one in reversed(above)}

    @cached_property
    def _last_comments(self) -> dict[Path, int]:
        """For each node with comments inside, beside or below it, the line of the last."""
        return {
            one.path[:depth]: one.line for one in self._document.comments
            for depth in range(len(one.path) + (one.side != "before"))
        }  # fmt: skip


def group_new(known: Container[K], keys: Iterable[K]) -> dict[K | None, list[K]]:
    """Return those of `keys` that are not known by the known one that each follows, None for none."""
    groups: dict[K | None, list[K]] = {}
    last: K | None = None
    for key in keys:
        if key in known:
            last = key
        else:
            groups.setdefault(last, []).append(key)
    return groups


# Items of a list that are also in the list that it becomes, computed in one pass over both: difflib,
# which looks for the longest common run again and again, took four seconds for 9,000 tags.


def list_ranges(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield both lists in order: each common item, and what differs between two of them.

    Items `i` up to `last` of the old list are replaced by items `j` up to `stop` of the new one.
    """
    i = j = 0
    for at, there in common_items(old, new):
        if (at, there) != (i, j):
            yield i, at, j, there
        yield at, at + 1, there, there + 1
        i, j = at + 1, there + 1
    if i < len(old) or j < len(new):
        yield i, len(old), j, len(new)


def common_items(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return the items that are in both lists in the same order, each by its index in both."""
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    rest = most - head
    tail = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    # The second of two equal items matches the second there, so that each has one match at most.
    indexes = {key: head + n for n, key in enumerate(_numbered(old[head : len(old) - tail]))}
    pairs = [
        (indexes[key], head + n)
        for n, key in enumerate(_numbered(new[head : len(new) - tail]))
        if key in indexes
    ]
    first = [(n, n) for n in range(head)]
    last = [(len(old) - n, len(new) - n) for n in range(tail, 0, -1)]
    return [*first, *_rising(pairs), *last]


def _numbered(items: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield each item with the number of equal items before it."""
    positions: dict[str, int] = {}
    for item in items:
        positions[item] = before = positions.get(item, -1) + 1
        yield item, before


def _rising(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the longest run of pairs, in order of their second number, whose first one rises too."""
    tops: list[int] = []  # by length: the lowest number that a rising run of it ends with ...
    ends: list[int] = []  # ... and the pair that has it
    before: list[int] = []
    for n, (at, _) in enumerate(pairs):
        length = bisect_left(tops, at)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1], ends[length : length + 1] = [at], [n]
    run: list[Pair] = []
    n = ends[-1] if ends else -1
    while n >= 0:
        run.append(pairs[n])
        n = before[n]
    return run[::-1]
