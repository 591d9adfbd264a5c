"""From an event's plain data to its row in the index; loads no model."""

from __future__ import annotations

import re
from collections import deque
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.plain import dates, jsontext
from rexctl.plain.jsontext import Num
from rexctl.plain.legal import HEADS, SHAPES, TYPES
from rexctl.plain.query import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VERSION = Num("1")
_NUMBERS = frozenset({"number", "integer"})
_DIGITS = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?", re.ASCII)  # as JSON has them
_DATES = frozenset({"date", "day"})
# A word is looked for in these kinds of leaves.
_READ = frozenset({"text", "prose", "url", "slug", "actor", "product", "law", "id", "extra"})
# The fields of all types at once, for lines that name no type or one of another tool.
_EVERY = {key: kind for name in TYPES for key, kind in SHAPES[name].items()}
USUAL_CONFIDENCE = "confirmed"


class Value(NamedTuple):
    """One leaf of an event: the dotted name, the text, the text folded, and its window."""

    field: str
    text: str
    folded: str
    lo: float | None
    hi: float | None


class IndexRow(NamedTuple):
    """What the index keeps of an event; `lo` and `hi` are the ordinals of its date's bounds."""

    id: str
    type: str
    status: str
    confidence: str
    title: str
    lo: int
    hi: int
    json: str
    body: str
    values: tuple[Value, ...]

    @property
    def fields(self) -> tuple[str | int, ...]:
        """Everything but the values, in the order of the table of events."""
        return self[:9]


def row_of(data: Mapping[str, Any]) -> IndexRow:
    """Give the row of an event. Bears with anything in `data`: it may come from another tool."""
    name = str(data.get("type", ""))
    shape = name if name in TYPES else ""
    kept = {key: value for key, value in data.items() if not key.startswith("_")}
    low, high = _window("date", str(data.get("date", "")))
    values = tuple(_values(kept, shape))
    body = "\n".join(dict.fromkeys(v.folded for v in values if v.folded))
    return IndexRow(
        str(data.get("id", "")), name, str(data.get("status", "")),
        str(data.get("confidence") or USUAL_CONFIDENCE), str(data.get("title", "")),
        int(dates.LOWEST if low is None else low), int(dates.HIGHEST if high is None else high),
        _line(kept, shape, _computed(low, high)), body, values,
    )  # fmt: skip


def _known(shape: str, *, top: bool) -> Mapping[str, Any]:
    """Give the fields of a shape; a line whose type says nothing may have those of any type."""
    return SHAPES.get(shape) or (_EVERY if top else {})


def _computed(low: float | None, high: float | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if low is not None and low > dates.LOWEST:
        found["_earliest"] = date.fromordinal(int(low)).isoformat()
    if high is not None and high < dates.HIGHEST:
        found["_latest"] = date.fromordinal(int(high)).isoformat()
    return found | {"_v": VERSION}


def _line(data: dict[str, Any], shape: str, computed: dict[str, Any]) -> str:
    """Give the line of JSON; none for what is nested so deep that only another tool can hold it."""
    try:
        return jsontext.line(_ordered(data, shape) | computed)
    except RecursionError:
        return ""


def _ordered(data: Any, shape: str) -> Any:
    """Give data in schema order, with its numbers marked as numbers."""
    known = SHAPES.get(shape, {})
    if not isinstance(data, dict) or not known:
        return data
    keys = [key for key in known if key in data]
    keys += sorted(key for key in data if key not in known)
    return {key: _leafed(data[key], known.get(key, "extra")) for key in keys}


def _leafed(value: Any, kind: Any) -> Any:
    if isinstance(kind, list):
        return [_leafed(v, kind[0]) for v in value] if isinstance(value, list) else value
    if isinstance(value, dict):
        return _ordered(value, kind.split("|")[-1])
    number = kind in _NUMBERS and isinstance(value, str) and _DIGITS.fullmatch(value)
    return Num(value) if number else value


def _values(data: Mapping[str, Any], shape: str) -> Iterator[Value]:
    """Give every leaf. Without recursion: a line from elsewhere may be of any depth."""
    ahead: deque[tuple[str, Any, Any, bool]] = deque([("", data, shape, False)])
    while ahead:
        name, value, kind, in_clause = ahead.popleft()
        kind = kind[0] if isinstance(kind, list) else kind
        if isinstance(value, list):
            ahead.extend((name, part, kind, in_clause) for part in value)
        elif isinstance(value, dict):
            inner = kind.rpartition("|")[2]
            yield from _head(name, value, inner, in_clause)
            known, prefix = _known(inner, top=not name), name and name + "."
            inside = in_clause or inner.endswith("Clause")
            ahead.extend((prefix + k, v, known.get(k, "extra"), inside) for k, v in value.items())
        elif text := _text(value):
            leaf, _, mapping = kind.partition("|")
            # A bare code is the head of the mapping that might stand in its place.
            heads = (f"{name}.{HEADS[mapping]}",) if mapping else ()
            yield from _leaves((name, *heads), text, leaf, in_clause)
    if "confidence" not in data:
        yield Value("confidence", USUAL_CONFIDENCE, "", None, None)


def _head(name: str, value: Mapping[str, Any], shape: str, in_clause: bool) -> Iterator[Value]:
    """Give the chief field of a mapping under the mapping's own name."""
    head = HEADS.get(shape, "")
    if head and (text := _text(value.get(head))):
        yield from _leaves((name,), text, SHAPES[shape][head], in_clause)


def _leaves(names: tuple[str, ...], text: str, kind: str, in_clause: bool) -> Iterator[Value]:
    """Give a leaf under each name; what a clause reaches, the measure reaches too.

    So product:hs:2846 finds it in either place. The id and the title of a clause are its own.
    """
    low, high = _window(kind, text)
    folded = fold(text) if kind in _READ else ""
    for name in names:
        yield Value(name, text, folded, low, high)
        above = name.removeprefix("clauses.")
        if in_clause and above not in ("id", "title"):
            yield Value(above, text, folded, low, high)


def _text(value: Any) -> str:
    """Give a leaf as text, empty for what says nothing; other tools write true and null."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else ""


def _window(kind: str, text: str) -> tuple[float | None, float | None]:
    try:
        if kind in _DATES:
            return dates.span(text)
        if kind in _NUMBERS:
            return float(text), float(text)
    except ValueError:  # a line from elsewhere may hold anything; it has no window then
        pass
    return None, None
