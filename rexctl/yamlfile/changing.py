"""The stretches of a file's text that must change for its data to become other data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.yamlfile import serialize
from rexctl.yamlfile.node_ranges import Geometry
from rexctl.yamlfile.pairing import stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rexctl.yamlfile.document import Document
    from rexctl.yamlfile.positions import Path

    Shapes = Mapping[str, Mapping[str, Any]]

_BLOCK = re.compile(r"[|>][-+0-9]*")


class Edit(NamedTuple):
    """A stretch of text, by offsets, and what comes in its place."""

    start: int
    end: int
    text: str


class Changing:
    """Finds the edits; `moved` tells where the items of a list go, by the path of the list."""

    def __init__(self, document: Document, shapes: Shapes) -> None:
        self._at = Geometry(document)
        self._shapes = shapes
        self.moved: dict[Path, dict[int, int]] = {}

    def node(self, path: Path, old: Any, new: Any, kind: Any) -> Iterator[Edit]:
        """Give the edits by which the value at a path becomes another.

        Both are plain data with prose as canon has it: what is only wrapped otherwise is the same.
        """
        if old == new:
            return
        block = self._at.style(path) == "block"
        if block and isinstance(old, dict) and isinstance(new, dict):
            yield from self._mapping(path, old, new, serialize.part(kind))
        elif block and isinstance(old, list) and isinstance(new, list):
            yield from self._list(path, old, new, serialize.each(kind))
        elif isinstance(old, str) and isinstance(new, str):
            yield from self._text(path, new, kind)
        else:
            yield self._anew(path, new, kind)

    def _mapping(
        self, path: Path, old: dict[str, Any], new: dict[str, Any], shape: str
    ) -> Iterator[Edit]:
        first, behind = self._at.first_key(path), _behind(old, new)
        if path and isinstance(path[-1], int) and ("" in behind or first not in new):
            # The first line of an item stands behind its dash: none can come before it.
            yield self._anew(path, new, shape)
            return
        known = self._shapes.get(shape, {})
        for key in old:
            if key in new:
                yield from self.node((*path, key), old[key], new[key], known.get(key, ""))
            else:
                yield Edit(*self._at.lines((*path, key)), "")
        indent = self._at.indent((*path, first))
        for before, keys in behind.items():
            lines = serialize.entries({key: new[key] for key in keys}, shape, self._shapes, indent)
            place = self._at.below((*path, before)) if before else self._at.above((*path, first))
            yield self._inserted(place, lines)

    def _list(self, path: Path, old: list[Any], new: list[Any], kind: Any) -> Iterator[Edit]:
        same = self.moved.setdefault(path, {})
        for i, last, j, stop in stretches(list(map(repr, old)), list(map(repr, new))):
            pairs = min(last - i, stop - j)
            for n in range(pairs):
                same[i + n] = j + n
                yield from self.node((*path, i + n), old[i + n], new[j + n], kind)
            for n in range(i + pairs, last):
                yield Edit(*self._at.lines((*path, n)), "")
            if more := new[j + pairs : stop]:
                lines = serialize.items(more, kind, self._shapes, self._at.indent((*path, 0)))
                at = i + pairs
                place = self._at.below((*path, at - 1)) if at else self._at.above((*path, 0))
                yield self._inserted(place, lines)

    def _inserted(self, place: int, lines: Sequence[str]) -> Edit:
        text = self._at.text
        # A file may end without a line end: what comes then begins with one.
        led = "\n" if place == len(text) and not text.endswith("\n") else ""
        return Edit(place, place, led + "".join(f"{line}\n" for line in lines))

    def _anew(self, path: Path, value: Any, kind: Any) -> Edit:
        """Write a whole node anew: one that becomes another sort of node, or stands in brackets."""
        indent = self._at.indent(path)
        if isinstance(path[-1], int):
            lines = serialize.items([value], kind, self._shapes, indent)
        else:
            shapes = {"": {path[-1]: kind}, **self._shapes}
            lines = serialize.entries({path[-1]: value}, "", shapes, indent)
        return Edit(*self._at.node(path), "\n".join(lines)[len(indent) :])

    def _text(self, path: Path, new: str, kind: Any) -> Iterator[Edit]:
        """Change a text: the word on its line, and the lines of a block below it."""
        start, end = self._at.value(path)
        block = self._at.style(path) in ("|", ">") and _BLOCK.match(self._at.text, start)
        word, tail = (
            (block.end(), self._at.line_end(start)) if block else (end, self._at.line_end(end))
        )
        end = end if block else tail
        head, *below = serialize.text_lines(new, kind, self._at.indent(path) + "  ")
        yield Edit(start, word, head)
        yield Edit(tail, end, "".join(f"\n{line}" for line in below))


def _behind(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, list[str]]:
    """Give the new keys by the key of the file that each stands behind, or "" for none."""
    found: dict[str, list[str]] = {}
    last = ""
    for key in new:
        if key in old:
            last = key
        else:
            found.setdefault(last, []).append(key)
    return found
