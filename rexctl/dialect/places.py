"""Where each key and each value of a document stands in its file."""

from __future__ import annotations

from typing import NamedTuple

Path = tuple[str | int, ...]


class Place(NamedTuple):
    """A stretch of one line. Line and column count from 1, in characters.

    `width` is 0 where the thing goes on to the end of the line or beyond. `style` is that of a
    text as YAML marks it (empty for plain, `'`, `"`, `|`, `>`), `block` or `flow` for the rest.
    """

    line: int
    column: int
    width: int
    style: str = ""


class Spot:
    """One node: the place of its key (of the value, in a list) and of its value.

    `start` and `end` are offsets into the text, from the key to the end of the value's content.
    """

    __slots__ = ("end", "key", "start", "value")

    def __init__(self, key: Place, value: Place, start: int, end: int) -> None:
        self.key = key
        self.value = value
        self.start = start
        self.end = end


class Places:
    """The places of a document by path: `("links", 0, "to")`; `()` is the whole document."""

    __slots__ = ("spots",)

    def __init__(self, spots: dict[Path, Spot]) -> None:
        self.spots = spots

    def key(self, path: Path) -> Place:
        """Give the place of a key; of the nearest parent where there is no such key."""
        return self._nearest(path)[0].key

    def value(self, path: Path) -> Place:
        """Give the place of a value; of the nearest parent's key where there is no such value."""
        spot, found = self._nearest(path)
        return spot.value if found == path else spot.key

    def _nearest(self, path: Path) -> tuple[Spot, Path]:
        while path and path not in self.spots:
            path = path[:-1]
        start = Place(1, 1, 0)
        return self.spots.get(path) or Spot(start, start, 0, 0), path
