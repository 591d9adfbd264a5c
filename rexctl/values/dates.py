"""Dates as imprecise as their source: a subset of EDTF, each with its first and last day.

Days are proleptic ordinals, as `datetime.date.toordinal` counts them; `~` and `?` do not widen
bounds. The notation is that of the Library of Congress's EDTF, levels 0 and 1 in part.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_GRAMMAR = 'YYYY, YYYY-MM or YYYY-MM-DD (~ for "about", A/B for a span)'
_MAX_LENGTH = 60  # no date is longer; a message does not quote more
LOWEST = 0  # before every day that can be written: the bound of an open start
HIGHEST = date.max.toordinal() + 1

_DATE = re.compile(r"([1-9]\d{3})(?:-(\d\d)(?:-(\d\d))?)?([~?])?", re.ASCII)
MONTHS = ("January", "February", "March", "April", "May", "June", "July",
           "August", "September", "October", "November", "December")  # fmt: skip
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Edtf(NamedTuple):
    """A parsed date: its canonical text and its first and last day, None where open.

    `precision` is `year`, `month`, `day`, or `interval` for `A/B`.
    """

    text: str
    earliest: int | None
    latest: int | None
    approximate: bool
    uncertain: bool
    precision: str


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

    >>> parse("2025-10~").precision
    'month'
    >>> parse("../2025-10-09").earliest is None
    True

    :raises BadDateError: with what to write instead, where that is clear.
    """
    stripped = text.strip()
    parsed = _parse(stripped)
    if parsed is None:
        raise _not_a_date(stripped)
    return parsed


def span(text: str) -> tuple[int, int]:
    """Return the first and the last day of a date; LOWEST and HIGHEST where it is open.

    Raises BadDateError.
    """
    parsed = parse(text)
    return (
        LOWEST if parsed.earliest is None else parsed.earliest,
        HIGHEST if parsed.latest is None else parsed.latest,
    )


def days_of(year: int, month: int) -> int:
    """Return the number of days of a month."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS[month - 1] + leap


def _parse(text: str) -> Edtf | None:
    """Return the date of a text; None where it has not the shape of one. Raises BadDateError."""
    if match := _DATE.fullmatch(text):
        return _parse_single(text, match)
    first, slash, last = (part.strip() for part in text.partition("/"))
    matches = [_DATE.fullmatch(end) for end in (first, last)]
    if not slash or not all(
        match or end == ".." for match, end in zip(matches, (first, last), strict=True)
    ):
        return None
    begin, end = (match and _parse_single(match[0], match) for match in matches)
    both = [one for one in (begin, end) if one]
    if not both:
        raise BadDateError(text, "has no start and no end", "leave the field out")
    if begin and end and (begin.earliest or LOWEST) > (end.latest or HIGHEST):
        raise BadDateError(text, "ends before it starts", f"write {last}/{first}")
    return Edtf(
        f"{first}/{last}",
        begin and begin.earliest,
        end and end.latest,
        any(one.approximate for one in both),
        any(one.uncertain for one in both),
        "interval",
    )


def _parse_single(text: str, match: re.Match[str]) -> Edtf:
    years, months, days, mark = match.groups()
    year = int(years)
    month, last_month = (int(months), int(months)) if months else (1, 12)
    if not 1 <= month <= 12:
        raise BadDateError(text, f"there is no month {months}", "months run from 01 to 12")
    length = days_of(year, last_month)
    day, last_day = (int(days), int(days)) if days else (1, length)
    if not 1 <= day <= length:
        name = f"{MONTHS[month - 1]} {years}"
        raise BadDateError(text, f"{name} has {length} days", f"days run from 01 to {length}")
    earliest = date(year, month, day).toordinal()
    latest = earliest if days else date(year, last_month, last_day).toordinal()
    precision = "day" if days else "month" if months else "year"
    return Edtf(text, earliest, latest, mark == "~", mark == "?", precision)


_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_YEAR, _MONTH = r"(?P<y>[1-9]\d{3})", r"(?P<m>\d{1,2})"
# Other notations, for which a hint is made unless day and month may be confused.
_OTHER_NOTATIONS = (
    rf"{_YEAR}[-/. ]{_MONTH}[-/. ]{_DAY}",
    rf"{_YEAR}(?P<m>\d\d)(?P<d>\d\d)",
    rf"{_YEAR}[-/.]{_MONTH}",
    rf"{_MONTH}[-/.]{_YEAR}",
    rf"{_DAY}[ .-]+{_NAME},?[ .-]+{_YEAR}",
    rf"{_NAME}[ -]+{_DAY},?[ -]+{_YEAR}",
    rf"{_YEAR}[ -]+{_NAME}(?:[ -]+{_DAY})?",
    rf"{_NAME},?[ -]+{_YEAR}",
    rf"(?P<d>1[3-9]|2\d|3[01])[-/.]{_MONTH}[-/.]{_YEAR}",
    rf"{_MONTH}[-/.](?P<d>1[3-9]|2\d|3[01])[-/.]{_YEAR}",
)
_AMBIGUOUS = r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}"
_WITH_TIME = r"(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d.*"
_APPROXIMATE = r"(?i:~|c\.?|ca\.?|circa|about|around|approx\.?) *(.+)"
_OUT_OF_RANGE = r"0\d{3}(-.*)?|\d{1,3}|\d{5,7}(-.*)?"


def _fullmatch(pattern: str, text: str) -> re.Match[str] | None:
    """Match a whole text; compiled here, since most runs have no error to explain."""
    return re.fullmatch(pattern, text, re.ASCII)


def _not_a_date(text: str) -> BadDateError:
    """Return the error for a text without the shape of a date."""
    if not text:
        return BadDateError("''", "is empty", "leave the field out")
    if len(text) > _MAX_LENGTH:
        return BadDateError(text[:_MAX_LENGTH] + "...", "not a date")
    if _fullmatch(_AMBIGUOUS, text) and not _rewrite(text):
        return BadDateError(text, "the day may be the month", "write year, month, day: 2025-12-31")
    if match := _fullmatch(_WITH_TIME, text):
        return BadDateError(
            text, "a date has no time of day", f"write {match[1]}, and the hour in the field time"
        )
    if _fullmatch(_OUT_OF_RANGE, text):
        return BadDateError(text, "a year is from 1000 to 9999")
    from rexctl.values import date_ranges  # it imports this module

    try:
        better = _if_valid(date_ranges.stored_date(text, None)) or _suggest(text)
    except date_ranges.BadRangeError as error:
        return BadDateError(text, error.reason, error.hint)
    hint = f"write {better or _GRAMMAR}"
    if not better and date_ranges.is_relative(text):
        hint = "a file holds the day itself, such as 2025-10-09"
        return BadDateError(text, "means another day tomorrow", hint)
    return BadDateError(text, "not a date", hint, is_shape=not better)


def _suggest(text: str) -> str:
    """Return what to write instead, or an empty text where that is not clear."""
    begin, dots, end = text.partition("..")
    if "/" in text and _rewrite(text):
        return _rewrite(text)
    if dots or "/" in text:
        begin, end = (begin, end) if dots else tuple(text.split("/", 1))
        ends = [_rewrite(text.strip()) if text.strip() else ".." for text in (begin, end)]
        return _if_valid("/".join(ends)) if all(ends) else ""
    if match := _fullmatch(_APPROXIMATE, text):
        inner = _rewrite(match[1])
        return _if_valid(inner + "~") if inner else ""
    if text[-2:] in ("~?", "?~") or text[-1] == "%":
        inner = _rewrite(text.rstrip("~?%"))
        return _if_valid(inner + "~") if inner else ""
    return _rewrite(text)


def _rewrite(text: str) -> str:
    """Return one day, month or year in EDTF, or an empty text."""
    for pattern in _OTHER_NOTATIONS:
        if match := _fullmatch(pattern, text):
            parts = match.groupdict()
            month = parts.get("m") or _month_number(parts["name"])
            day = parts.get("d")
            return _if_valid(f"{parts['y']}-{month:0>2}" + (f"-{day:0>2}" if day else ""))
    return _if_valid(text)


def _month_number(name: str) -> str:
    """Return the number of a month's name or its first letters; 0 for other words."""
    names = [month for month in MONTHS if month.startswith(name.capitalize())]
    sept = "9" if name.casefold() == "sept" else "0"
    return str(MONTHS.index(names[0]) + 1) if len(names) == 1 else sept


def _if_valid(text: str) -> str:
    """Return the text if it is a date, else an empty text."""
    try:
        parsed = _parse(text)
    except BadDateError:
        return ""
    return parsed.text if parsed else ""
