"""JSON: one object, or an array of objects, with the position of each part for findings."""

from __future__ import annotations

import re
from functools import cache
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any

from rexctl.importers import Record
from rexctl.values import json_text, limits
from rexctl.yamlfile.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rexctl.importers import Loc, Range
    from rexctl.records import Finding

    FindRange = Callable[[Loc, str], Range]

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+')


def records(data: bytes, name: str) -> Iterator[Record]:
    """Yield each object of the text as a record; a text that is not JSON is one finding."""
    text = data.decode("utf-8-sig")
    source, find_range = Source(name, text), range_finder(text)
    value, fault = parse(text, source)
    if fault:
        yield Record(source, findings=[fault])
        return
    many = isinstance(value, list)
    for n, item in enumerate(value if many else [value]):
        yield record_of(item, source, find_range, (n,) if many else ())


def parse(text: str, source: Source, line: int = 1) -> tuple[Any, Finding | None]:
    """Return the value of JSON that begins on a line, or a finding; a duplicate key, NaN or deep nesting is one too."""
    try:
        value = json_text.loads_strict(text)
        # An array of records is a level of its own.
        if json_text.levels(value) <= limits.MAX_DEPTH + 1:
            return value, None
        at, message = (line, 1), f"is nested deeper than {limits.MAX_DEPTH} levels"
    except JSONDecodeError as fault:
        at = (line + fault.lineno - 1, fault.colno)
        message = f"is not JSON: {fault.msg[0].lower()}{fault.msg[1:]}"
    except RecursionError:
        at, message = (line, 1), "is nested too deep"
    except ValueError as fault:
        at, message = (line, 1), str(fault)
    return None, source.fault("not-json", message, *at, 1)


def record_of(
    value: Any, source: Source, find_range: FindRange, prefix: tuple[int, ...] = ()
) -> Record:
    """Return the record of one JSON value; nulls are dropped, for unknown is absent."""
    value = _without_nulls(value) if isinstance(value, dict) else value
    return Record(source, value, lambda path, on: find_range((*prefix, *path), on))


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_without_nulls(v) for v in value if v is not None]
    return value


def range_finder(text: str, start: int = 0) -> FindRange:
    """Return a function that finds the `key` or `value` of a path in a JSON text that begins at `start`.

    Where there is no such path, the nearest part that contains it.
    """
    positions = cache(lambda: part_positions(text))

    def find_range(path: Loc, on: str) -> Range:
        while path and path not in positions():
            path = path[:-1]
        key, key_width, at, width = positions().get(path, (0, 1, 0, 1))
        return (start + key, key_width) if on == "key" else (start + at, width)

    return find_range


def part_positions(text: str) -> dict[Loc, tuple[int, int, int, int]]:
    """Return key offset, key width, value offset and value width of each path.

    The text must be valid JSON. Goes through the tokens without recursion.
    """
    positions: dict[Loc, tuple[int, int, int, int]] = {}
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
