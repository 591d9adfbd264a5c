"""Dates as a sentence has them: `10 November 2026`, and what two of them share said once."""

from __future__ import annotations

from rexctl.values import dates

_MARKS = {"~": "about {}", "?": "{} (uncertain)"}


def said(text: str) -> str:
    """Give a date in words; what is no date stays as it is."""
    try:
        dates.parse(text)
    except dates.BadDateError:
        return text
    first, slash, last = text.partition("/")
    if not slash:
        return _one(text)
    if first == "..":
        return f"up to {_one(last)}"
    if last == "..":
        return f"{_one(first)} onwards"
    begin, end = _shared(first, last)
    return f"{begin}{'–' if begin.isdigit() else ' – '}{end}"


def moved(old: str, new: str) -> str:
    """Say how one date became another: `moved from 10 to 27 November 2026`."""
    return f"{_verb(old, new)} from {' to '.join(_both(old, new))}"


def _verb(old: str, new: str) -> str:
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


def _both(old: str, new: str) -> tuple[str, str]:
    if "/" in old + new or len(old) != len(new):
        return said(old), said(new)
    return _shared(old, new)


def _shared(first: str, last: str) -> tuple[str, str]:
    """Give two dates; a month and year that both have are left to the second."""
    alike = len(first) == len(last) and "~" not in first + last and "?" not in first + last
    begin, end = _one(first), _one(last)
    if not alike or len(first) < 7 or first[:4] != last[:4]:
        return begin, end
    # Of two days in one month, the day alone; else the year alone is shared.
    length = 2 if len(first) == 10 and first[:7] == last[:7] else 1
    return begin.rsplit(" ", length)[0], end


def _one(text: str) -> str:
    bare = text.rstrip("~?")
    year, *rest = bare.split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    words += [dates.MONTHS[int(rest[0]) - 1]] if rest else []
    whole = " ".join([*words, year])
    return _MARKS[text[-1]].format(whole) if text != bare else whole
