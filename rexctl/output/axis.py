"""The axis of a timeline: the days, months or years at which it has ticks, and their labels."""

from __future__ import annotations

from datetime import date
from itertools import product
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from rexctl.values.dates import MONTHS, days_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rexctl.records import Span

# Steps of the axis, from narrow to wide, with the days of one and the columns of its label.
_STEPS = (
    *(("day", n, float(n), 2) for n in (1, 7)),
    *(("month", n, 30.4 * n, 3) for n in (1, 3, 6)),
    *(("year", n, 365.25 * n, 4) for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)),
)


class Tick(NamedTuple):
    """A day at which a step of the axis begins, its label, and that of the longer period it is in."""

    day: float
    label: str
    period: str = ""


def ticks_of(span: Span, room: float) -> list[Tick]:
    """Return the ticks of the narrowest step whose labels fit; the axis has `room` for characters."""
    for unit, count, days, width in _STEPS:
        if days * room / (span.last - span.first) >= width + 1.5:
            return [_tick(unit, day) for day in _steps(unit, count, span)]
    return []


def periods_of(span: Span, ticks: Sequence[Tick]) -> list[Tick]:
    """Return the months above days, or the years above months: one at the beginning of the axis too."""
    if ticks and not ticks[0].period:  # years
        return []
    unit = "month" if ticks and ticks[0].label.isalpha() else "day"
    periods = [Tick(span.first, _tick(unit, _day(span.first)).period)]
    for tick in ticks:
        if tick.period != periods[-1].label:
            periods.append(Tick(tick.day, tick.period))
    return periods


def _steps(unit: str, count: int, span: Span) -> Iterator[date]:
    """Yield the days within a span at which a step of the axis begins."""
    first = _day(span.first)
    years = range(first.year, _day(span.last).year + 1)
    months = range(1, 2) if unit == "year" else range(1, 13, count if unit == "month" else 1)
    days = range(1, 2) if unit != "day" else range(1, 32) if count == 1 else range(1, 29, 7)
    for year, month, day in product(years, months, days):
        if day <= days_of(year, month) and (unit != "year" or year % count == 0):
            step = date(year, month, day)
            if first <= step and step.toordinal() < span.last:
                yield step


def _tick(unit: str, day: date) -> Tick:
    month, year = MONTHS[day.month - 1][:3], str(day.year)
    label, period = {"day": (str(day.day), f"{month} {year}"), "month": (month, year),
                     "year": (year, "")}[unit]  # fmt: skip
    return Tick(day.toordinal(), label, period)


def _day(ordinal: float) -> date:
    return date.fromordinal(min(max(1, ceil(ordinal)), date.max.toordinal()))
