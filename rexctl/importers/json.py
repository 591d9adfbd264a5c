"""JSON: one object, or an array of objects."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rexctl.importers.json_positions import LocatedText
from rexctl.importers.record import Record
from rexctl.records import Finding
from rexctl.values import json_text
from rexctl.values.limits import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIXES = (".json",)


def records(data: bytes, name: str) -> Iterator[Record]:
    """Yield each object of the text as a record; a text that is not JSON is one finding."""
    text = data.decode("utf-8-sig")
    value, fault = parse(text, name)
    if fault:
        yield Record(name, findings=[fault])
        return
    many = isinstance(value, list)
    located = LocatedText(text)
    for n, item in enumerate(value if many else [value]):
        yield record_of(item, name, located, (n,) if many else ())


def parse(text: str, name: str, line: int = 1) -> tuple[Any, Finding | None]:
    """Return the value of JSON, or a finding; a duplicate key, NaN or deep nesting is one too."""
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


def record_of(value: Any, name: str, text: LocatedText, prefix: tuple[int, ...] = ()) -> Record:
    """Return the record of one JSON value; nulls are dropped, for unknown is absent."""
    value = _without_nulls(value) if isinstance(value, dict) else value
    return Record(name, value, lambda path, on: text.place((*prefix, *path), on), text.line)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_without_nulls(v) for v in value if v is not None]
    return value
