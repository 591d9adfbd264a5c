"""Windows of days as a query writes them: dates, ranges, quarters, weeks, words about today."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rexctl.errors import bad_value
from rexctl.values import dates
from rexctl.values.lazy_pattern import Late
from rexctl.values.suggest import nearest

Window = tuple[int, int]

UNITS = ("week", "month", "quarter", "year")
WORDS = ("today", "yesterday", "tomorrow",
         *(f"{which}-{unit}" for which in ("this", "last", "next") for unit in UNITS))  # fmt: skip
_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
_STEPS = {"this": 0, "last": -1, "next": 1}
_AGO = Late(r"(\+?)(\d{1,5})([dwmy])", re.ASCII)
_QUARTER = Late(r"([1-9]\d{3})-Q([1-4])", re.ASCII | re.IGNORECASE)
_WEEK = Late(r"([1-9]\d{3})-W(\d\d)", re.ASCII | re.IGNORECASE)
_SHAPES = "2025, 2025-10, 2025-10-09, 2025-Q4, 2025-W42, today, 90d, +30d, last-month"
_FAR = "lies beyond the years 1000 to 9999"


def window(value: str, today: date) -> Window:
    """Give the first and the last day that `value` means, as ordinals, both inside.

    A range `A..B` runs from the first day of A to the last of B; without an end it is open:
    LOWEST or HIGHEST of `plain/dates`. `90d` alone is the last 90 days through today, and `+30d`
    today through 30 days on; as an end of a range each is that one day. A date in the notation
    of the files (`2025-10~`, `2025-10-20/2025-10-26`) is its own window.
    Raises UsageError.
    """
    text = value.strip()
    if not text or text == "..":
        raise bad_value(value.strip() or "''", "names no day", f"such as {_SHAPES}")
    begin, dots, end = text.partition("..")
    if "/" in text or not dots:
        return _alone(text, today)
    low = point(begin, today)[0] if begin else dates.LOWEST
    high = point(end, today)[1] if end else dates.HIGHEST
    if low > high:
        raise bad_value(text, "runs backwards", f"write {end}..{begin}")
    return low, high


def _alone(text: str, today: date) -> Window:
    """Read a value that is no range: here a length of time reaches from that day to this."""
    low, high = point(text, today)
    if match := _AGO.fullmatch(text):
        return (today.toordinal(), high) if match[1] else (low, today.toordinal())
    return low, high


def point(text: str, today: date) -> Window:
    """Give the days that one date or one relative word names; `90d` is that one day.

    Raises UsageError.
    """
    text = text.strip()
    word = text.lower()
    try:
        if word in _DAYS:
            return _one(today + timedelta(days=_DAYS[word]))
        if word in WORDS:
            which, _, unit = word.partition("-")
            return _span_of(unit, today, _STEPS[which])
        if match := _AGO.fullmatch(word):
            return _one(_moved(today, int(match[2]) * (1 if match[1] else -1), match[3]))
        if match := _QUARTER.fullmatch(text):
            return _months(int(match[1]), int(match[2]) * 3 - 2, 3)
        if match := _WEEK.fullmatch(text):
            return _week(text, int(match[1]), int(match[2]))
    except (OverflowError, ValueError):
        raise bad_value(text, _FAR) from None
    return _written(text)


def _written(text: str) -> Window:
    """Read a date in the notation of the files. Raises UsageError with the nearest word."""
    try:
        return dates.span(text)
    except dates.BadDateError as fault:
        near = nearest(text, WORDS)
        if near:
            raise bad_value(text, "is no date", f"did you mean {near}?") from None
        plain = "such as" not in fault.why
        why = fault.why if plain else "is no date"
        raise bad_value(text, why, fault.hint or f"write {_SHAPES}") from None


def _one(day: date) -> Window:
    return day.toordinal(), day.toordinal()


def _moved(day: date, count: int, unit: str) -> date:
    """Give the day so many units on; months and years by the calendar, kept inside the month."""
    if unit in "dw":
        return day + timedelta(days=count * (7 if unit == "w" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, dates.days_of(year, month + 1)))


def _span_of(unit: str, today: date, step: int) -> Window:
    """Give the week, month, quarter or year that holds today, or its neighbour."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return monday.toordinal(), (monday + timedelta(days=6)).toordinal()
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = (today.month - 1) // length * length + step * length
    year, month = divmod(today.year * 12 + first, 12)
    return _months(year, month + 1, length)


def _months(year: int, month: int, count: int) -> Window:
    """Give so many whole months of one year."""
    last = month + count - 1
    end = date(year, last, dates.days_of(year, last))
    return date(year, month, 1).toordinal(), end.toordinal()


def _week(text: str, year: int, week: int) -> Window:
    """Give an ISO week, Monday to Sunday: week 1 is the one that holds 4 January."""
    weeks = date(year, 12, 28).isocalendar().week
    if not 1 <= week <= weeks:
        raise bad_value(text, f"{year} has {weeks} weeks", f"write {year}-W01 to W{weeks}")
    monday = date.fromisocalendar(year, week, 1)
    return monday.toordinal(), monday.toordinal() + 6


def parse_today(given: str | None) -> date | None:
    """Return the day of `--today` or REXCTL_TODAY; None where neither is set. Raises UsageError."""
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise bad_value(given, "is not a day", "--today takes one, such as 2025-10-18") from None
