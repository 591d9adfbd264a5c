"""An act amends several clauses with one list of products, so that each now has the goods of the others too.

A list of an amendment replaces that of each clause it amends: both rates are then charged on the same
goods. Leave `products` out of the act: each clause keeps its own goods. Where the goods do change,
write a clause of the act for each, and name it in the link's `via`.

FAIL:
- id: 2025-09-29-us-duty
  type: tariff
  clauses:
  - {id: seats, products: ["hs:940161"], rates: [{value: "30", unit: percent}]}
  - {id: cabinets, products: ["hs:940340"], rates: [{value: "50", unit: percent}]}
- id: 2025-12-31-us-change
  type: tariff
  products: ["hs:940161", "hs:940340"]
  rates: [{value: "25", unit: percent}]
  links:
  - {rel: amends, to: 2025-09-29-us-duty, clause: seats}
  - {rel: amends, to: 2025-09-29-us-duty, clause: cabinets}

PASS:
- id: 2025-09-29-us-duty
  type: tariff
  clauses:
  - {id: seats, products: ["hs:940161"], rates: [{value: "30", unit: percent}]}
  - {id: cabinets, products: ["hs:940340"], rates: [{value: "50", unit: percent}]}
- id: 2025-12-31-us-change
  type: tariff
  rates: [{value: "25", unit: percent}]
  links:
  - {rel: amends, to: 2025-09-29-us-duty, clause: seats}
  - {rel: amends, to: 2025-09-29-us-duty, clause: cabinets}
"""

from collections.abc import Mapping
from typing import Any

from rexctl.checks.context import Findings, RuleContext, finding_in
from rexctl.measures.acts import Key, Layer, loc_of
from rexctl.measures.terms import terms_at
from rexctl.values.codes import is_prefix

_HINT = ("leave products out, and each clause keeps its own; or write a clause of the act for each, "
         "named in the link's via")  # fmt: skip


def check(context: RuleContext) -> Findings:
    """Yield a finding for each list of products that gives a clause the goods of another one."""
    by_part: dict[Key, dict[Key, Layer]] = {}
    for layer in context.fold.acts.layers("amends"):
        if "products" in layer.part.fields:
            by_part.setdefault(layer.part.key, {}).update(dict.fromkeys(layer.rows, layer))
    for rows in by_part.values():
        goods = {key: _goods(terms_at(context.fold, key, layer.part.window.bounds(long=False)[0] - 1))
                 for key, layer in rows.items()}  # fmt: skip
        layer = next(iter(rows.values()))
        new = _goods(layer.part.fields)
        for key, own in goods.items():
            others = [
                code for other, codes in goods.items() if other[0] == key[0] for code in codes
            ]
            gained = {one for one in new if own and _meets(one, others) and not _meets(one, own)}
            if gained:
                yield finding_in(
                    layer.part.key.event, loc_of(layer.part.event, layer.part.key.clause, "products"),
                    f"gives clause {key.clause} of {key.event} the goods of another clause: "
                    f"{', '.join(sorted(gained))}", _HINT,
                )  # fmt: skip
                break


def _goods(terms: Mapping[str, Any]) -> list[str]:
    """Return the product codes of the terms of a clause or an act."""
    products = terms.get("products", ())
    return [one if isinstance(one, str) else str(one["code"]) for one in products]


def _meets(code: str, codes: list[str]) -> bool:
    return any(is_prefix("product", *pair) for one in codes for pair in ((one, code), (code, one)))
