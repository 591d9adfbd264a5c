"""Event ids: their form, checked before a path is built from one."""

from __future__ import annotations

import re

from rexctl.values.lazy_pattern import Late

LONGEST = 80
_SHAPE = Late(r"[a-z0-9][a-z0-9-]{2,79}", re.ASCII)
_YEAR = Late(r"[0-9]{4}-", re.ASCII)
# Names that Windows gives to devices: a checkout there cannot hold such a file.
_DEVICES = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)
}


def why_not(text: str) -> str:
    """Return why `text` cannot be an id, or an empty text where it can be one."""
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
