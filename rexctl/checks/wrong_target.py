"""A link that changes what is in force does not join two measures.

Only a measure (a tariff, an export control, a sanction, another trade measure) suspends, amends,
extends, resumes, replaces or revokes, and only a measure can be changed so. A measure amends its
own type alone; `replaces` ends a measure of another type. A plan is called off with `calls-off`.

FAIL:
- {id: 2025-10-09-cn-talks, type: meeting}
- id: 2025-11-07-cn-suspension
  type: export-control
  links:
    - {rel: suspends, to: 2025-10-09-cn-talks}

PASS:
- {id: 2025-10-09-cn-control, type: export-control}
- id: 2025-11-07-cn-suspension
  type: export-control
  links:
    - {rel: suspends, to: 2025-10-09-cn-control}
"""

from collections.abc import Iterator

from rexctl.checks.context import RuleContext
from rexctl.model.relations import LIFECYCLE
from rexctl.model.tables import TYPES
from rexctl.records import Finding

ID = "wrong-target"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each such link whose event or target is of the wrong type."""
    measures = ", ".join(name for name, info in TYPES.items() if info.measure)
    for link in context.links:
        if link.rel not in LIFECYCLE or link.to not in context.events:
            continue
        own, other = context.events[link.event]["type"], context.events[link.to]["type"]
        if not context.is_measure(link.event):
            message = f"{link.rel}: not possible for a {own}"
            key, hint = "rel", f"only measures change measures: {measures}"
        elif not context.is_measure(link.to):
            message = f"{link.rel} {link.to}: the target is a {other}, which is never in force"
            key, hint = "to", "use calls-off to call off a plan"
        elif link.rel == "amends" and own != other:
            message = f"amends {link.to}: a {own} cannot amend a {other}"
            key, hint = "to", "use replaces to end a measure of another type"
        else:
            continue
        yield link.finding(ID, message, key, hint)
