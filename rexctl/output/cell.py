"""A value of a row as text: what a cell shows of a list, of a mapping, of nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from rexctl.model.legal import HEADS, SHAPES
from rexctl.records import pick


@cache
def head_of(column: str) -> str:
    """Give the chief field of the mapping at a dotted name; empty where none stands there.

    Where types differ, the first type that has a mapping there decides.
    """
    found = (_shape_at(column.split("."), name) for name in SHAPES if name[:1].islower())
    return next((HEADS[shape] for shape in found if shape in HEADS), "")


def _shape_at(steps: list[str], shape: str) -> str:
    for step in steps:
        kind = SHAPES.get(shape, {}).get(step, "")
        shape = (kind[0] if isinstance(kind, list) else kind).rpartition("|")[2]
    return shape


def leaf(value: object) -> str:
    """Give one value as text: `true` and `false` as JSON has them, nothing as an empty text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def parts(value: Any, head: str = "") -> list[str]:
    """Give the texts of a cell: one for a leaf, one an element for a list, none for nothing.

    A mapping is shown by its chief field `head`, else by the first of its texts.
    """
    if isinstance(value, str):  # nearly always: what follows is dear
        return [value]
    if value is None:
        return []
    if isinstance(value, Mapping):
        return [_of_mapping(value, head)]
    if isinstance(value, list | tuple):
        return [text for item in value for text in parts(item, head)]
    return [leaf(value)]


def _of_mapping(value: Mapping[str, Any], head: str) -> str:
    if head in value:
        return ", ".join(parts(value[head]))
    return next((leaf(v) for v in value.values() if not isinstance(v, Mapping | list)), "")


def texts(data: Mapping[str, Any], column: str) -> list[str]:
    """Give the texts at a dotted name of a row.

    Where the way leads through a list of mappings, an element that lacks the rest of the way
    leaves an empty text, so that columns of one list stay side by side.
    """
    first, _, rest = column.partition(".")
    inner = data.get(first)
    if rest and isinstance(inner, list) and "." not in rest:
        found = [parts(pick(item, rest), head_of(column)) for item in inner]
        if any(found) and all(len(one) < 2 for one in found):
            return [one[0] if one else "" for one in found]
    return parts(pick(data, column), head_of(column))


def is_list(data: Mapping[str, Any], column: str) -> bool:
    """Tell whether the value at a dotted name of a row is a list, whose elements a cell joins."""
    return isinstance(pick(data, column), list)


def shown(data: Mapping[str, Any], column: str, between: str = ", ") -> str:
    """Give the cell of a row as a person reads it: several values with `between` them."""
    return between.join(_filled(texts(data, column)))


def _filled(found: Iterable[str]) -> Iterable[str]:
    return (text for text in found if text)
