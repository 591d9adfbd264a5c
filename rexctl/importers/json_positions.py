"""The positions of the parts of a JSON text, for findings."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from rexctl.values import json_text

Path = tuple[str | int, ...]
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


class LocatedText:
    """A JSON text and the positions of its parts, computed at the first use."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.text = text
        self.first_line = first_line

    @cached_property
    def _positions(self) -> dict[Path, tuple[int, int, int, int]]:
        return part_positions(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def place(self, path: Path, on: str) -> tuple[int, int, int]:
        """Return line, column and width of a path, or of the nearest part that contains it."""
        while path and path not in self._positions:
            path = path[:-1]
        key, key_width, at, width = self._positions.get(path, (0, 1, 0, 1))
        offset, wide = (key, key_width) if on == "key" else (at, width)
        row = bisect_right(self._starts, offset) - 1
        return self.first_line + row, offset - self._starts[row] + 1, wide

    def line(self, number: int) -> str:
        """Return a line of the text by its number."""
        row = min(number - self.first_line, len(self._starts) - 1)
        following = self._starts[row + 1] - 1 if row + 1 < len(self._starts) else None
        return self.text[self._starts[row] : following]


def part_positions(text: str) -> dict[Path, tuple[int, int, int, int]]:
    """Return key offset, key width, value offset and value width of each path.

    The text must be valid JSON. Goes through the tokens without recursion.
    """
    positions: dict[Path, tuple[int, int, int, int]] = {}
    stack: list[list[str | int | None]] = []  # the key or index now open in each container
    key: tuple[int, int] = (0, 0)
    wants_key = False
    for match in _TOKEN.finditer(text):
        token, start = match.group(), match.start()
        if token in "}]":
            stack.pop()
            wants_key = False
        elif token == ",":
            if stack and isinstance(stack[-1][0], int):
                stack[-1][0] += 1
            else:
                wants_key = True
        elif token == ":":
            wants_key = False
        elif wants_key:
            stack[-1][0] = str(json_text.loads(token)) if "\\" in token else token[1:-1]
            key = (start, len(token))
        else:
            path = tuple(part[0] for part in stack if part[0] is not None)
            inside_list = bool(stack) and isinstance(stack[-1][0], int)
            at = (start, len(token)) if inside_list or not stack else key
            positions.setdefault(path, (*at, start, len(token)))
            if token in "{[":
                stack.append([0 if token == "[" else None])
                wants_key = token == "{"
    return positions
