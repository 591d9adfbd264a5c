"""Dates as imprecise as their source: a subset of EDTF, each with its first and last day.

Days are proleptic ordinals, as `datetime.date.toordinal` counts them; `~` and `?` do not widen
bounds. The notation is that of the Library of Congress's EDTF, levels 0 and 1 in part.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rexctl.values.lazy_pattern import Late

_LONGEST = 60  # no date is longer; a message need not repeat a page
LOWEST = 0  # before every day that can be written: the bound of an open beginning
HIGHEST = date.max.toordinal() + 1

_DATE = Late(r"([1-9]\d{3})(?:-(\d\d)(?:-(\d\d))?)?([~?])?", re.ASCII)
MONTHS = ("January", "February", "March", "April", "May", "June", "July",
           "August", "September", "October", "November", "December")  # fmt: skip
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Edtf(NamedTuple):
    """A date understood: its canonical text and its first and last day, None where open.

    `precision` is `year`, `month`, `day`, or `interval` for `A/B`.
    """

    text: str
    earliest: int | None
    latest: int | None
    approximate: bool
    uncertain: bool
    precision: str


class BadDateError(ValueError):
    """A text that is no date: what was given, why not, and what to write where that is clear."""

    def __init__(self, given: str, why: str, hint: str = "") -> None:
        super().__init__(f"{given}: {why}" + (f"; {hint}" if hint else ""))
        self.given, self.why, self.hint = given, why, hint


def parse(text: str) -> Edtf:
    """Read `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, each with `~` or `?`, or `A/B`, `A/..`, `../B`.

    Raises BadDateError, a ValueError whose text is a sentence with a mend.
    """
    given = text.strip()
    match = _DATE.fullmatch(given)
    if match:
        return _single(given, match)
    first, slash, last = given.partition("/")
    if not slash:
        raise _not_a_date(given)
    return _interval(given, first.strip(), last.strip())


def span(text: str) -> tuple[int, int]:
    """Give the first and the last day of a date; LOWEST and HIGHEST where it is open.

    Raises BadDateError.
    """
    return _kept_span(text) if len(text) <= _LONGEST else _span(text)


def _span(text: str) -> tuple[int, int]:
    found = parse(text)
    return (
        LOWEST if found.earliest is None else found.earliest,
        HIGHEST if found.latest is None else found.latest,
    )


_kept_span = lru_cache(maxsize=4096)(_span)  # a log has few days beside its events


def days_of(year: int, month: int) -> int:
    """Give the number of days of a month."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS[month - 1] + leap


def _single(given: str, match: re.Match[str]) -> Edtf:
    years, months, days, mark = match.groups()
    year = int(years)
    month, last_month = (int(months), int(months)) if months else (1, 12)
    if not 1 <= month <= 12:
        raise BadDateError(given, f"there is no month {months}", "months run from 01 to 12")
    length = days_of(year, last_month)
    day, last_day = (int(days), int(days)) if days else (1, length)
    if not 1 <= day <= length:
        name = f"{MONTHS[month - 1]} {years}"
        raise BadDateError(given, f"{name} has {length} days", f"days run from 01 to {length}")
    earliest = date(year, month, day).toordinal()
    latest = earliest if days else date(year, last_month, last_day).toordinal()
    precision = "day" if days else "month" if months else "year"
    return Edtf(given, earliest, latest, mark == "~", mark == "?", precision)


def _interval(given: str, first: str, last: str) -> Edtf:
    begin, end = _end(given, first), _end(given, last)
    both = [found for found in (begin, end) if found]
    if not both:
        raise BadDateError(given, "says nothing", "leave it out: unknown is absent")
    if len(both) == 2 and _backwards(both[0], both[1]):
        raise BadDateError(given, "ends before it begins", f"write {last}/{first}")
    return Edtf(
        f"{first}/{last}",
        begin and begin.earliest,
        end and end.latest,
        any(found.approximate for found in both),
        any(found.uncertain for found in both),
        "interval",
    )


def _end(given: str, text: str) -> Edtf | None:
    """Read one end of an interval; None where it is open."""
    if text == "..":
        return None
    match = _DATE.fullmatch(text)
    if not match:
        raise _not_a_date(given)
    return _single(text, match)


def _backwards(begin: Edtf, end: Edtf) -> bool:
    return (begin.earliest or LOWEST) > (end.latest or HIGHEST)


_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_YEAR, _MONTH = r"(?P<y>[1-9]\d{3})", r"(?P<m>\d{1,2})"
# What people write instead: where day and month cannot be told apart, nothing is proposed.
_INSTEAD = (
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
_EITHER = r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}"
_CLOCK = r"(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d.*"
_ABOUT = r"(?i:~|c\.?|ca\.?|circa|about|around|approx\.?) *(.+)"
_FAR = r"0\d{3}(-.*)?|\d{1,3}|\d{5,7}(-.*)?"


def _whole(pattern: str, text: str) -> re.Match[str] | None:
    """Match a text whole; compiled when a fault is told, for most runs have none to tell."""
    return re.fullmatch(pattern, text, re.ASCII)


def _not_a_date(given: str) -> BadDateError:
    """Make the error of a text that has not the shape of a date."""
    if not given:
        return BadDateError("''", "is empty", "leave it out: unknown is absent")
    if len(given) > _LONGEST:
        return BadDateError(given[:_LONGEST] + "...", "is no date")
    if _whole(_EITHER, given) and not _written(given):
        return BadDateError(
            given, "day and month cannot be told apart", "write year, month, day: 2025-12-31"
        )
    if match := _whole(_CLOCK, given):
        return BadDateError(
            given, "a date holds no hour", f"write {match[1]}, and the hour as time"
        )
    if _whole(_FAR, given):
        return BadDateError(given, "a year is written 1000 to 9999")
    mend = _mended(given)
    why = "is no date" if mend else "is no date such as 2025, 2025-10, 2025-10-09~ or A/B"
    return BadDateError(given, why, f"write {mend}" if mend else "")


def _mended(given: str) -> str:
    """Give what to write instead, or an empty text where that is not clear."""
    begin, dots, end = given.partition("..")
    if "/" in given and _written(given):
        return _written(given)
    if dots or "/" in given:
        begin, end = (begin, end) if dots else tuple(given.split("/", 1))
        ends = [_written(text.strip()) if text.strip() else ".." for text in (begin, end)]
        return _proved("/".join(ends)) if all(ends) else ""
    if match := _whole(_ABOUT, given):
        inner = _written(match[1])
        return _proved(inner + "~") if inner else ""
    if given[-2:] in ("~?", "?~") or given[-1] == "%":
        inner = _written(given.rstrip("~?%"))
        return _proved(inner + "~") if inner else ""
    return _written(given)


def _written(given: str) -> str:
    """Give one day, month or year in our spelling, or an empty text."""
    for pattern in _INSTEAD:
        if match := _whole(pattern, given):
            parts = match.groupdict()
            month = parts.get("m") or _month_of(parts["name"])
            day = parts.get("d")
            return _proved(f"{parts['y']}-{month:0>2}" + (f"-{day:0>2}" if day else ""))
    return _proved(given)


def _month_of(name: str) -> str:
    """Give the number of a month's name or its first letters; 0 where it is none."""
    names = [month for month in MONTHS if month.startswith(name.capitalize())]
    sept = "9" if name.casefold() == "sept" else "0"
    return str(MONTHS.index(names[0]) + 1) if len(names) == 1 else sept


def _proved(text: str) -> str:
    """Give the text where it is a date after all, else an empty one."""
    match = _DATE.fullmatch(text)
    try:
        if match:
            return _single(text, match).text
        first, slash, last = text.partition("/")
        return _interval(text, first, last).text if slash and _ends(first, last) else ""
    except BadDateError:
        return ""


def _ends(*ends: str) -> bool:
    return all(end == ".." or _DATE.fullmatch(end) for end in ends)
