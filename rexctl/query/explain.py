"""A query told again in words, one line a term, as it was understood."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rexctl.values.dates import HIGHEST, LOWEST
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from rexctl.query.terms import Query, Term, Value

_EVERYTHING = "every event"
_MOST = 20  # values told; a list of ids may hold thousands
# What a term says between the field and its values, and what it says when it is negated.
_VERBS = {
    "contains": ("contains", "does not contain"),
    "prefix": ("is or begins with", "neither is nor begins with"),
    "same": ("is", "is not"),
    "overlap": ("may be", "cannot be"),
    "eq": ("is exactly", "is not exactly"),
    "certain": ("lies wholly in", "does not lie wholly in"),
    "in": ("is, on the event's date, in", "is not, on the event's date, in"),
    "re": ("matches", "does not match"),
}


def explain(query: Query) -> str:
    """Give the query in words: a line for each term, then one for each word."""
    lines = [_term(term) for term in query.terms]
    lines += [f'the text contains "{clean_line(word)}"' for word in query.words]
    return "\n".join(lines) or _EVERYTHING


def _term(term: Term) -> str:
    field = clean_line(term.field)
    if term.op == "has":
        return f"{field} is {'absent' if term.negated else 'there'}"
    if not term.values:
        return f"{field} is none of the values, for none was given"
    number = term.kind in ("number", "integer")  # a number is never imprecise
    verb = _VERBS.get(term.op) or _VERBS["same" if number else term.way]
    joint = " and " if term.op == "all" else " or "
    told = [_value(term, value) for value in term.values[:_MOST]]
    more = len(term.values) - len(told)
    told += [f"{more} more"] if more else []
    return f"{field} {verb[term.negated]} {joint.join(told)}"


def _value(term: Term, value: Value) -> str:
    text = clean_line(value.text)
    if value.lo is None or value.hi is None:
        return f'"{text}"' if term.way == "contains" else text
    if term.kind not in ("date", "day"):
        return text
    told = _days(int(value.lo), int(value.hi))
    return text if told == text else f"{text} ({told})"


def _days(low: int, high: int) -> str:
    first = date.fromordinal(low).isoformat() if low > LOWEST else ""
    last = date.fromordinal(high).isoformat() if high < HIGHEST else ""
    if not first or not last:
        return f"{first}..{last}"
    return first if first == last else f"{first} to {last}"
