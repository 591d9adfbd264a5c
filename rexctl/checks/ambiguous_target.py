"""An act amends a measure that has clauses, and does not say which clause.

Name the clause of the measure in the link (`clause`), or give the act `clauses` with the ids of
those that it changes. What is in force is computed without the act until then.

FAIL:
- {id: 2025-10-09-cn-control, type: export-control, clauses: [{id: "1"}, {id: "2"}]}
- id: 2025-11-07-cn-change
  type: export-control
  links: [{rel: amends, to: 2025-10-09-cn-control}]

PASS:
- {id: 2025-10-09-cn-control, type: export-control, clauses: [{id: "1"}, {id: "2"}]}
- id: 2025-11-07-cn-change
  type: export-control
  links: [{rel: amends, to: 2025-10-09-cn-control, clause: "1"}]
"""

from rexctl.checks.context import Findings, RuleContext


def check(context: RuleContext) -> Findings:
    """Yield a finding for each `amends` that does not name a clause of a measure with clauses."""
    return context.left_out("ambiguous-target")
