"""Event ids: what one may look like, judged before any path is built from it."""

from __future__ import annotations

import re

from rexctl.plain.late import Late

LONGEST = 80
_SHAPE = Late(r"[a-z0-9][a-z0-9-]{2,79}", re.ASCII)
_YEAR = Late(r"[0-9]{4}-", re.ASCII)
_MONTH = Late(r"[0-9]{4}-[0-9]{2}(?![^-])", re.ASCII)
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
    """Tell an id that names no month: only it may stand for an event beyond its own year."""
    return not _MONTH.match(name)
