"""Time zones of the IANA database."""

from __future__ import annotations

from importlib import import_module

from rexctl.values.codes import UnknownCodeError
from rexctl.values.suggest import nearest


def timezone(text: str) -> str:
    """Return the name of a time zone unchanged. Raises UnknownCodeError."""
    zoneinfo = import_module("zoneinfo")
    try:
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownCodeError(
            text, "no such time zone",
            lambda: nearest(text, sorted(zoneinfo.available_timezones())) or "",
        ) from None  # fmt: skip
    return text
