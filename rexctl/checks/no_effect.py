"""An act that would change what is in force changes nothing.

It resumes what is not suspended then, extends what has no end, acts on a measure that is not
adopted, or is wholly before or after the life of its target. Most often a date or the target is
mistyped. An act that revokes at the very end has an effect: the measure is revoked, not expired.

FAIL:
- {id: 2025-04-02-us-duty, type: tariff, effective: {from: 2025-04-05}}
- id: 2025-05-12-us-resumption
  type: tariff
  links: [{rel: resumes, to: 2025-04-02-us-duty}]

PASS:
- {id: 2025-04-02-us-duty, type: tariff, effective: {from: 2025-04-05}}
- id: 2025-04-09-us-suspension
  type: tariff
  effective: {from: 2025-04-10, until: 2025-07-09}
  links: [{rel: suspends, to: 2025-04-02-us-duty}]
- id: 2025-05-12-us-resumption
  type: tariff
  links: [{rel: resumes, to: 2025-04-02-us-duty}]
"""

from rexctl.checks.context import Findings, RuleContext
from rexctl.measures.acts import folds
from rexctl.measures.effects import layers_without_effect

_HINT = "correct a date or the target, or allow it with a reason"


def check(context: RuleContext) -> Findings:
    """Yield a finding for each link of an act that changes nothing at any time."""
    for link in context.acts:
        target = context.events[link.to]
        if context.is_measure(link.to) and not folds(target):
            what = target["status"] if target["status"] != "adopted" else target["confidence"]
            yield link.finding(f"{link.rel} {link.to}: the target is {what}, so it is never in force",
                               "to", _HINT)  # fmt: skip
    for layer, reason in layers_without_effect(context.fold):
        link = context.link_of(layer)
        yield link.finding(f"{link.rel} {link.to}: {reason}", "rel", _HINT)
