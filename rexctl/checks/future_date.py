"""A day lies in the future, although what it dates has happened.

What was held, made, signed or adopted lies after today, or after the days on which all of its sources
were published or read; or a source was published or read after today, or read before it was
published; or the year of an instrument is more than a year away from the date. Most often the year
is mistyped. What is still to come is `planned` or `expected`.

FAIL:
- {id: 2062-01-05-us-statement, type: statement, date: 2062-01-05}
- id: 2025-10-09-us-statement
  type: statement
  date: 2025-10-09
  sources: [{url: "https://example.org/x", published: 2024-10-10}]

PASS:
- {id: 2062-01-05-us-meeting, type: meeting, status: planned, date: 2062-01-05}
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from rexctl.checks.context import Findings, Loc, RuleContext, day_range, finding_in

# Their date is that of the plan, which may be still to come.
_PLANS = ("planned", "expected", "postponed", "cancelled")
_DAYS = 1  # a source may be dated in another zone than the event
_YEARS = 1  # an instrument may be numbered in the year before or after


def check(context: RuleContext) -> Findings:
    """Yield a finding for the first such day of each event."""
    for name, event in context.having("future-date").items():
        for loc, message in islice(_findings(event, context.today), 1):
            hint = "correct the day, or the status of what is still to come"
            yield finding_in(name, loc, message, hint)


def _findings(event: Mapping[str, Any], today: date) -> Iterator[tuple[Loc, str]]:
    """Yield path and message of each day that is certainly after today, and of a year far away."""
    happened, sources = event["status"] not in _PLANS, event.get("sources", ())
    first = day_range(event["date"])[0]
    if happened and first > today.toordinal():
        yield ("date",), f"{event['status']} on {event['date']}, which is after today ({today})"
    last_days = []  # of each source, the last on which it can have been written
    for n, source in enumerate(sources):
        ends = {key: day_range(source[key]) for key in ("published", "accessed") if key in source}
        last_days += [min(end for _, end in ends.values())] if ends else []
        for key, (begin, end) in ends.items():
            if begin > today.toordinal():
                yield ("sources", n, key), f"{key} {source[key]} is after today ({today})"
            if key == "accessed" and end < ends.get("published", (end, end))[0]:
                yield (("sources", n, key),
                       f"accessed {source[key]} is before published {source['published']}")  # fmt: skip
    if happened and sources and len(last_days) == len(sources) and max(last_days) + _DAYS < first:
        message = f"the date {event['date']} is after all of its sources were published or read"
        yield ("date",), message
    year = event.get("instrument", {}).get("year")
    if year and not _is_near(int(year), event["date"]):
        yield ("instrument", "year"), f"the instrument is of {year}, the date is {event['date']}"


def _is_near(year: int, text: str) -> bool:
    """Return whether a year is at most one away from those of a date."""
    first, last = (date.fromordinal(max(1, bound)).year for bound in day_range(text))
    return first - _YEARS <= year <= last + _YEARS
