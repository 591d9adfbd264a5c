"""Windows of time between instants, as imprecise as the dates that they are made from.

An instant is a number of seconds since 1970, UTC. A window holds its start and not its end.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.values import dates
from rexctl.values.clock import timezone_of

if TYPE_CHECKING:
    from collections.abc import Mapping

# Before and after every instant that can be written.
FIRST, LAST = -(1 << 60), 1 << 60


class Window(NamedTuple):
    """The instants between a start and an end, each known between two bounds.

    `start` is None where the start is not known. An end that is not known is LAST: the window goes
    on until further orders.
    """

    start: tuple[int, int] | None
    end: tuple[int, int] = (LAST, LAST)

    @property
    def is_imprecise(self) -> bool:
        """Whether some instants may or may not be in the window."""
        first, last = self.start or (0, 0)
        return first != last or self.end[0] != self.end[1]

    @property
    def has_end(self) -> bool:
        """Whether the window ends."""
        return self.end[1] != LAST

    def bounds(self, *, long: bool) -> tuple[int, int]:
        """Return start and end where the window is as long, or as short, as it may be."""
        first, last = self.start or (LAST, LAST)
        return (first, self.end[1]) if long else (last, self.end[0])


def instant_of(ordinal: int, hour: str, zone: str) -> int:
    """Return the instant of an hour (HH:MM) of a day in a time zone; UTC where it is not known.

    >>> instant_of(739_565, "13:01", "Asia/Shanghai") == instant_of(739_565, "00:01", "-05:00")
    True
    """
    if ordinal <= dates.LOWEST:
        return FIRST
    if ordinal >= dates.HIGHEST:
        return LAST
    day = datetime.min + timedelta(days=ordinal - 1)
    clock = time.fromisoformat(hour) if hour else time.min
    local = datetime.combine(day, clock, timezone_of(zone) or UTC)
    return int(local.timestamp())


@lru_cache(maxsize=100_000)
def bounds_of(text: str, hour: str, zone: str, after: int = 0) -> tuple[int, int]:
    """Return the earliest and the latest instant of a date, `after` days later, at an hour."""
    first, last = dates.span(text)
    return instant_of(first + after, hour, zone), instant_of(last + after, hour, zone)


def window_of(effective: Mapping[str, Any], zone: str) -> Window:
    """Return the window of an `effective`; its own `tz` comes before `zone`."""
    zone = str(effective.get("tz", zone))
    start = None
    if "from" in effective:
        start = bounds_of(effective["from"], effective.get("time", ""), zone)
    if "until" in effective:
        return Window(start, bounds_of(effective["until"], effective.get("until_time", ""), zone))
    if "through" in effective:  # the last day, until 24:00
        return Window(start, bounds_of(effective["through"], "", zone, after=1))
    return Window(start)


def local_time(instant: int, zone: str) -> datetime:
    """Return an instant on the clock of a zone; UTC where the zone is not known."""
    return datetime.fromtimestamp(instant, timezone_of(zone) or UTC)


@lru_cache(maxsize=100_000)
def format_instant(instant: int, zone: str) -> str:
    """Return the day of an instant on the clock of a zone, with the hour where it is not 00:00."""
    local = local_time(instant, zone)
    return f"{local:%Y-%m-%d %H:%M}".removesuffix(" 00:00")


@lru_cache(maxsize=10_000)
def end_of_day(ordinal: int, zone: str) -> int:
    """Return the last instant of a day before 24:00 on the clock of a zone."""
    return instant_of(ordinal + 1, "", zone) - 1
