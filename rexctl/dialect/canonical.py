"""Reads what canon wrote, line by line, and nothing else.

Nearly every file of a log is in canonical form. For its bytes this gives the plain data without a
YAML parser; for all others None, at once, and they go the long way. It proves rather than guesses:
each line must be the very line that `canon` would write of what is read from it. So a file that is
read here has no comment, no fault of syntax and no other spelling, and need not be written anew to
see that. Prose comes without the line end that its block adds.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from rexctl.dialect.source import LIMITS
from rexctl.plain.canon import fits_a_block
from rexctl.plain.scalar import plain_safe, scalar

if TYPE_CHECKING:
    from collections.abc import Mapping

    Shapes = Mapping[str, Mapping[str, Any]]

T = TypeVar("T")
_KEY = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,99}):(?: (.+))?")
_KEYED = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,99}:(?: |$)")
_ESCAPE = re.compile(r'\\([\\"])')
# A line holds two values at most, an item and its first entry: far from the limits of a document.
_MOST_LINES = LIMITS.values // 2 - 1
_DEEPEST = 2 * (LIMITS.depth // 2)  # columns: a level takes two
# Lines are the same from file to file, so what they say is kept; neither too many nor long ones.
_MOST_KEPT, _LONGEST_KEPT = 2048, 100


class _Under(NamedTuple):
    """What stands on the lines below `key:`: a mapping or a list, each with its own plan."""

    mapping: _Plan
    items: _Items


class _Entry(NamedTuple):
    """A line of a mapping: the place of its key in the order, the key, and its text or what opens.

    `text` is None where `under` tells what follows, and both are where a block does.
    """

    rank: int
    key: str
    text: str | None
    under: _Under | None


class _Other(Exception):
    """It is written another way than canon's."""


class _Plan(dict[str, "_Entry | None"]):
    """The entries of one shape by the line that spells each; None where that is not canon's."""

    def __init__(self, shape: str, canonical: Canonical) -> None:
        super().__init__()
        self.known = canonical.shapes.get(shape, {})
        self._ranks = {key: rank for rank, key in enumerate(self.known)}
        self._canonical = canonical

    def __missing__(self, line: str) -> _Entry | None:
        entry = self._read(line)
        return _kept(self, line, entry)

    def _read(self, line: str) -> _Entry | None:
        match = _KEY.fullmatch(line)
        if not match or not plain_safe(match[1]):
            return None
        key, raw = match.groups()
        rank, kind = self._ranks.get(key, len(self.known)), self.known.get(key, "")
        if raw is None:
            return _Entry(rank, key, None, self._canonical.under(kind))
        if kind == "prose":
            return _Entry(rank, key, None, None) if raw == "|" else None
        text = _text(raw)
        return None if text is None else _Entry(rank, key, text, None)


class _Items(dict[str, "str | _Plan | None"]):
    """The items of one sort of list by the line behind the dash.

    Each is a text, the plan of a mapping that begins there, or `|`, which no bare text can be,
    for a block; None where it is not canon's.
    """

    def __init__(self, kind: str, canonical: Canonical) -> None:
        super().__init__()
        self._prose = kind == "prose"
        self._plan = canonical.plan(kind.rpartition("|")[2])

    def __missing__(self, line: str) -> str | _Plan | None:
        found: str | _Plan | None
        if _KEYED.match(line):
            found = self._plan
        elif self._prose:
            found = "|" if line == "|" else None
        else:
            found = _text(line)
        return _kept(self, line, found)


def _kept(memory: dict[str, T], line: str, found: T) -> T:
    if len(line) <= _LONGEST_KEPT:
        if len(memory) >= _MOST_KEPT:
            memory.clear()
        memory[line] = found
    return found


def _text(raw: str) -> str | None:
    """Give the text that a scalar spells, if canon would spell it so."""
    if plain_safe(raw):
        return raw
    if len(raw) < 2 or raw[0] != '"' or raw[-1] != '"':
        return None
    inner = raw[1:-1]
    text = _ESCAPE.sub(r"\1", inner) if "\\" in inner else inner
    return text if scalar(text) == raw else None


class Canonical:
    """Reads canonical events whose keys and kinds stand in `shapes`."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapes
        self._plans: dict[str, _Plan] = {}
        self._under: dict[tuple[str, str], _Under] = {}

    def plan(self, shape: str) -> _Plan:
        """Give the plan of a shape; one that is unknown has no keys."""
        shape = shape if shape in self.shapes else ""
        if shape not in self._plans:
            self._plans[shape] = _Plan(shape, self)
        return self._plans[shape]

    def under(self, kind: Any) -> _Under:
        """Give what may stand below a key of this kind, told apart as canon tells it."""
        part = kind.rpartition("|")[2] if isinstance(kind, str) else ""
        each = kind[0] if isinstance(kind, list) else ""
        if (part, each) not in self._under:
            self._under[part, each] = _Under(self.plan(part), _Items(each, self))
        return self._under[part, each]

    def read(self, data: bytes) -> dict[str, Any] | None:
        """Give the plain data of a file that is an event in canonical form, else None."""
        if len(data) > LIMITS.size:
            return None
        try:
            lines = data.decode().split("\n")
        except UnicodeDecodeError:
            return None
        # The last of them is what stands behind the last line end: nothing.
        if not 2 < len(lines) <= _MOST_LINES or lines[-1] or not lines[1].startswith("type: "):
            return None
        pen = _Lines(lines)
        try:
            found = pen.mapping(self.plan(lines[1][6:]), "")
        except _Other:
            return None
        return found if pen.at == len(lines) - 1 else None


class _Lines:
    """The lines of one file, and how far they are read."""

    __slots__ = ("at", "lines")

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0

    def mapping(self, plan: _Plan, pad: str) -> dict[str, Any]:
        """Give the mapping whose entries stand at this indentation."""
        lines, width = self.lines, len(pad)
        found: dict[str, Any] = {}
        last, last_key, others = -1, "", len(plan.known)
        while (line := lines[self.at]) and line.startswith(pad):
            entry = plan[line[width:]]
            if entry is None:
                raise _Other
            rank, key, text, under = entry
            # Keys that the shape does not know follow by name; without a shape, as they came.
            if rank <= last and (key in found if not others else rank < others or key <= last_key):
                raise _Other
            last, last_key = rank, key
            self.at += 1
            if text is not None:
                found[key] = text
            elif under is not None:
                found[key] = self._below(under, pad + "  ")
            else:
                found[key] = self._block(pad + "  ")
        if not found:
            raise _Other
        return found

    def _below(self, under: _Under, pad: str) -> Any:
        line = self.lines[self.at]
        if not line.startswith(pad) or len(pad) > _DEEPEST:
            raise _Other
        if line.startswith("- ", len(pad)):
            return self._items(under.items, pad)
        return self.mapping(under.mapping, pad)

    def _items(self, items: _Items, pad: str) -> list[Any]:
        lines = self.lines
        found: list[Any] = []
        dash, inside = pad + "- ", pad + "  "
        while (line := lines[self.at]).startswith(dash):
            rest = line[len(dash) :]
            item = items[rest]
            if item is None:
                raise _Other
            if not isinstance(item, str):
                lines[self.at] = inside + rest
                found.append(self.mapping(item, inside))
                continue
            self.at += 1
            found.append(item if item != "|" else self._block(inside))
        return found

    def _block(self, pad: str) -> str:
        """Give the text of a block, each line of it indented; only an empty line is not."""
        lines, start, width, end = self.lines, self.at, len(pad), len(self.lines) - 1
        while self.at < end and (not (line := lines[self.at]) or line.startswith(pad)):
            self.at += 1
        block = lines[start : self.at]
        text = "\n".join([line[width:] for line in block])
        if not block or not block[-1] or pad in block or not fits_a_block(text, "prose"):
            raise _Other
        return text
