"""A measure starts before its `date`, the day on which it was adopted.

Most often one of the two days is a mistake. If the act is retroactive, allow it with that reason.
Dates of a month or a span are compared by their bounds, and reported only where the start is
certainly earlier.

FAIL:
- {id: 2025-10-09-cn-control, date: 2025-10-09, effective: {from: 2025-09-01}}

PASS:
- {id: 2025-10-09-cn-control, date: 2025-10-09, effective: {from: 2025-12-01}}
"""

from rexctl.checks.context import Findings, RuleContext, day_range, finding_in, parts_of

_HINT = "correct one of them, or allow it with a reason if the act is retroactive"


def check(context: RuleContext) -> Findings:
    """Yield a finding for each start that is certainly before the date."""
    for name, event in context.having("starts-before-date").items():
        for loc, part in parts_of(event):
            window = part.get("effective", {})
            if "from" in window and day_range(window["from"])[1] < day_range(event["date"])[0]:
                message = f"from {window['from']}: before the date {event['date']}"
                yield finding_in(name, (*loc, "effective", "from"), message, _HINT)
