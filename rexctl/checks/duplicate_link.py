"""An event has the same link twice: relation, target and clauses are equal.

Remove one of the two; who asserts or disputes it can be listed in one link.

FAIL:
- id: 2025-10-09-cn-control
- id: 2025-11-07-cn-suspension
  links:
    - {rel: suspends, to: 2025-10-09-cn-control}
    - {rel: suspends, to: 2025-10-09-cn-control}

PASS:
- {id: 2025-10-09-cn-control, clauses: [{id: "1"}, {id: "2"}]}
- id: 2025-11-07-cn-suspension
  links:
    - {rel: suspends, to: 2025-10-09-cn-control, clause: "1"}
    - {rel: suspends, to: 2025-10-09-cn-control, clause: "2"}
"""

from rexctl.checks.context import Findings, RuleContext


def check(context: RuleContext) -> Findings:
    """Yield a finding for each link that its event has before it; also in files with other faults."""
    seen: set[tuple[str, ...]] = set()
    for link in (*context.links, *context.invalid_links):
        key = link.path, link.event, link.rel, link.to, link.value("clause"), link.value("via")
        if key in seen:
            yield link.finding(f"{link.rel} {link.to}: this link is there already", "to",
                               "remove one of the two")  # fmt: skip
        seen.add(key)
