"""A link names an act by its instrument, and the log has an event with that instrument by now.

Replace `instrument` by `to` with the id of the event, so that what is in force takes it into account.

FAIL:
- {id: 2025-04-02-us-duty, instrument: {issuer: US/president, number: 14257}}
- id: 2025-05-12-us-statement
  type: statement
  links: [{rel: about, instrument: {issuer: US/president, number: 14257}}]

PASS:
- {id: 2025-04-02-us-duty, instrument: {issuer: US/president, number: 14257}}
- id: 2025-05-12-us-statement
  type: statement
  links: [{rel: about, instrument: {issuer: US/president, number: 14259}}]
"""

from collections.abc import Mapping
from typing import Any

from rexctl.checks.context import Findings, RuleContext, finding_in


def check(context: RuleContext) -> Findings:
    """Yield a finding for each link to an instrument that an event of the log has."""
    by_instrument: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for name, event in context.events.items():
        if key := _key(event.get("instrument", {})):
            by_instrument.setdefault(key, []).append((name, event["instrument"].get("year", "")))
    for name, event in context.having("resolvable-link").items():
        for n, link in enumerate(event.get("links", ())):
            act = link.get("instrument", {})
            for other, year in by_instrument.get(_key(act) or ("", ""), ()):
                if year == act.get("year", year) or not year:
                    yield finding_in(name, ("links", n, "instrument"),
                                     f"{link['rel']}: the log has this act as {other}",
                                     f"write to: {other} in place of instrument")  # fmt: skip


def _key(instrument: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return issuer and number, or None where one of them is not known."""
    issuer, number = instrument.get("issuer", ""), instrument.get("number", "")
    return (issuer, number) if issuer and number else None
