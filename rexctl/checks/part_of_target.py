"""An act suspends, revokes, resumes or extends a measure for some of its goods, origins or firms only.

The whole measure, or the clause that the link names, would be suspended. Split the measure into
clauses and name the one that is meant, or use `amends` with `exclusions`. What is in force is
computed without the act until then.

FAIL:
- {id: 2025-04-02-us-duty, type: tariff, products: ["hs:72", "hs:73"]}
- id: 2025-05-12-us-suspension
  type: tariff
  products: ["hs:72"]
  links: [{rel: suspends, to: 2025-04-02-us-duty}]

PASS:
- id: 2025-04-02-us-duty
  type: tariff
  clauses: [{id: steel, products: ["hs:72"]}, {id: articles, products: ["hs:73"]}]
- id: 2025-05-12-us-suspension
  type: tariff
  products: ["hs:72"]
  links: [{rel: suspends, to: 2025-04-02-us-duty, clause: steel}]
"""

from collections.abc import Iterator

from rexctl.checks.context import Link, RuleContext, term_of
from rexctl.measures.acts import SCOPES, WHOLE, covers
from rexctl.records import ERROR, Finding

ID = "part-of-target"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each such act that reaches less than its target does."""
    for link in context.acts:
        if link.rel in WHOLE and (name := narrower_field(context, link)):
            yield link.finding(
                ID, f"{link.rel} {link.to}: only for some of its {name}", "to",
                "split the target into clauses, or use amends with exclusions", ERROR,
            )  # fmt: skip


def narrower_field(context: RuleContext, link: Link) -> str:
    """Return the field by which an act reaches less than its target, or an empty text."""
    act, target = context.complete(link.event), context.complete(link.to)
    within = {"via": link.data.get("clause")}  # a clause inherits what it lacks
    for name, kind in SCOPES.items():
        _, own = term_of(act, link.data, name)
        _, other = term_of(target, within, name)
        if own and (link.rel != "replaces" or other is not None) and not covers(own, other, kind):
            return name
    return ""
