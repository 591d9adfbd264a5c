"""An act amends a measure with a list that lacks items of the list below it.

A list of an amendment replaces the whole list: what it lacks no longer applies. Write all items that
still hold, or allow the finding where the act takes the others out. Rates are left aside.

FAIL:
- {id: 2025-04-02-us-duty, type: tariff, products: ["hs:72", "hs:73"]}
- id: 2025-05-12-us-change
  type: tariff
  products: ["hs:72"]
  links: [{rel: amends, to: 2025-04-02-us-duty}]

PASS:
- {id: 2025-04-02-us-duty, type: tariff, products: ["hs:72"]}
- id: 2025-05-12-us-change
  type: tariff
  products: ["hs:72", "hs:73"]
  links: [{rel: amends, to: 2025-04-02-us-duty}]
"""

from rexctl.checks.context import Findings, RuleContext, finding_in
from rexctl.measures.acts import Key, Layer, loc_of
from rexctl.measures.terms import term_fields, terms_at
from rexctl.model.list_keys import item_key
from rexctl.model.tables import SHAPES, each


def check(context: RuleContext) -> Findings:
    """Yield a finding for each list of an amendment that lacks items of the list below it."""
    for layer in context.fold.acts.layers("amends"):
        for key in layer.rows:
            yield from _shortened(context, layer, key)


def _shortened(context: RuleContext, layer: Layer, key: Key) -> Findings:
    kind, to = str(layer.part.event["type"]), context.link_of(layer).to
    below = terms_at(context.fold, key, layer.part.window.bounds(long=False)[0] - 1)
    for name in (term_fields(kind) - {"rates"}) & layer.part.fields.keys() & below.keys():
        if shape := each(SHAPES[kind][name]):
            present = {item_key(item, shape) for item in layer.part.fields[name]}
            lost = [item for item in below[name] if item_key(item, shape) not in present]
            if lost:
                yield finding_in(
                    layer.part.key.event, loc_of(layer.part.event, layer.part.key.clause, name),
                    f"amends {to}: {len(lost)} of its {name} are not in the new list",
                    "a list is replaced whole: write all items that still hold",
                )  # fmt: skip
