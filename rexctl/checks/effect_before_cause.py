"""An event is earlier than the event that it responds to, carries out or follows up.

Dates of a month or a span are compared by their bounds, so that two events of the same week are
never reported. A plan has the date it was planned for, so what calls it off may come before it.

FAIL:
- {id: 2025-10-09-cn-control, date: 2025-10-09}
- id: 2025-10-08-us-threat
  date: 2025-10-08
  links:
    - {rel: responds-to, to: 2025-10-09-cn-control, asserted_by: [US]}

PASS:
- {id: 2025-10-09-cn-control, date: 2025-10-09}
- id: 2025-10-10-us-threat
  date: 2025-10-10
  links:
    - {rel: responds-to, to: 2025-10-09-cn-control, asserted_by: [US]}
"""

from rexctl.checks.context import Findings, RuleContext, day_range

_RELATIONS = ("responds-to", "carries-out", "calls-off", "averts", "implements", "follows-up")
_PLANS = ("planned", "expected", "threatened", "proposed")


def check(context: RuleContext) -> Findings:
    """Yield a finding for each event that is certainly earlier than its cause."""
    for link in context.links:
        if link.rel not in _RELATIONS or link.to not in context.events:
            continue
        target = context.events[link.to]
        own, other = str(context.events[link.event]["date"]), str(target["date"])
        if target["status"] not in _PLANS and day_range(own)[1] < day_range(other)[0]:
            message = f"{link.rel} {link.to}: this event is of {own}, before {other}"
            yield link.finding(message, "to", "correct a date, or reverse the link")
