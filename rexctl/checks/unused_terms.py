"""An act states rates and also revokes, resumes or extends, and no clause says which is which.

Name the clause that does each thing by `via` in the link, or remove the rates.

FAIL:
- {id: 2025-04-02-us-duty, type: tariff}
- id: 2025-05-12-us-act
  type: tariff
  rates: [{value: 10, unit: percent}]
  links: [{rel: revokes, to: 2025-04-02-us-duty}]

PASS:
- {id: 2025-04-02-us-duty, type: tariff}
- id: 2025-05-12-us-act
  type: tariff
  clauses: [{id: "1"}, {id: "2", rates: [{value: 10, unit: percent}]}]
  links: [{rel: revokes, to: 2025-04-02-us-duty, via: "1"}]
"""

from collections.abc import Iterator

from rexctl.checks.context import RuleContext
from rexctl.records import WARNING, Finding

ID = "unused-terms"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each such link of an event with rates, unless it also amends or replaces."""
    imposing = {link.event for link in context.acts if link.rel in ("amends", "replaces")}
    for link in context.acts:
        lifts = link.rel in ("revokes", "resumes", "extends") and "via" not in link.data
        if lifts and link.event not in imposing and "rates" in context.events[link.event]:
            yield link.finding(ID, f"{link.rel} {link.to}: the event has rates, which are not used",
                               "rel", "say by via which clause does what", WARNING)  # fmt: skip
