"""A link that changes what is in force cannot do so: its event or its target is of the wrong kind.

A measure (a tariff, an export control, a sanction, another trade measure) or a ruling can suspend,
revoke or resume a measure; only a measure can amend, replace or extend one. The target is a measure,
or an act on one: to suspend, extend or revoke an act is to do so to its effect. A measure amends its
own type, and of the acts only an amendment; `resumes` and percentage points need a measure, not an
act. A plan is called off with `calls-off`.

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
- id: 2025-11-20-cn-suspension-goes-on
  type: export-control
  effective: {until: 2026-11-10}
  links:
    - {rel: extends, to: 2025-11-07-cn-suspension}
"""

from collections.abc import Iterator

from rexctl.checks.context import Link, RuleContext, term_of
from rexctl.model.tables import LIFECYCLE, TYPES
from rexctl.records import Finding

ID = "wrong-target"

_OF_RULINGS = ("suspends", "revokes", "resumes")


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each such link whose event or target is of the wrong kind."""
    for link in context.links:
        if link.rel in LIFECYCLE and link.to in context.events and (why := _why(context, link)):
            yield link.finding(ID, *why)


def _why(context: RuleContext, link: Link) -> tuple[str, str, str] | None:
    """Return message, key and hint of what is wrong with a link, or None."""
    own, other = context.events[link.event]["type"], context.events[link.to]["type"]
    if not context.is_measure(link.event) and not (own == "ruling" and link.rel in _OF_RULINGS):
        names = ", ".join(name for name, info in TYPES.items() if info.measure)
        hint = f"only measures change measures: {names}; a ruling suspends, revokes or resumes"
        return f"{link.rel}: not possible for a {own}", "rel", hint
    act = context.is_layer(link.to, str(link.data.get("clause", "")))
    if not context.is_measure(link.to) and not act:
        message = f"{link.rel} {link.to}: the target is a {other}, which is never in force"
        return message, "to", "use calls-off to call off a plan"
    if link.rel == "amends" and own != other:
        message = f"amends {link.to}: a {own} cannot amend a {other}"
        return message, "to", "use replaces to end a measure of another type"
    if act and link.rel == "amends" and not _amends(context, link.to):
        message = f"amends {link.to}: the target is an act that amends nothing"
        return message, "to", "use extends for another end, or amends on the measure itself"
    if act and link.rel == "resumes":
        message = f"resumes {link.to}: the target is an act, not a measure"
        return message, "to", "name the measure that it suspends, or use revokes to end the act"
    _, rates = term_of(context.events[link.event], link.data, "rates")
    if act and link.rel == "suspends" and rates:
        message = f"suspends {link.to}: points come off the rate of a measure, not of an act"
        return message, "to", "name the measure"
    return None


def _amends(context: RuleContext, name: str) -> bool:
    return any(link["rel"] == "amends" for link in context.events[name].get("links", ()))
