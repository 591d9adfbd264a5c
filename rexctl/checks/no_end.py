"""An act extends something without saying until when.

It takes the end away: the measure, or the suspension, then applies until further orders. Where the
act sets a new end, add `effective.until` or `effective.through`; else allow the finding.

FAIL:
- {id: 2025-05-12-us-suspension, type: tariff, effective: {from: 2025-05-14, until: 2025-08-12}}
- id: 2025-08-11-us-extension
  type: tariff
  links: [{rel: extends, to: 2025-05-12-us-suspension}]

PASS:
- {id: 2025-05-12-us-suspension, type: tariff, effective: {from: 2025-05-14, until: 2025-08-12}}
- id: 2025-08-11-us-extension
  type: tariff
  effective: {until: 2025-11-10}
  links: [{rel: extends, to: 2025-05-12-us-suspension}]
"""

from rexctl.checks.context import Findings, RuleContext


def check(context: RuleContext) -> Findings:
    """Yield a finding for each `extends` whose act has neither `until` nor `through`."""
    for layer in context.fold.acts.layers("extends"):
        if not layer.part.window.has_end:
            link = context.link_of(layer)
            hint = "add effective.until, or allow it: until further orders"
            yield link.finding(f"extends {link.to}: no new end", "rel", hint)
