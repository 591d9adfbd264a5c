"""A rate in percentage points or in percent, where only the other has a meaning.

An act that `suspends` part of a rate gives the points that it takes off, in `percentage-points`. A
rate in percent there would be read as the rate that results: leave it out where the whole measure is
suspended, or use `amends`. Percentage points have no meaning elsewhere.

FAIL:
- id: 2025-04-02-us-duty
  type: tariff
  rates: [{value: 34, unit: percent}]
- id: 2025-05-12-us-suspension
  type: tariff
  rates: [{value: 24, unit: percent}]
  links: [{rel: suspends, to: 2025-04-02-us-duty}]

PASS:
- id: 2025-04-02-us-duty
  type: tariff
  rates: [{value: 34, unit: percent}]
- id: 2025-05-12-us-suspension
  type: tariff
  rates: [{value: 24, unit: percentage-points}]
  links: [{rel: suspends, to: 2025-04-02-us-duty}]
"""

from rexctl.checks.context import Findings, RuleContext, finding_in, parts_of
from rexctl.measures.acts import loc_of


def check(context: RuleContext) -> Findings:
    """Yield a finding for each rate whose unit does not fit what its act does."""
    yield from context.left_out("suspension-rate-unit")
    suspending = {
        (link.event, loc_of(context.events[link.event], link.value("via"), "rates"))
        for link in context.acts if link.rel == "suspends"
    }  # fmt: skip
    for name, event in context.having("suspension-rate-unit").items():
        for path, part in parts_of(event) if event["status"] == "adopted" else ():
            loc = (*path, "rates")
            for n, rate in enumerate(() if (name, loc) in suspending else part.get("rates", ())):
                if rate["unit"] == "percentage-points":
                    message = "percentage points without a suspension"
                    hint = "write the resulting rate in percent"
                    yield finding_in(name, (*loc, n, "unit"), message, hint)
