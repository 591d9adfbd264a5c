"""The meaning of a query, written a second time and plainly: events walked one by one, no SQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rexctl.model.tables import FIELDS
from rexctl.values import dates
from rexctl.values.codes import is_prefix
from rexctl.values.text import comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rexctl.query import Query, Term, Value

    Event = dict[str, Any]
    Members = Sequence[tuple[str, str, str, str]]

CHIEF = {"links": "to", "sources": "url", "rates": "value", "clauses": "id", "claims": "text",
         "products": "code"}  # fmt: skip
READ = {"text", "prose", "extra"}


def answers(
    events: Iterable[Event], query: Query, members: Members, *, retracted: bool
) -> list[str]:
    """Give the ids of the events that answer, by date and id."""
    found = [e for e in events if _holds(e, query, members)
             and (retracted or e.get("confidence") != "retracted")]  # fmt: skip
    return [str(e["id"]) for e in sorted(found, key=_place)]


def in_order(events: Iterable[Event], sort: Sequence[tuple[str, bool]]) -> list[str]:
    """Give all ids sorted: the smallest value counts upward, the largest downward, none last."""
    found = sorted(events, key=_place)
    for field, down in reversed(sort):
        having = [e for e in found if values(e, field)]
        having.sort(key=lambda e, f=field, d=down: _rank(e, f, d), reverse=down)  # type: ignore[misc]
        found = having + [e for e in found if not values(e, field)]
    return [str(e["id"]) for e in found]


def _rank(event: Event, field: str, down: bool) -> Any:
    kind = FIELDS[field].kind
    found: list[Any] = values(event, field)
    if kind in ("date", "day", "number", "integer"):
        found = [_window(kind, text)[down] for text in found]
    return max(found) if down else min(found)


def _place(event: Event) -> tuple[int, str]:
    return dates.span(event["date"])[0], str(event["id"])


def _holds(event: Event, query: Query, members: Members) -> bool:
    return all(_term(event, term, members) != term.negated for term in query.terms) and all(
        any(word in re.findall(r"[^\W_]+", comparison_key(text)) for text in _read(event))
        for word in query.words
    )


def _term(event: Event, term: Term, members: Members) -> bool:
    found = values(event, term.field)
    if term.op == "has":
        inner = (name for name in FIELDS if name.startswith(term.field + "."))
        return bool(found) or any(values(event, name) for name in inner)
    if term.op == "all":
        return bool(term.values) and all(
            any(_fits(event, term, one, text, members) for text in found) for one in term.values
        )
    if term.op == "only":
        return bool(found) and all(
            any(_fits(event, term, one, text, members) for one in term.values) for text in found
        )
    if term.op == "rests-on":
        claims = term._replace(field="claims.attribution", op="any")
        return any(_term(event, one, members) for one in (term._replace(op="only"), claims))
    return any(_fits(event, term, one, text, members) for one in term.values for text in found)


def _fits(event: Event, term: Term, asked: Value, text: str, members: Members) -> bool:
    low, high = _window(term.kind, text)
    if term.op == "eq":
        return (low, high) == (asked.lo, asked.hi) if asked.lo is not None else text == asked.text
    if term.op == "certain":
        return bool(low >= asked.lo and high <= asked.hi)
    if term.op == "in":
        return _belongs(event, asked.text, text, members)
    if term.op == "re":
        return asked.text.lower() in text.lower()  # the patterns of these tests are plain words
    if term.comparison == "overlap":
        return bool(low <= asked.hi and high >= asked.lo)
    if term.comparison == "contains":
        return comparison_key(asked.text) in comparison_key(text)
    if term.comparison == "same":
        return text == asked.text
    return (
        text.startswith(asked.text) if term.kind == "id" else is_prefix(term.kind, asked.text, text)
    )


def _belongs(event: Event, bloc: str, code: str, members: Members) -> bool:
    first, last = dates.span(event["date"])
    return is_prefix("actor", bloc, code) or any(
        name == bloc and is_prefix("actor", member, code)
        and (not since or dates.span(since)[0] <= last)
        and (not until or dates.span(until)[0] > first)
        for name, member, since, until in members
    )  # fmt: skip


def _window(kind: str, text: str) -> tuple[Any, Any]:
    if kind in ("date", "day"):
        return dates.span(text)
    return (float(text), float(text)) if kind in ("number", "integer") else (None, None)


def values(event: Event, field: str) -> list[str]:
    """Give the texts that stand under a name, those of clauses too."""
    if field == "confidence":
        return [event.get("confidence", "confirmed")]
    found = list(_at(event, field.split("."), ""))
    if field not in ("id", "title"):
        found += [
            t for clause in event.get("clauses", ()) for t in _at(clause, field.split("."), "")
        ]
    return found


def _at(data: Any, steps: list[str], name: str) -> Iterable[str]:
    if isinstance(data, list):
        for part in data:
            yield from _at(part, steps, name)
    elif isinstance(data, dict):
        step, *rest = steps or [CHIEF.get(name, "")]
        if step in data:
            yield from _at(data[step], rest, step)
    elif not steps or (steps == ["code"] and name == "products"):
        yield str(data)


def _read(event: Event) -> Iterable[str]:
    for field, info in FIELDS.items():
        if info.kind in READ:
            yield from values(event, field)
    for field in event:
        if field.startswith("x-"):
            yield from values(event, field)
