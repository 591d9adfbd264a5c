"""An hour that the clock skipped, because it was put forward on that day.

Correct the hour, or the time zone in which it is meant.

FAIL:
- {id: 2025-03-09-us-call, date: 2025-03-09, time: "02:30", tz: America/New_York}

PASS:
- {id: 2025-03-09-us-call, date: 2025-03-09, time: "03:30", tz: America/New_York}
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rexctl.checks.context import Findings, Loc, RuleContext, finding_in, parts_of
from rexctl.values.clock import local_hour

_HOURS = (("time", "from"), ("until_time", "until"))


def check(context: RuleContext) -> Findings:
    """Yield a finding for each hour that does not exist in its zone."""
    for name, loc, hour, day, zone in find_hours(context, "skipped"):
        message = f"{hour} on {day}: the clock in {zone} skipped this hour"
        yield finding_in(name, loc, message, "correct the hour or tz")


def find_hours(context: RuleContext, odd: str) -> Iterator[tuple[str, Loc, str, date, str]]:
    """Yield event, path, hour, day and zone of each hour that is `skipped` or `ambiguous`."""
    for name, event in context.having("skipped-hour").items():
        zone = ""
        for loc, hour, text, own in _hours(event):
            try:
                day = date.fromisoformat(text.rstrip("~?"))
            except ValueError:  # not one day
                continue
            zone = zone or event.get("tz") or context.vocabulary.zone(event["actors"][0])
            if local_hour(day, hour, own or zone) == odd:
                yield name, loc, hour, day, own or zone


def _hours(event: Mapping[str, Any]) -> Iterator[tuple[Loc, str, str, str]]:
    """Yield path, hour, the date it belongs to and the zone of its window, which may be empty."""
    if "time" in event:
        yield ("time",), event["time"], event["date"], ""
    for loc, part in parts_of(event):
        window = part.get("effective", {})
        for hour, day in _HOURS:
            if hour in window and day in window:
                yield (*loc, "effective", hour), window[hour], window[day], window.get("tz", "")
