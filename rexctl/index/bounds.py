"""The years in which the events of a query must lie: only files of these can bear on its answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rexctl.values import dates

if TYPE_CHECKING:
    from rexctl.index.freshness.compare import Years
    from rexctl.query import Query, Term

_BOUNDING = frozenset({"any", "all", "eq", "certain"})
_FIRST, _LAST = 0, 9999


def years_of(query: Query) -> Years | None:
    """Give the first and the last year that an event of the query's answer may lie in.

    None where the query is not bounded by the date of events, so that every file must be known.
    """
    spans = [_span(term) for term in query.terms
             if term.field == "date" and term.op in _BOUNDING and not term.negated]  # fmt: skip
    if not spans:
        return None
    first, last = max(low for low, _ in spans), min(high for _, high in spans)
    return None if (first, last) == (_FIRST, _LAST) else (first, last)


def _span(term: Term) -> Years:
    """Any one value may be the one that finds an event, whatever the operator."""
    lows = [_year(value.lo, _FIRST) for value in term.values]
    highs = [_year(value.hi, _LAST) for value in term.values]
    return min(lows, default=_LAST), max(highs, default=_FIRST)


def _year(day: float | None, otherwise: int) -> int:
    if day is None or not dates.LOWEST < day < dates.HIGHEST:
        return otherwise
    return date.fromordinal(int(day)).year
