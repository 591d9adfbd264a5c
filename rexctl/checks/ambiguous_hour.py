"""An hour that comes twice in its zone, because the clock was put back on that day.

Write the offset from UTC as the time zone: `-04:00` for summer time in New York, `-05:00` after it.

FAIL:
- {id: 2025-11-02-us-call, date: 2025-11-02, time: "01:30", tz: America/New_York}

PASS:
- {id: 2025-11-02-us-call, date: 2025-11-02, time: "01:30", tz: "-05:00"}
"""

from rexctl.checks import skipped_hour
from rexctl.checks.context import Findings, RuleContext, finding_in


def check(context: RuleContext) -> Findings:
    """Yield a finding for each hour that comes twice in its zone."""
    for name, loc, hour, day, zone in skipped_hour.find_hours(context, "ambiguous"):
        yield finding_in(name, loc, f"{hour} on {day}: comes twice in {zone}",
                         "write tz as an offset from UTC, such as -05:00")  # fmt: skip
