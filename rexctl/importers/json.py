"""JSON: one object, or an array of objects."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rexctl.importers.json_positions import Placed
from rexctl.importers.record import Record
from rexctl.records import Finding
from rexctl.values import json_text
from rexctl.values.limits import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = (".json",)


def records(data: bytes, name: str) -> Iterator[Record]:
    """Give each object of the text as a record; a text that is no JSON is one finding."""
    text = data.decode("utf-8-sig")
    value, fault = parsed(text, name)
    if fault:
        yield Record(name, None, lambda path, on: (1, 1, 1), lambda line: "", [fault])
        return
    many = isinstance(value, list)
    placed = Placed(text)
    for n, item in enumerate(value if many else [value]):
        yield record_of(item, name, placed, (n,) if many else ())


def parsed(text: str, name: str, line: int = 1) -> tuple[Any, Finding | None]:
    """Read JSON strictly: a key twice, a NaN or too deep a nest is a finding."""
    try:
        value = json_text.loads_strict(text)
        if json_text.levels(value) <= LIMITS.depth + 1:  # an array of records is a level of its own
            return value, None
        at, message = (line, 1), f"is nested deeper than {LIMITS.depth} levels"
    except import_module("json").JSONDecodeError as fault:
        at = (line + fault.lineno - 1, fault.colno)
        message = f"is not JSON: {fault.msg[0].lower()}{fault.msg[1:]}"
    except RecursionError:
        at, message = (line, 1), "is nested too deep"
    except ValueError as fault:
        at, message = (line, 1), str(fault)
    lines = text.split("\n")
    row = min(at[0] - line, len(lines) - 1)
    return None, Finding("not-json", message, name, *at, text=lines[row][:200])


def record_of(value: Any, name: str, text: Placed, prefix: tuple[int, ...] = ()) -> Record:
    """Make the record of one JSON value; nulls are dropped, for unknown is absent."""
    kept = _without_nulls(value) if isinstance(value, dict) else value
    return Record(name, kept, lambda path, on: text.place((*prefix, *path), on), text.line)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_without_nulls(v) for v in value if v is not None]
    return value
