"""From an event's plain data to its row in the index; loads no model."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.plain import dates, jsontext
from rexctl.plain.jsontext import Num
from rexctl.plain.legal import HEADS, SHAPES
from rexctl.plain.query import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VERSION = Num("1")
_NUMBERS = frozenset({"number", "integer"})
_DATES = frozenset({"date", "day"})
# A word is looked for in these kinds of leaves.
_READ = frozenset({"text", "prose", "url", "slug", "actor", "product", "law", "id", "extra"})


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
    shape = str(data.get("type", ""))
    kept = {key: value for key, value in data.items() if not key.startswith("_")}
    low, high = _window("date", str(data.get("date", "")))
    values = tuple(_values(kept, shape, "", False))
    body = "\n".join(dict.fromkeys(v.folded for v in values if v.folded))
    line = _ordered(kept, shape) | _computed(low, high)
    return IndexRow(
        str(data.get("id", "")), shape, str(data.get("status", "")),
        str(data.get("confidence", "confirmed")), str(data.get("title", "")),
        int(dates.LOWEST if low is None else low), int(dates.HIGHEST if high is None else high),
        jsontext.line(line), body, values,
    )  # fmt: skip


def _computed(low: float | None, high: float | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if low is not None and low > dates.LOWEST:
        found["_earliest"] = date.fromordinal(int(low)).isoformat()
    if high is not None and high < dates.HIGHEST:
        found["_latest"] = date.fromordinal(int(high)).isoformat()
    return found | {"_v": VERSION}


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
    return Num(value) if kind in _NUMBERS and isinstance(value, str) else value


def _values(data: Any, shape: str, prefix: str, in_clause: bool) -> Iterator[Value]:
    known = SHAPES.get(shape, {})
    for key, value in data.items():
        kind = known.get(key, "extra")
        yield from _under(
            prefix + key, value, kind[0] if isinstance(kind, list) else kind, in_clause
        )


def _under(name: str, value: Any, kind: str, in_clause: bool) -> Iterator[Value]:
    if isinstance(value, list):
        for part in value:
            yield from _under(name, part, kind, in_clause)
    elif isinstance(value, dict):
        yield from _part(name, value, kind.split("|")[-1], in_clause)
    elif isinstance(value, str):
        first = kind.split("|")[0]
        names = [name, f"{name}.code"] if "|" in kind else [name]
        # What a clause reaches, the measure reaches: product:hs:2846 finds it in either place.
        names += [n.removeprefix("clauses.") for n in names if in_clause]
        for each in names:
            yield _leaf(each, value, first)


def _part(name: str, value: Mapping[str, Any], shape: str, in_clause: bool) -> Iterator[Value]:
    head = HEADS.get(shape)
    inside = in_clause or shape.endswith("Clause")
    if head and isinstance(value.get(head), str):
        kind = SHAPES[shape][head]
        names = [name] + ([name.removeprefix("clauses.")] if in_clause else [])
        for each in names:
            yield _leaf(each, value[head], kind if isinstance(kind, str) else kind[0])
    for found in _values(value, shape, name + ".", inside):
        # The clause's own names (`id`, `title`) are not the event's.
        if inside and found.field in ("id", "title"):
            continue
        yield found


def _leaf(name: str, text: str, kind: str) -> Value:
    text = str(text)
    low, high = _window(kind, text)
    return Value(name, text, fold(text) if kind in _READ else "", low, high)


def _window(kind: str, text: str) -> tuple[float | None, float | None]:
    try:
        if kind in _DATES:
            return dates.span(text)
        if kind in _NUMBERS:
            return float(text), float(text)
    except ValueError:  # a line from elsewhere may hold anything; it has no window then
        pass
    return None, None
