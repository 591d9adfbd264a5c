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

from rexctl.checks.context import Findings, RuleContext


def check(context: RuleContext) -> Findings:
    """Yield a finding for each such act that reaches less than its target does."""
    return context.left_out("part-of-target")
