"""What is wrong with a text that is not a date, and the date to write instead where that is clear."""

from __future__ import annotations

import re
from datetime import date

from rexctl.values.dates import (
    MONTHS,
    BadDateError,
    is_day,
    is_relative,
    parse_shape,
    shift,
    span,
    stored_date,
)

_GRAMMAR = "YYYY, YYYY-MM or YYYY-MM-DD"
_MAX_LENGTH = 60  # no date is longer; a message does not quote more
_NAME = r"(?P<name>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?: of)?"
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
_NO_YEAR = r"\d{1,2}(?:st|nd|rd|th)?(?: of)?[ .-]+[A-Za-z]{3,9}\.?|[A-Za-z]{3,9}\.?(?:[ -]+\d{1,2}(?:st|nd|rd|th)?)?"
_AT_ONCE = r"(?i:(?:effective )?immediately|(?:with )?immediate(?: effect)?|at once)"
_SAME_DAY = r"(?i:(?:(?:on )?the )?same (?:day|date))"
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
           "nine": 9, "ten": 10, "twelve": 12, "eighteen": 18, "thirty": 30, "sixty": 60, "ninety": 90}  # fmt: skip
_LENGTH = (rf"(?i:for )?(?i:a period of )?(\d{{1,4}}|(?i:{'|'.join(_COUNTS)}))[ -]"
           r"(?i:(?:calendar )?(d|w|m|y)(?:ay|eek|onth|ear)s?)")  # fmt: skip
# Fields of what comes after the event.
_LATER = ("from", "until", "through", "deadline", "due", "review_by", "extension_until")
_AMBIGUOUS = r"(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}"
_WITH_TIME = r"(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d.*"
_APPROXIMATE = r"(?i:~|c\.?|ca\.?|circa|about|around|approx\.?) *(.+)"
_OUT_OF_RANGE = r"0\d{3}(-.*)?|\d{1,3}|\d{5,7}(-.*)?"


def date_near(text: str, field: str, start: str, today: date | None) -> str:
    """Return the date of a text that needs the date of its event, `start`, as a file stores it.

    `same day` is that day, and `immediately`, as the beginning of a measure. `1 Feb` is the next one after it for
    what comes later, such as a deadline, and the nearest for anything else; that of the event
    itself, whose `start` is empty, is the last one before today.

    :raises BadDateError: for any other text, and where two years are likely.
    """
    if start and (_fullmatch(_SAME_DAY, text) or (field == "from" and _fullmatch(_AT_ONCE, text))):
        return start
    near = span(start)[0] if start else today.toordinal() if today else 0
    if near and _fullmatch(_NO_YEAR, text):
        year = date.fromordinal(near).year
        days = [day for one in (year - 1, year, year + 1) if (day := rewrite_date(f"{text} {one}"))]
        low, high = (0, 183) if field in _LATER else (-92, 92) if start else (-183, 0)
        likely = [day for day in days if low <= span(day)[0] - near <= high]
        if len(likely) == 1:
            return likely[0]
        days = sorted(days, key=lambda day: abs(span(day)[0] - near))[:2]
        if days:
            raise BadDateError(text, "of which year?", f"write {' or '.join(sorted(days))}")
    more = ", today, -2d" if today else ""
    raise explain_bad_date(text, f"2025-10-09, 9 October 2025, 2025-10, 2025-Q4{more}")


def after(text: str, start: str) -> str:
    """Return the first day after a length of time that begins on `start`; of other texts nothing.

    >>> after("one year", "2025-11-10"), after("for 180 days", "2025-11-10"), after("June", "2025-11-10")
    ('2026-11-10', '2026-05-09', '')
    """
    if not (match := _fullmatch(_LENGTH, text)) or not is_day(start):
        return ""
    count = int(_COUNTS.get(match[1].lower(), match[1]))
    try:
        return shift(date.fromisoformat(start), count, match[2].lower()).isoformat()
    except (OverflowError, ValueError):
        return ""


def explain_bad_date(text: str, forms: str = _GRAMMAR) -> BadDateError:
    """Return the error for a text without the shape of a date; `forms` are those that are read."""
    if not text:
        return BadDateError("''", "is empty", "leave the field out")
    if len(text) > _MAX_LENGTH:
        return BadDateError(text[:_MAX_LENGTH] + "...", "not a date")
    if _fullmatch(_AMBIGUOUS, text) and not rewrite_date(text):
        return BadDateError(text, "the day may be the month", "write year, month, day: 2025-12-31")
    if match := _fullmatch(_WITH_TIME, text):
        return BadDateError(
            text, "a date has no time of day", f"write {match[1]}, and the hour in the field time"
        )
    if _fullmatch(_OUT_OF_RANGE, text):
        return BadDateError(text, "a year is from 1000 to 9999")
    try:
        better = _if_valid(stored_date(text, None)) or _suggest(text)
    except BadDateError as error:  # there is no such week
        return BadDateError(text, error.reason, error.hint)
    if not better and is_relative(text):
        hint = "a file holds the day itself, such as 2025-10-09"
        return BadDateError(text, "means another day tomorrow", hint)
    hint = f"write {better}" if better else f'write {forms} (~ for "about", A/B for a span)'
    return BadDateError(text, "not a date", hint, is_shape=not better)


def _suggest(text: str) -> str:
    """Return what to write instead, or an empty text where that is not clear."""
    begin, dots, end = text.partition("..")
    if "/" in text and rewrite_date(text):
        return rewrite_date(text)
    if dots or "/" in text:
        begin, end = (begin, end) if dots else tuple(text.split("/", 1))
        ends = [rewrite_date(text.strip()) if text.strip() else ".." for text in (begin, end)]
        return _if_valid("/".join(ends)) if all(ends) else ""
    if match := _fullmatch(_APPROXIMATE, text):
        inner = rewrite_date(match[1])
        return _if_valid(inner + "~") if inner else ""
    if text[-2:] in ("~?", "?~") or text[-1] == "%":
        inner = rewrite_date(text.rstrip("~?%"))
        return _if_valid(inner + "~") if inner else ""
    return rewrite_date(text)


def rewrite_date(text: str) -> str:
    """Return one day, month or year of another notation in EDTF, or an empty text.

    >>> rewrite_date("17 January 2026"), rewrite_date("Oct 2025"), rewrite_date("3/4/2025")
    ('2026-01-17', '2025-10', '')
    """
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
        parsed = parse_shape(text)
    except BadDateError:
        return ""
    return parsed.text if parsed else ""


def _fullmatch(pattern: str, text: str) -> re.Match[str] | None:
    return re.fullmatch(pattern, text, re.ASCII)
