"""Two amendments of one measure have the same date and start, so neither is the later one.

What the measure says then depends on their order. Add `time`, or `effective.from`, to tell them
apart.

FAIL:
- {id: 2025-04-02-us-duty, date: 2025-04-02}
- id: 2025-04-09-us-rise
  date: 2025-04-09
  links: [{rel: amends, to: 2025-04-02-us-duty}]
- id: 2025-04-09-us-rise-again
  date: 2025-04-09
  links: [{rel: amends, to: 2025-04-02-us-duty}]

PASS:
- {id: 2025-04-02-us-duty, date: 2025-04-02}
- id: 2025-04-08-us-rise
  date: 2025-04-08
  links: [{rel: amends, to: 2025-04-02-us-duty}]
- id: 2025-04-09-us-rise
  date: 2025-04-09
  links: [{rel: amends, to: 2025-04-02-us-duty}]
"""

from itertools import pairwise

from rexctl.checks.context import Findings, RuleContext


def check(context: RuleContext) -> Findings:
    """Yield a finding, at the later id, for each amendment with the same time as another."""
    seen = set()
    for layers in context.fold.acts.on_row.values():
        for early, late in pairwise(layer for layer in layers if layer.rel == "amends"):
            name, other, place = late.part.key.event, early.part.key.event, late.order[2:]
            if early.order[:2] == late.order[:2] and name != other and place not in seen:
                seen.add(place)
                link = context.link_of(late)
                message = f"amends {link.to} as of the same time as {other}"
                yield link.finding(message, "rel", "add time or effective.from to one of them")
