"""A query in words, as it was parsed: one line for each term."""

from __future__ import annotations

from datetime import date

from rexctl.query.sql import STATE
from rexctl.query.terms import Query, Term, Value
from rexctl.values.dates import HIGHEST, LOWEST
from rexctl.values.safe_text import clean_line

_EVERYTHING = "every event"
_MAX_VALUES = 20  # a list of ids may hold thousands
# The words between the field and its values, without and with `not:`.
_VERBS = {
    "contains": ("contains", "does not contain"),
    "prefix": ("is or begins with", "neither is nor begins with"),
    "same": ("is", "is not"),
    "overlap": ("may be", "cannot be"),
    "eq": ("is exactly", "is not exactly"),
    "only": ("is nothing but", "is not only"),
    "rests-on": ("is", "is not"),
    "certain": ("is entirely in", "is not entirely in"),
    "in": ("is, on the event's date, in", "is not, on the event's date, in"),
    "re": ("matches", "does not match"),
}


def explain(query: Query, today: date) -> str:
    """Return the query in words: a line for each term, then one for each word.

    `today` is the day on which measures have the states that it names.
    """
    lines = [_term(term, today) for term in query.terms]
    lines += [f'the text contains "{clean_line(word)}"' for word in query.words]
    return "\n".join(lines) or _EVERYTHING


def _term(term: Term, today: date) -> str:
    field = clean_line(term.field)
    if field == STATE:
        field = f"{STATE} on {today}"
    if term.op == "rests-on":
        field = "attribution of all sources, or of a claim,"
    if term.op == "has":
        return f"{field} is {'absent' if term.negated else 'present'}"
    if not term.values:
        return f"{field} has no values to match"
    number = term.kind in ("number", "integer")  # a number is never imprecise
    verb = _VERBS.get(term.op) or _VERBS["same" if number else term.comparison]
    joiner = " and " if term.op == "all" else " or "
    texts = [_value(term, value) for value in term.values[:_MAX_VALUES]]
    more = len(term.values) - len(texts)
    texts += [f"{more} more"] if more else []
    return f"{field} {verb[term.negated]} {joiner.join(texts)}"


def _value(term: Term, value: Value) -> str:
    text = clean_line(value.text)
    if value.lo is None or value.hi is None:
        return f'"{text}"' if term.comparison == "contains" else text
    if term.kind not in ("date", "day"):
        return text
    days = _days(int(value.lo), int(value.hi))
    return text if days == text else f"{text} ({days})"


def _days(low: int, high: int) -> str:
    first = date.fromordinal(low).isoformat() if low > LOWEST else ""
    last = date.fromordinal(high).isoformat() if high < HIGHEST else ""
    if not first or not last:
        return f"{first}..{last}"
    return first if first == last else f"{first} to {last}"
