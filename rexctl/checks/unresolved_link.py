"""A link names an event that is not in the log.

A link takes the id of an event, or a former id that is among the `aliases` of one. The file of the
target may have errors of its own: they are reported there, and not at each link to it.

FAIL:
- id: 2025-11-07-cn-suspension
  links:
    - {rel: suspends, to: 2025-10-09-cn-controll}

PASS:
- id: 2025-10-09-cn-control
- id: 2025-11-07-cn-suspension
  links:
    - {rel: suspends, to: 2025-10-09-cn-control}
"""

from functools import cache

from rexctl.checks.context import Findings, RuleContext
from rexctl.snapshot.ids import suggest_id


def check(context: RuleContext) -> Findings:
    """Yield a finding for each link whose target is not there, also in files with other faults."""
    known = context.events.keys() | context.unparsed
    ids = sorted(context.events)
    suggest = cache(lambda text: suggest_id(text, ids))  # many links may miss one event
    for link in (*context.links, *context.invalid_links):
        if link.to not in known:
            yield link.finding(f"{link.to}: no such event in the log", "to", suggest(link.to))
