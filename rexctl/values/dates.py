"""Dates as imprecise as their source, a subset of EDTF; and days as people type them in queries.

Days are proleptic ordinals, as `datetime.date.toordinal` counts them; `~` and `?` do not widen
bounds. The notation is that of the Library of Congress's EDTF, levels 0 and 1 in part.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from rexctl.values.suggest import nearest

LOWEST = 0  # before every day that can be written: the bound of an open start
HIGHEST = date.max.toordinal() + 1

_DATE = re.compile(r"([1-9]\d{3})(?:-(\d\d)(?:-(\d\d))?)?[~?]?", re.ASCII)
MONTHS = ("January", "February", "March", "April", "May", "June", "July",
           "August", "September", "October", "November", "December")  # fmt: skip
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Words and lengths of time in a query, relative to today.
UNITS = ("week", "month", "quarter", "year")
WORDS = ("today", "yesterday", "tomorrow",
         *(f"{which}-{unit}" for which in ("this", "last", "next") for unit in UNITS))  # fmt: skip
_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_STEPS = {"this": 0, "last": -1, "next": 1}
_RELATIVE = re.compile(r"([+-]?)(\d{1,5})([dwmy])", re.ASCII)
_QUARTER = re.compile(r"([1-9]\d{3})-Q([1-4])", re.ASCII | re.IGNORECASE)
_WEEK = re.compile(r"([1-9]\d{3})-W(\d\d)", re.ASCII | re.IGNORECASE)
# What a date in another notation has.
_OTHER = re.compile(r"[a-z]{3}|[qh]\d|\d[qh]|\d[./ -]\d|\d{8}|年|c\.|[~?%]$", re.IGNORECASE)
_EXAMPLES = "2025, 2025-10, 2025-10-09, 2025-Q4, 2025-W42, today, monday, 90d, +30d, last-month"
_OUT_OF_RANGE = "is outside the years 1000 to 9999"

Window = tuple[int, int]  # first and last day


class Edtf(NamedTuple):
    """A parsed date: its canonical text, its first and its last day; LOWEST or HIGHEST where open."""

    text: str
    earliest: int
    latest: int


class BadDateError(ValueError):
    """A text that is not a date: the text, the reason, and what to write where that is clear.

    `is_shape` says that the text does not look like a date in any notation.
    """

    def __init__(self, text: str, reason: str, hint: str = "", *, is_shape: bool = False) -> None:
        super().__init__(f"{text}: {reason}" + (f"; {hint}" if hint else ""))
        self.text, self.reason, self.hint, self.is_shape = text, reason, hint, is_shape


def parse(text: str) -> Edtf:
    """Return the date of a text in EDTF, the date format of the Library of Congress, in part.

    The grammar: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, each with `~` (approximate) or `?` (uncertain),
    or an interval `A/B` of these, `A/..` or `../B`.

    >>> parse("2025-10~ / ..").text
    '2025-10~/..'
    >>> parse("../2025-10-09").earliest == LOWEST
    True

    :raises BadDateError: with what to write instead, where that is clear.
    """
    parsed = parse_shape(text.strip())
    if parsed is None:
        from rexctl.values.typed_dates import explain_bad_date

        raise explain_bad_date(text.strip())
    return parsed


def span(text: str) -> Window:
    """Return the first and the last day of a date; LOWEST and HIGHEST where it is open.

    Raises BadDateError.
    """
    return parse(text)[1:]


def is_day(text: str) -> bool:
    """Return whether a text is one day: `2025-10-09`."""
    try:
        return len(text) == 10 and "/" not in text and parse_shape(text) is not None
    except BadDateError:
        return False


def days_of(year: int, month: int) -> int:
    """Return the number of days of a month."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS[month - 1] + leap


def parse_shape(text: str) -> Edtf | None:
    """Return the date of a text; None where it has not the shape of one. Raises BadDateError."""
    if match := _DATE.fullmatch(text):
        return Edtf(text, *_bounds(match))
    first, slash, last = (part.strip() for part in text.partition("/"))
    begin, end = _DATE.fullmatch(first), _DATE.fullmatch(last)
    if not slash or not (begin or first == "..") or not (end or last == ".."):
        return None
    if not begin and not end:
        raise BadDateError(text, "has no start and no end", "leave the field out")
    earliest = _bounds(begin)[0] if begin else LOWEST
    latest = _bounds(end)[1] if end else HIGHEST
    if earliest > latest:
        raise BadDateError(text, "ends before it starts", f"write {last}/{first}")
    return Edtf(f"{first}/{last}", earliest, latest)


def _bounds(match: re.Match[str]) -> Window:
    """Return the first and the last day of one day, month or year."""
    years, months, days = match.groups()
    year, month, last_month = int(years), int(months or 1), int(months or 12)
    if not 1 <= month <= 12:
        raise BadDateError(match[0], f"there is no month {months}", "months run from 01 to 12")
    length = days_of(year, last_month)
    if days and not 1 <= int(days) <= length:
        name = f"{MONTHS[month - 1]} {years}"
        raise BadDateError(match[0], f"{name} has {length} days", f"days run from 01 to {length}")
    earliest = date(year, month, int(days or 1)).toordinal()
    latest = earliest if days else date(year, last_month, length).toordinal()
    return earliest, latest


# Ranges of days as a query writes them


def parse_range(value: str, today: date) -> Window:
    """Return the first and the last day of a range, as ordinals, both included.

    `A..B` runs from the first day of A to the last of B; without an end it is open: LOWEST or
    HIGHEST. `90d` alone is the last 90 days through today, and `+30d` today
    through 30 days on; as an end of a range each is that one day. A date in the notation of the
    files (`2025-10~`, `2025-10-20/2025-10-26`) is its own range.

    Raises BadDateError.
    """
    text = value.strip()
    if not text or text == "..":
        raise BadDateError(text or "''", "names no day", f"such as {_EXAMPLES}")
    begin, dots, end = text.partition("..")
    if "/" in text or not dots:
        return _without_dots(text, today)
    low = parse_point(begin, today)[0] if begin else LOWEST
    high = parse_point(end, today)[1] if end else HIGHEST
    if low > high:
        raise BadDateError(text, "runs backwards", f"write {end}..{begin}")
    return low, high


def parse_point(text: str, today: date) -> Window:
    """Return the days of one date or one relative word; `90d` and `-90d` are that one day.

    A weekday is the last one, today included. Raises BadDateError.
    """
    text = text.strip()
    word = text.lower()
    if match := _WEEK.fullmatch(text):
        return _week(text, int(match[1]), int(match[2]))
    try:
        if word in _NEAR:
            return _one_day(today + timedelta(days=_NEAR[word]))
        if word in _WEEKDAYS:
            return _one_day(today - timedelta(days=(today.weekday() - _WEEKDAYS.index(word)) % 7))
        if word in WORDS:
            which, _, unit = word.partition("-")
            return _calendar_unit(unit, today, _STEPS[which])
        if match := _RELATIVE.fullmatch(word):
            return _one_day(shift(today, int(match[2]) * (1 if match[1] == "+" else -1), match[3]))
        if match := _QUARTER.fullmatch(text):
            return _months(int(match[1]), int(match[2]) * 3 - 2, 3)
    except (OverflowError, ValueError):
        raise BadDateError(text, _OUT_OF_RANGE) from None
    return _stored_date(_in_edtf(text) or text)


def stored_date(text: str, today: date | None) -> str:
    """Return the date that a typed text means, as a file stores it; other texts unchanged.

    `2025-Q4` is the span of its months and `2025-W42` that of its days. Where `today` is given,
    `today`, `monday` (the last one), `-2d`, `+30d` and `last-month` are the day or span that they
    mean on that day; in a file they would mean another one tomorrow. `17 January 2026` is that day.
    Each may be an end of `A/B`, and have `~` or `?` after it.

    >>> stored_date("2025-Q4", None), stored_date("-2d~", date(2025, 10, 9))
    ('2025-10/2025-12', '2025-10-07~')
    >>> stored_date("monday/+1m", date(2025, 10, 9))
    '2025-10-06/2025-11-09'

    Raises BadDateError for a quarter or a week that there is not.
    """
    first, slash, last = (part.strip() for part in text.partition("/"))
    if slash and not parse_shape(text) and (complete := _in_edtf(text)):  # 31/12/2025
        return complete
    begin = _stored_end(first, today)
    end = _stored_end(last, today) if slash else ""
    if (begin, end) == (first, last):
        return _in_edtf(text) or text
    both = f"{begin.partition('/')[0]}/{end.rpartition('/')[2]}"
    return begin if not slash else both if parse_shape(both) else text


def is_relative(text: str) -> bool:
    """Return whether a text, such as `yesterday` or `today/+30d`, is a date that depends on today."""
    return any(_is_relative_end(end.strip().rstrip("~?")) for end in text.split("/"))


def _is_relative_end(text: str) -> bool:
    match, word = _RELATIVE.fullmatch(text), text.lower()
    return bool(match and match[1]) or word in WORDS or word in _WEEKDAYS


def _stored_end(text: str, today: date | None) -> str:
    """Return one date, or one end of a span, as a file stores it."""
    bare = text.rstrip("~?")
    mark = text[len(bare) :]
    relative = _is_relative_end(bare)
    if relative and today is None:
        return text
    if relative or _QUARTER.fullmatch(bare) or _WEEK.fullmatch(bare):
        low, high = parse_point(bare, today or date.min)
        return "/".join(one + mark for one in _ends_of(low, high))
    return (_in_edtf(bare) or bare) + mark


def _in_edtf(text: str) -> str:
    """Return the date of a text in another notation as a file stores it; else an empty text."""
    if _DATE.fullmatch(text) or not _OTHER.search(text):
        return ""
    from rexctl.values.typed_dates import rewrite_date

    return rewrite_date(text)


def _ends_of(low: int, high: int) -> list[str]:
    """Return a day, month, year, or the first and the last of them in a span."""
    begin, end = date.fromordinal(low), date.fromordinal(high)
    length = 10
    if begin.day == 1 and end.day == days_of(end.year, end.month):
        length = 4 if (begin.month, end.month) == (1, 12) else 7
    return list(dict.fromkeys((begin.isoformat()[:length], end.isoformat()[:length])))


def _without_dots(text: str, today: date) -> Window:
    """Return the days of a value without `..`: a length of time reaches from that day to today."""
    low, high = parse_point(text, today)
    if match := _RELATIVE.fullmatch(text):
        return (today.toordinal(), high) if match[1] == "+" else (low, today.toordinal())
    return low, high


def _stored_date(text: str) -> Window:
    """Return the days of a date in the notation of the files. Raises BadDateError."""
    try:
        return span(text)
    except BadDateError as error:
        if near := nearest(text, (*WORDS, *_WEEKDAYS)):
            raise BadDateError(text, "not a date", f"did you mean {near}?") from None
        hint = "" if error.is_shape else error.hint
        raise BadDateError(text, error.reason, hint or f"write {_EXAMPLES}") from None


def _one_day(day: date) -> Window:
    return day.toordinal(), day.toordinal()


def shift(day: date, count: int, unit: str) -> date:
    """Return the day `count` units later; of months and years, the last day if it is shorter."""
    if unit in "dw":
        return day + timedelta(days=count * (7 if unit == "w" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    return date(year, month + 1, min(day.day, days_of(year, month + 1)))


def _calendar_unit(unit: str, today: date, step: int) -> Window:
    """Return the week, month, quarter or year of today, or the one `step` units later."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return monday.toordinal(), (monday + timedelta(days=6)).toordinal()
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = (today.month - 1) // length * length + step * length
    year, month = divmod(today.year * 12 + first, 12)
    return _months(year, month + 1, length)


def _months(year: int, month: int, count: int) -> Window:
    """Return `count` whole months of one year."""
    last = month + count - 1
    end = date(year, last, days_of(year, last))
    return date(year, month, 1).toordinal(), end.toordinal()


def _week(text: str, year: int, week: int) -> Window:
    """Return an ISO week, Monday to Sunday: week 1 is the one that holds 4 January."""
    weeks = date(year, 12, 28).isocalendar().week
    if not 1 <= week <= weeks:
        raise BadDateError(text, f"{year} has {weeks} weeks", f"write {year}-W01 to W{weeks}")
    monday = date.fromisocalendar(year, week, 1)
    return monday.toordinal(), monday.toordinal() + 6
