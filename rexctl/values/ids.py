"""Event ids: which texts can be one. Checked before a path is built from an id."""

from __future__ import annotations

import re

MAX_LENGTH = 80
_SHAPE = re.compile(r"[a-z0-9][a-z0-9-]{2,79}", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}-", re.ASCII)
# Names of devices on Windows, where no file can have one.
_DEVICES = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)
}


def is_id(text: str) -> bool:
    """Return whether `text` can be an id."""
    return not explain_bad_id(text)


def explain_bad_id(text: str) -> str:
    """Return why `text` cannot be an id, or an empty text where it can.

    >>> explain_bad_id("2025-10-09-cn-mofcom-61")
    ''
    >>> explain_bad_id("2025-X")
    'an id has only a-z, 0-9 and hyphens, and begins with a letter or a digit'
    """
    if text in _DEVICES:
        return "is the name of a device on Windows"
    if len(text) > MAX_LENGTH:
        return f"is longer than {MAX_LENGTH} characters"
    if len(text) < 3:
        return "is shorter than 3 characters"
    if not _SHAPE.fullmatch(text):
        return "an id has only a-z, 0-9 and hyphens, and begins with a letter or a digit"
    # The year names a folder: `com1-x` would make one that Windows takes for a device.
    if not _YEAR.match(text):
        return "an id begins with the date of its event, the year first: 2025-10-09-..."
    return ""
