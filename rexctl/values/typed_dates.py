"""Dates as people type them: other notations, words, lengths of time; and why a text is none."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from rexctl.values.clock import split_hour
from rexctl.values.dates import (
    MONTHS,
    BadDateError,
    days_of,
    is_day,
    is_relative,
    parse_shape,
    shift,
    span,
    stored_date,
)
from rexctl.values.readings import pattern_of, readings, rewrite, with_digits
from rexctl.values.text import comparison_key

_GRAMMAR = "YYYY, YYYY-MM or YYYY-MM-DD"
_MAX_LENGTH = 60  # no date is longer; a message does not quote more
# Fields of what comes after the event; a time limit is the last day of what is named.
_LIMITS = ("deadline", "due", "review_by", "extension_until")
_LATER = ("from", "until", "through", *_LIMITS)


def typed_date(text: str, field: str, start: str, today: date | None) -> str:
    """Return the date that a text means in a field of an event of `start`, as a file stores it.

    `same day` is that of the event, and `immediately`, as the beginning of a measure; `in 30 days`
    is counted from it. `1 Feb` is the next one after it for what comes later, such as a deadline,
    and the nearest for anything else; that of the event itself, whose `start` is empty, is the last
    one before today. The deadline `end of November` is 30 November; elsewhere it is late November.

    :raises BadDateError: for any other text, and where two years are likely.
    """
    text = rewrite("deadline" if field in _LIMITS else field, text)
    if field in (*_LIMITS, "through") and (match := pattern_of("end_of_period").fullmatch(text)):
        return date.fromordinal(span(typed_date(match[1], field, start, today))[1]).isoformat()
    with suppress(BadDateError):  # there may be no such week: `validate` says so
        better = stored_date(text, today)
        if parse_shape(better):
            return better
    if start and (
        pattern_of("same_day").fullmatch(text)
        or (field == "from" and pattern_of("at_once").fullmatch(text))
    ):
        return start
    if end := after(text, start):
        if field in _LIMITS or (field == "from" and pattern_of("from_then").fullmatch(text)):
            return end
        if field == "from":
            hint = f"write {start} for {text.removeprefix('for ')}, if it is that day"
            raise BadDateError(text, "from which day?", hint)
    if today and (match := pattern_of("ago").fullmatch(with_digits(text))):
        return stored_date(f"-{match[1] if match[1].isdigit() else 1}{match[2].lower()}", today)
    near = span(start)[0] if start else today.toordinal() if today else 0
    if near and re.search(r"[A-Za-z]", text) and not re.search(r"\d{4}", text):
        year = date.fromordinal(near).year
        days = []
        for one in (year - 1, year, year + 1):
            with suppress(BadDateError):  # of another weekday
                days.append(rewrite_date(f"{text} {one}"))
        days = list(filter(None, days))
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
    if not is_day(start) or not (match := pattern_of("length").fullmatch(with_digits(text))):
        return ""
    count = int(match[1]) if match[1].isdigit() else 1
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
    for form, reason, hint in readings()["no_dates"]:
        if re.fullmatch(form, text, re.ASCII):
            return BadDateError(text, reason, hint)
    try:
        if candidate := _in_other_notation(text):
            parse_shape(candidate)
        better = _if_valid(stored_date(text, None))
    except BadDateError as error:  # there is no such day, or week
        return BadDateError(text, error.reason, error.hint)
    if not better:
        return _explain_unclear(text, forms)
    return BadDateError(text, "not a date", f"write {better}")


def _explain_unclear(text: str, forms: str) -> BadDateError:
    """Return the error for a text that may be two dates, or says what no date says."""
    if match := pattern_of("two_readings").fullmatch(text):
        both = (
            f"{match[3]}-{m:0>2}-{d:0>2}" for m, d in ((match[2], match[1]), (match[1], match[2]))
        )
        hint = " or ".join(filter(_if_valid, both))
        return BadDateError(text, "the day may be the month", f"write {hint or 'year, month, day'}")
    if is_relative(text):
        hint = "a file holds the day itself, such as 2025-10-09"
        return BadDateError(text, "means another day tomorrow", hint)
    day, hour, _ = split_hour(text)
    if hour and (day := _if_valid(day) or rewrite_date(day)):
        hint = f"write {day}, and the hour in the field time"
        return BadDateError(text, "a date has no time of day", hint)
    hint = f'write {forms} (~ for "about", A/B for a span)'
    return BadDateError(text, "not a date", hint, is_shape=True)


def rewrite_date(text: str) -> str:
    """Return one day, month, year or span of another notation in EDTF, or an empty text.

    A third of a month or a year is a span with an approximate end.

    >>> rewrite_date("17 January 2026"), rewrite_date("31.12.2025"), rewrite_date("3/4/2025")
    ('2026-01-17', '2025-12-31', '')
    >>> rewrite_date("mid-November 2025"), rewrite_date("Oct 13-15, 2025"), rewrite_date("early 2026")
    ('2025-11-11~/2025-11-20~', '2025-10-13/2025-10-15', '2026-01/2026-04~')

    :raises BadDateError: for a day that is not on the weekday before it.
    """
    if match := pattern_of("weekday").fullmatch(text):
        day = rewrite_date(match[2])
        if day and is_day(day):
            weekday = date.fromisoformat(day).strftime("%A")
            if weekday[:3].lower() != match[1].lower():
                raise BadDateError(
                    text, f"{day} is a {weekday}", f"write {day} if that day is meant"
                )
        return day
    if match := pattern_of("approximate").fullmatch(text):
        return _if_valid(rewrite_date(match[1]) + "~")
    text = rewrite("date", text)
    if match := pattern_of("part_of").fullmatch(text):
        return _third(rewrite_date(match[2]), int(readings()["thirds"][match[1].lower()]))
    ends = [_in_other_notation(one) or one.strip() or ".." for one in text.split("/")]
    return _if_valid(_in_other_notation(text) or "/".join(ends))


def _third(period: str, number: int) -> str:
    """Return the first, second or last third of a month or a year as a span; else an empty text."""
    if re.fullmatch(r"\d{4}", period):
        ends = (f"{period}-{4 * number + 1:02}", f"{period}-{4 * number + 4:02}")
    elif re.fullmatch(r"\d{4}-\d\d", period):
        last = (10, 20, days_of(int(period[:4]), int(period[5:])))[number]
        ends = (f"{period}-{10 * number + 1:02}", f"{period}-{last:02}")
    else:
        return ""
    return f"{ends[0]}{'~' * (number > 0)}/{ends[1]}{'~' * (number < 2)}"


def _in_other_notation(text: str) -> str:
    """Return the day, month or year of another notation, which there may not be, or an empty text."""
    key = comparison_key(text) if not text.isascii() else text
    for form in readings()["notations"]:
        if match := re.fullmatch(form, key, re.ASCII):
            parts = match.groupdict()
            month = parts.get("m") or _month_number(parts["name"])
            day = parts.get("d")
            return f"{parts['y']}-{month:0>2}" + (f"-{day:0>2}" if day else "") if month else ""
    return ""


def _month_number(name: str) -> str:
    """Return the number of a month's name or its first letters; of other words nothing."""
    names = [month for month in MONTHS if month.startswith(name.capitalize())]
    if len(names) == 1:
        return str(MONTHS.index(names[0]) + 1)
    return str(readings()["months"].get(name.lower(), ""))


def _if_valid(text: str) -> str:
    """Return the text if it is a date, else an empty text."""
    try:
        parsed = parse_shape(text)
    except BadDateError:
        return ""
    return parsed.text if parsed else ""
