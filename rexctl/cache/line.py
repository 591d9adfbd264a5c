"""An event as the one line of JSON that the log gives of it: keys in order, numbers as numbers."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from rexctl.cache.leaves_of import NUMBERS
from rexctl.model.legal import SHAPES
from rexctl.values import json_text
from rexctl.values.json_text import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBERS = tuple(NUMBERS)  # a kind may be a list, which no set can be asked for
_DIGITS = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)  # as JSON has them


def line(data: Mapping[str, Any], shape: str, computed: str) -> str:
    """Give the line; `computed` are the members that follow from the others, in JSON.

    Nothing is given for what is nested so deep that only another tool can hold it.
    """
    try:
        return "{" + ", ".join([*_members(data, shape), computed]) + "}"
    except RecursionError:
        return ""


def lead_of(key: str) -> str:
    """Give what a member of this key begins with."""
    return f"{quote(key)}: "


def leaf(text: str, kind: str) -> str:
    """Give a text by the kind of its field: a number of JSON stays one."""
    return text if kind in NUMBERS and _DIGITS.fullmatch(text) else quote(text)


def _members(data: Mapping[str, Any], shape: str) -> list[str]:
    known = _leads(shape)
    if not known:
        return [f"{quote(key)}: {json_text.dumps(value)}" for key, value in data.items()]
    found = []
    for key, (lead, kind) in known.items():
        if key in data:
            value = data[key]
            bare = type(value) is str and kind not in _NUMBERS
            found.append(lead + (quote(value) if bare else _written(value, kind)))
    if len(found) < len(data):
        others = sorted(key for key in data if key not in known)
        found += [f"{lead_of(key)}{_written(data[key], 'extra')}" for key in others]
    return found


@cache
def _leads(shape: str) -> dict[str, tuple[str, Any]]:
    """Give the keys of a shape in order, each with what it begins with and its kind."""
    known = SHAPES.get(shape, {})
    return {key: (lead_of(key), kind) for key, kind in known.items()}


def _written(value: Any, kind: Any) -> str:
    """Give a value by its kind; one of another shape than its kind says stays as it is."""
    if isinstance(value, dict):
        each = kind if isinstance(kind, str) else ""
        return "{" + ", ".join(_members(value, each.rpartition("|")[2])) + "}"
    if isinstance(kind, list):
        if isinstance(value, list):
            each = kind[0]
            return "[" + ", ".join([_written(part, each) for part in value]) + "]"
    elif kind in _NUMBERS and isinstance(value, str) and _DIGITS.fullmatch(value):
        return str(value)
    return quote(value) if type(value) is str else json_text.dumps(value)
