"""The one clock: which day is today, and which day an instant is on, in the log's time zone."""

import os
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

# Seconds since 1970 that `datetime` can represent in every zone.
_FIRST, _LAST = -62_135_510_400, 253_402_214_400
_LOCALTIME = "/etc/localtime"
_OFFSET = re.compile(r"([+-])(0\d|1[0-4]):([0-5]\d)", re.ASCII)


class Clock(NamedTuple):
    """Today, and the time zone of the log's days; UTC where the log sets no `timezone`."""

    today: date
    zone: tzinfo = UTC

    def day_of(self, timestamp: int) -> date | None:
        """Return the day on which an instant (seconds since 1970) is; None for one out of range.

        >>> Clock(date(2025, 11, 2)).day_of(1761924600)  # 00:30 on 1 November in Tokyo
        datetime.date(2025, 10, 31)
        """
        if not _FIRST <= timestamp <= _LAST:  # git accepts any number of seconds
            return None
        return datetime.fromtimestamp(timestamp, self.zone).date()

    def end_of_day(self, day: date) -> int:
        """Return the last second of a day, in seconds since 1970. Raises OverflowError."""
        following = datetime.combine(day + timedelta(days=1), time.min, self.zone)
        return int(following.timestamp()) - 1


def stored_time(text: str) -> str:
    """Return a time of day as a file stores it; any other text unchanged.

    >>> stored_time("12:01 a.m."), stored_time("8.30"), stored_time("8 pm"), stored_time("noon")
    ('00:01', '08:30', '20:00', '12:00')
    """
    match = _match("time", text)
    if not match or text.isdecimal():
        return text
    if not match["h"]:
        return "12:00"
    hour, half = int(match["h"]), (match["half"] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + 12 * (half == "p")
    elif half or hour > 23:
        return text
    return f"{hour:02}:{match['m'] or '00'}"


def split_zone(text: str) -> tuple[str, str]:
    """Return the time of day and the zone of a text that has both; else two "".

    >>> split_zone("01:30-05:00"), split_zone("12:01 a.m. ET"), split_zone("20:30")
    (('01:30', '-05:00'), ('00:01', 'ET'), ('', ''))
    """
    match = _match("zoned", text)
    zone = ((match and match["zone"]) or "").strip("() ")
    return (stored_time(match["hour"]), zone) if match and zone else ("", "")


def split_hour(text: str) -> tuple[str, str, str]:
    """Return day, time and zone of a text that names a time of day; else the text and two "".

    >>> split_hour("1 January 2026, 12:01 a.m. EST")
    ('1 January 2026', '00:01', 'EST')
    >>> split_hour("12:01 a.m. eastern standard time on January 1, 2026")
    ('January 1, 2026', '00:01', 'eastern standard time')
    >>> split_hour("2026-01-01T00:01Z"), split_hour("1 January 2026")
    (('2026-01-01', '00:01', 'Z'), ('1 January 2026', '', ''))
    """
    if match := _match("day_and_hour", text) or _match("hour_and_day", text):
        return match["day"], stored_time(match["hour"]), (match["zone"] or "").strip("() ")
    return text, "", ""


def _match(name: str, text: str) -> re.Match[str] | None:
    from rexctl.values.readings import readings  # hours are read where something is typed

    return re.fullmatch(readings()["hours"][name], text, re.IGNORECASE)


def open_clock(today: date | None = None, timezone_name: str = "") -> Clock:
    """Return the clock of a log with this `timezone` setting; `today` replaces the current day.

    An unknown zone counts as UTC.
    """
    zone = timezone_of(timezone_name) or UTC
    return Clock(today or datetime.now(zone).date(), zone)


def is_timezone(name: str) -> bool:
    """Return whether a text names a time zone of the IANA database, or is an offset from UTC.

    >>> is_timezone("Asia/Shanghai"), is_timezone("-05:00"), is_timezone("Shanghai")
    (True, True, False)
    """
    return timezone_of(name) is not None


def machine_timezone(environ: Mapping[str, str]) -> str:
    """Return the IANA name of the machine's time zone: TZ, else /etc/localtime; "" if unknown."""
    # TZ may also name a file (":/etc/localtime") or a rule ("CET-1CEST"); those have no IANA name.
    name = environ.get("TZ", "").removeprefix(":")
    if not name:
        _, marker, name = os.path.realpath(_LOCALTIME).rpartition("/zoneinfo/")
        if not marker:
            return ""
    return name if is_timezone(name) else ""


@lru_cache(maxsize=1000)
def timezone_of(name: str) -> tzinfo | None:
    """Return the time zone of an IANA name or of an offset such as -05:00, or None."""
    if offset := _OFFSET.fullmatch(name):
        sign, hours, minutes = offset.groups()
        return timezone(int(f"{sign}1") * timedelta(hours=int(hours), minutes=int(minutes)))
    if name == "UTC":  # without zoneinfo and its names, which take 6 ms to load
        return UTC
    if name not in timezone_names():
        return None
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        return None


@cache
def timezone_names() -> frozenset[str]:
    """Return the names of the IANA database, as the package tzdata lists them.

    The machine's own files may hold more (`localtime`, `posixrules`) that no other machine knows.
    """
    import tzdata

    names = Path(tzdata.__file__).with_name("zones").read_text(encoding="utf-8")
    return frozenset(names.split()) - {"Factory"}  # a machine whose zone nobody has set


def local_hour(day: date, hour: str, zone: str) -> str:
    """Return what is odd about an hour of a day in a zone: `skipped`, `ambiguous`, or "".

    `hour` is HH:MM. An hour is skipped when the clock is put forward, and comes twice when it is
    put back; an unknown zone has neither.

    >>> local_hour(date(2025, 3, 9), "02:30", "America/New_York")
    'skipped'
    >>> local_hour(date(2025, 11, 2), "01:30", "America/New_York")
    'ambiguous'
    """
    local = datetime.combine(day, time.fromisoformat(hour), timezone_of(zone) or UTC)
    first, second = local.utcoffset(), local.replace(fold=1).utcoffset()
    if first == second:
        return ""
    same = local.astimezone(UTC).astimezone(local.tzinfo).time() == local.time()
    return "ambiguous" if same else "skipped"
