"""JSON read and written so that a number keeps the digits it was written with."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

quote = json.encoder.encode_basestring  # keeps text as UTF-8, escapes only what JSON must


class Num(str):
    """A decimal number as the digits it was written with; elsewhere it is a text like any other."""

    __slots__ = ()


_LITERALS = {True: "true", False: "false", None: "null"}


def loads(text: str | bytes) -> Any:
    """Read JSON; every number becomes a `Num` with its own digits. Raises ValueError."""
    if isinstance(text, str):
        return _decoder().decode(text)
    return json.loads(text, parse_int=Num, parse_float=Num, parse_constant=_no_constant)


@cache
def _decoder() -> json.JSONDecoder:
    """Give the decoder that `json.loads` would make anew for each line."""
    return json.JSONDecoder(parse_int=Num, parse_float=Num, parse_constant=_no_constant)


def loads_strict(text: str | bytes) -> Any:
    """Read JSON as `loads` does, and refuse a key that stands twice. Raises ValueError."""
    return json.loads(
        text,
        parse_int=Num,
        parse_float=Num,
        parse_constant=_no_constant,
        object_pairs_hook=_each_once,
    )


def levels(value: Any) -> int:
    """Give how deep lists and mappings are nested in a value; a text has none."""
    depth, here = 0, [value]
    while here := [part for part in here if isinstance(part, dict | list)]:
        depth += 1
        here = [
            inner for part in here for inner in (part.values() if isinstance(part, dict) else part)
        ]
    return depth


def dumps(value: Any) -> str:
    """Write JSON on one line, keys in the order given, a `Num` as bare digits."""
    if isinstance(value, str):
        return str(value) if isinstance(value, Num) else quote(value)
    if isinstance(value, dict):
        return (
            "{" + ", ".join([f"{quote(key)}: {_leaf(inner)}" for key, inner in value.items()]) + "}"
        )
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(dumps, value)) + "]"
    if value is None or isinstance(value, bool):
        return _LITERALS[value]
    return json.dumps(value)


def _leaf(value: Any) -> str:
    """The same; a text, as most are, at once: a call of `dumps` is dearer than the quoting."""
    return quote(value) if type(value) is str else dumps(value)


def line(data: Mapping[str, Any]) -> str:
    """Write one mapping as one line of JSON, without the line end."""
    return dumps(dict(data))


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number in JSON")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"{twice}: stands twice in one object")
    return found
