"""Dates in a sentence: `10 November 2026`, and what two dates share written once."""

from __future__ import annotations

from rexctl.values import dates

_QUALIFIERS = {"~": "about {}", "?": "{} (uncertain)"}


def format_date(text: str) -> str:
    """Return a date in words; a text that is no date is returned as it is.

    >>> format_date("2025-10-20/2025-10-26")
    '20 – 26 October 2025'
    """
    try:
        dates.parse(text)
    except dates.BadDateError:
        return text
    first, slash, last = text.partition("/")
    if not slash:
        return _format_bound(text)
    if first == "..":
        return f"up to {_format_bound(last)}"
    if last == "..":
        return f"{_format_bound(first)} onwards"
    begin, end = _format_two(first, last)
    return f"{begin}{'–' if begin.isdigit() else ' – '}{end}"


def describe_date_change(old: str, new: str) -> str:
    """Return how a date changed: `moved from 10 to 27 November 2026`."""
    if "/" in old + new or len(old) != len(new):
        before, after = format_date(old), format_date(new)
    else:
        before, after = _format_two(old, new)
    return f"{_choose_verb(old, new)} from {before} to {after}"


def _choose_verb(old: str, new: str) -> str:
    try:
        before, after = dates.span(old), dates.span(new)
    except dates.BadDateError:
        return "changed"
    if before == after:
        return "changed"
    if before[0] <= after[0] and after[1] <= before[1]:
        return "narrowed"
    if after[0] <= before[0] and before[1] <= after[1]:
        return "widened"
    return "moved"


def _format_two(first: str, last: str) -> tuple[str, str]:
    """Return two dates in words; a month and year that they share are left to the second."""
    similar = len(first) == len(last) and "~" not in first + last and "?" not in first + last
    begin, end = _format_bound(first), _format_bound(last)
    if not similar or len(first) < 7 or first[:4] != last[:4]:
        return begin, end
    # Two days of one month share month and year, else only the year is shared.
    shared = 2 if len(first) == 10 and first[:7] == last[:7] else 1
    return begin.rsplit(" ", shared)[0], end


def _format_bound(text: str) -> str:
    bare = text.rstrip("~?")
    year, *rest = bare.split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    words += [dates.MONTHS[int(rest[0]) - 1]] if rest else []
    date = " ".join([*words, year])
    return _QUALIFIERS[text[-1]].format(date) if text != bare else date
