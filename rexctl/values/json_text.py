"""JSON parsed and written so that a number keeps the digits that it was written with."""

from __future__ import annotations

import json
from typing import Any

quote = json.encoder.encode_basestring  # keeps text as UTF-8, escapes only what JSON must


class Num(str):
    """A decimal number as the digits that it was written with: a text that JSON writes bare."""

    __slots__ = ()


_LITERALS = {True: "true", False: "false", None: "null"}


def loads(text: str) -> Any:
    """Return the value of JSON, each number as a `Num`. Raises ValueError."""
    return _DECODER.decode(text)


def loads_strict(text: str) -> Any:
    """Return the value as `loads` does; raise ValueError for a repeated key too."""
    return _STRICT_DECODER.decode(text)


def levels(value: Any) -> int:
    """Return how deep lists and mappings are nested in a value: 0 for a text."""
    depth, level = 0, [value]
    while level := [part for part in level if isinstance(part, dict | list)]:
        depth += 1
        level = [
            inner for part in level for inner in (part.values() if isinstance(part, dict) else part)
        ]
    return depth


def dumps(value: Any) -> str:
    """Return JSON on one line, keys in the order of the mapping, a `Num` as bare digits."""
    if isinstance(value, str):
        return str(value) if isinstance(value, Num) else quote(value)
    if isinstance(value, dict):
        members = ", ".join([f"{quote(key)}: {dumps(inner)}" for key, inner in value.items()])
        return "{" + members + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(dumps, value)) + "]"
    if value is None or isinstance(value, bool):
        return _LITERALS[value]
    return str(value) if type(value) is int else json.dumps(value)


def storable(value: Any) -> Any:
    r"""Return a value that SQLite can bind: text in UTF-8, half a surrogate pair as `\udcff`.

    A line of JSON may hold one, and a word of the command line a byte that is not UTF-8.
    """
    if not isinstance(value, str) or value.isascii():
        return value
    return value.encode("utf-8", "backslashreplace").decode("utf-8")


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number in JSON")


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in pairs:
        if key in data:
            raise ValueError(f"{key}: repeated key in one object")
        data[key] = value
    return data


def _decoder(**hooks: Any) -> json.JSONDecoder:
    return json.JSONDecoder(parse_int=Num, parse_float=Num, parse_constant=_no_constant, **hooks)


# One for all lines: `json.loads` would make one for each call.
_DECODER, _STRICT_DECODER = _decoder(), _decoder(object_pairs_hook=_unique_keys)
