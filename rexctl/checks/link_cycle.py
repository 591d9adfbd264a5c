"""Links that state an order form a cycle, so that an event would come before itself.

The relations that change a measure are looked at together: an act that is amended by one that it
suspends leads back to itself too. `results-from`, `responds-to`, `carries-out`, `calls-off`,
`averts`, `implements`, `prepares`, `follows-up`, `part-of` and `corrects` are each looked at by
itself. Remove or reverse one link of the cycle.

FAIL:
- id: 2025-10-17-call
  links:
    - {rel: follows-up, to: 2025-10-25-talks}
- id: 2025-10-25-talks
  links:
    - {rel: follows-up, to: 2025-10-17-call}

PASS:
- id: 2025-10-17-call
- id: 2025-10-25-talks
  links:
    - {rel: follows-up, to: 2025-10-17-call}
"""

from rexctl.checks.context import Findings, RuleContext
from rexctl.measures.cycles import components
from rexctl.model.tables import ACYCLIC, LIFECYCLE


def check(context: RuleContext) -> Findings:
    """Yield a finding for each link of a cycle; also in files with other faults."""
    links = [link for link in (*context.links, *context.invalid_links) if link.rel in ACYCLIC]
    for relations in (LIFECYCLE, *({rel} for rel in ACYCLIC if rel not in LIFECYCLE)):
        group = [link for link in links if link.rel in relations]
        component = components((link.event, link.to) for link in group)
        for link in group:
            if component[link.event] == component[link.to]:
                message = f"{link.rel} {link.to}: leads back to this event"
                yield link.finding(message, "to", "remove or reverse one link of the cycle")
