"""Where each key and each value of a document stands in its file."""

from __future__ import annotations

from typing import Any, NamedTuple

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


_START = Place(1, 1, 0)


def place_of(event: Any, line: int) -> Place:
    """Give the place of a parser's event; `line` is where in the file the events count from."""
    start, end = event.start_mark, event.end_mark
    flow = getattr(event, "flow_style", None)
    if flow is not None:
        return Place(line + start.line, start.column + 1, 0, "flow" if flow else "block")
    width = end.column - start.column if start.line == end.line else 0
    return Place(line + start.line, start.column + 1, width, event.style or "")


class Spot:
    """One node: the events of its key (of the value, in a list) and of its value.

    `start` and `end` are offsets into the text, from the key to the end of the value's content.
    Places are worked out when asked for: few are, and only where there is something to tell.
    """

    __slots__ = ("_event", "_key", "_line", "_nothing", "end", "start")

    def __init__(
        self, key: Any, event: Any, line: int, start: int, end: int, nothing: Place | None = None
    ) -> None:
        self._key = key
        self._event = event
        self._line = line
        self._nothing = nothing  # the place of an empty value: its key's
        self.start = start
        self.end = end

    @property
    def key(self) -> Place:
        """The place of the key."""
        return self.value if self._key is None else place_of(self._key, self._line)

    @property
    def value(self) -> Place:
        """The place of the value."""
        return self._nothing or place_of(self._event, self._line)


class Places:
    """The places of a document by path: `("links", 0, "to")`; `()` is the whole document."""

    __slots__ = ("spots",)

    def __init__(self, spots: dict[Path, Spot]) -> None:
        self.spots = spots

    def key(self, path: Path) -> Place:
        """Give the place of a key; of the nearest parent where there is no such key."""
        spot = self.spots.get(self._nearest(path))
        return spot.key if spot else _START

    def value(self, path: Path) -> Place:
        """Give the place of a value; of the nearest parent's key where there is no such value."""
        found = self._nearest(path)
        spot = self.spots.get(found)
        if spot is None:
            return _START
        return spot.value if found == path else spot.key

    def _nearest(self, path: Path) -> Path:
        while path and path not in self.spots:
            path = path[:-1]
        return path
