"""A link that states a cause does not say who says so.

`responds-to`, `justified-by` and `averts` are claims about why something was done. Name in
`asserted_by` who makes the claim: an actor, or `press`.

FAIL:
- {id: 2025-10-09-cn-control}
- id: 2025-10-10-us-threat
  links:
    - {rel: responds-to, to: 2025-10-09-cn-control}

PASS:
- {id: 2025-10-09-cn-control}
- id: 2025-10-10-us-threat
  links:
    - {rel: responds-to, to: 2025-10-09-cn-control, asserted_by: [US]}
"""

from rexctl.checks.context import Findings, RuleContext
from rexctl.model.tables import CAUSAL


def check(context: RuleContext) -> Findings:
    """Yield a finding for each causal link without `asserted_by`."""
    for link in context.links:
        if link.rel in CAUSAL and "asserted_by" not in link.data:
            message = f"{link.rel} {link.to}: asserted_by is missing"
            yield link.finding(message, "rel", "name the actor, or press, who says so")
