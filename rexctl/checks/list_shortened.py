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

from collections.abc import Iterator

from rexctl.checks.context import Link, RuleContext, term_of
from rexctl.model.list_keys import item_key
from rexctl.model.tables import SHAPES, each
from rexctl.records import WARNING, Finding

ID = "list-shortened"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each list of an amendment that lacks items of its target's list."""
    for link in context.acts:
        if link.rel == "amends":
            for part in _targets(context, link):
                yield from _shortened(context, link, *part)


def _targets(context: RuleContext, link: Link) -> Iterator[tuple[str, str]]:
    """Yield the clause of the act and the clause of the target that it amends; "" for the whole."""
    if "clause" in link.data or "via" in link.data:
        yield link.data.get("via", ""), link.data.get("clause", "")
        return
    act, target = context.events[link.event], context.events[link.to]
    ids = {clause["id"] for clause in target.get("clauses", ())}
    own = [clause["id"] for clause in act.get("clauses", ()) if clause["id"] in ids]
    yield from ((name, name) for name in own) if own else [("", "")]


def _shortened(context: RuleContext, link: Link, via: str, clause: str) -> Iterator[Finding]:
    act, target = context.complete(link.event), context.complete(link.to)
    for name, kind in SHAPES[str(act["type"])].items():
        if not each(kind) or name not in _terms(str(act["type"])):
            continue
        loc, own = term_of(act, {"via": via}, name)
        _, below = term_of(target, {"via": clause}, name)
        if own and below:
            present = {item_key(item, each(kind)) for item in own}
            lost = [item for item in below if item_key(item, each(kind)) not in present]
            if lost:
                yield Finding(ID, f"amends {link.to}: {len(lost)} of its {name} are not in the new list",
                              event=link.event, loc=loc, level=WARNING,
                              hint="a list is replaced whole: write all items that still hold")  # fmt: skip


def _terms(name: str) -> frozenset[str]:
    """Return the lists that an amendment of this type changes: its own fields, but for rates."""
    common = SHAPES["statement"].keys()
    own = (SHAPES[name].keys() - common) - {"clauses", "rates", "effective"}
    return frozenset(own | {"affected", "products"})
