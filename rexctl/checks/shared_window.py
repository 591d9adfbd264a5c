"""An act revokes something and also suspends, amends or extends, all under one end.

`revokes` has no end: `until` or `through` of the event is that of the other links. Name the clause
that does each thing by `via` in the link, so that a reader sees which end is meant for what.

FAIL:
- {id: 2025-04-02-us-duty, type: tariff}
- {id: 2025-04-05-us-control, type: export-control}
- id: 2025-05-12-us-truce
  type: tariff
  effective: {from: 2025-05-14, until: 2025-08-12}
  links: [{rel: suspends, to: 2025-04-02-us-duty}, {rel: revokes, to: 2025-04-05-us-control}]

PASS:
- {id: 2025-04-02-us-duty, type: tariff}
- {id: 2025-04-05-us-control, type: export-control}
- id: 2025-05-12-us-truce
  type: tariff
  clauses:
    - {id: "1", effective: {from: 2025-05-14, until: 2025-08-12}}
    - {id: "2", effective: {from: 2025-05-14}}
  links:
    - {rel: suspends, to: 2025-04-02-us-duty, via: "1"}
    - {rel: revokes, to: 2025-04-05-us-control, via: "2"}
"""

from rexctl.checks.context import Findings, RuleContext

_ENDING = ("suspends", "amends", "extends")  # they have the end of their act


def check(context: RuleContext) -> Findings:
    """Yield a finding for each `revokes` whose event has an end that is of another link."""
    whole = [link for link in context.acts if "via" not in link.data]
    others = {link.event: link.rel for link in whole if link.rel in _ENDING}
    for link in whole:
        window = context.events[link.event].get("effective", {})
        end = next((key for key in ("until", "through") if key in window), "")
        if link.rel == "revokes" and end and link.event in others:
            message = f"revokes {link.to}: has no end, {end} is that of {others[link.event]}"
            yield link.finding(message, "rel", "say by via which clause does what")
