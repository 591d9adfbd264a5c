"""Event ids: what one may look like, judged before any path is built from it."""

from __future__ import annotations

import re

from rexctl.values import dates
from rexctl.values.lazy_pattern import Late

LONGEST = 80
_SHAPE = Late(r"[a-z0-9][a-z0-9-]{2,79}", re.ASCII)
_YEAR = Late(r"[0-9]{4}-", re.ASCII)
_MONTH = Late(r"[0-9]{4}-(?:0[1-9]|1[0-2])(?:-|$)", re.ASCII)
_CLAIMED = Late(r"^(?:-[0-9]{2}){1,2}(?=-|$)", re.ASCII)
# Names that Windows gives to devices: a checkout there cannot hold such a file.
_DEVICES = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)
}


def why_not(text: str) -> str:
    """Say why `text` cannot be an id, or give an empty text where it can."""
    if text in _DEVICES:
        return "is the name of a device on Windows"
    if len(text) > LONGEST:
        return f"is longer than {LONGEST} characters"
    if len(text) < 3:
        return "is shorter than 3 characters"
    if not _SHAPE.fullmatch(text):
        return "an id is made of a-z, 0-9 and hyphens, and begins with a letter or a digit"
    # The year names a folder: `com1-x` would make one that Windows takes for a device.
    if not _YEAR.match(text):
        return "an id begins with the date of its event, the year first: 2025-10-09-..."
    return ""


def year_alone(name: str) -> bool:
    """Tell an id (or the stem of a file's name) that claims no more of its date than the year.

    Of what claims a month the event lies in that year for certain, and of all else it may not: so
    an id that is none, or begins with no date, is one of these too.
    """
    return not _MONTH.match(name)


def astray(name: str, date: str) -> str:
    """Say why an event of this date cannot have this id, or give an empty text where it can.

    A query bounded by date looks only at files whose names can lie in it. What reaches beyond one
    year, or was found to belong to another, must not claim a month; then any year will do.
    """
    if year_alone(name) or (date[:4] == name[:4] and "/" not in date):
        return ""
    try:
        first, last = dates.span(date)
        start, end = dates.span(name[:4])
    except ValueError:
        return ""  # no date at all, which is told of the date
    return "" if start <= first and last <= end else (
        f"{name}: its date, {date}, does not lie wholly in {name[:4]}")  # fmt: skip


def with_year_alone(name: str) -> str:
    """Give an id without the month and the day, or as much of it as can be told: `2025-...`."""
    rest: str = _CLAIMED.sub("", name[4:])
    made = name[:4] + rest
    return made if not why_not(made) and year_alone(made) else f"{name[:4]}-..."
