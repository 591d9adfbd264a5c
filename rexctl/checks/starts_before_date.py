"""A measure starts before its `date`, the day on which it was adopted.

Most often one of the two days is a mistake. If the act is retroactive, allow it with that reason.
Dates of a month or a span are compared by their bounds, and reported only where the start is
certainly earlier.

FAIL:
- {id: 2025-10-09-cn-control, date: 2025-10-09, effective: {from: 2025-09-01}}

PASS:
- {id: 2025-10-09-cn-control, date: 2025-10-09, effective: {from: 2025-12-01}}
"""

from collections.abc import Iterator

from rexctl.checks.context import RuleContext, day_range, parts_of
from rexctl.records import WARNING, Finding

ID = "starts-before-date"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each start that is certainly before the date."""
    for name, event in context.having(ID).items():
        for loc, part in parts_of(event):
            window = part.get("effective", {})
            if "from" in window and day_range(window["from"])[1] < day_range(event["date"])[0]:
                yield Finding(
                    ID, f"from {window['from']}: before the date {event['date']}", event=name,
                    loc=(*loc, "effective", "from"), level=WARNING,
                    hint="correct one of them, or allow it with a reason if the act is retroactive",
                )  # fmt: skip
