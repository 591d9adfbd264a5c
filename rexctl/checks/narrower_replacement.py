"""An act replaces a measure, and names fewer of its goods, origins or firms.

`replaces` ends the whole measure, also for what the new one does not name. Where the rest of it
applies still, use `amends` with `exclusions`, or split the measure into clauses.

FAIL:
- {id: 2025-04-02-us-duty, type: tariff, products: ["hs:72", "hs:73"]}
- id: 2025-05-12-us-new-duty
  type: tariff
  products: ["hs:72"]
  links: [{rel: replaces, to: 2025-04-02-us-duty}]

PASS:
- {id: 2025-04-02-us-duty, type: tariff, products: ["hs:72"]}
- id: 2025-05-12-us-new-duty
  type: tariff
  products: ["hs:72", "hs:73"]
  links: [{rel: replaces, to: 2025-04-02-us-duty}]
"""

from rexctl.checks.context import Findings, RuleContext


def check(context: RuleContext) -> Findings:
    """Yield a finding for each `replaces` that reaches less than its target does."""
    acts = context.fold.acts
    for layer in acts.layers("replaces"):
        if name := acts.narrower_field(layer, layer.rows):
            link = context.link_of(layer)
            message = f"replaces {link.to}: only for some of its {name}"
            yield link.finding(message, "to", "use amends with exclusions, or split the target")
