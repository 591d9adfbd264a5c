"""Two amendments of one measure have the same date and start, so neither is the later one.

What the measure says then depends on their order. Add `time`, or `effective.from`, to tell them
apart.

FAIL:
- {id: 2025-04-02-us-duty, date: 2025-04-02}
- id: 2025-04-09-us-rise
  date: 2025-04-09
  links: [{rel: amends, to: 2025-04-02-us-duty}]
- id: 2025-04-09-us-rise-again
  date: 2025-04-09
  links: [{rel: amends, to: 2025-04-02-us-duty}]

PASS:
- {id: 2025-04-02-us-duty, date: 2025-04-02}
- id: 2025-04-08-us-rise
  date: 2025-04-08
  links: [{rel: amends, to: 2025-04-02-us-duty}]
- id: 2025-04-09-us-rise
  date: 2025-04-09
  links: [{rel: amends, to: 2025-04-02-us-duty}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.records import WARNING, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.checks.context import Link, RuleContext

ID = "amendment-tie"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding, at the later id, for each amendment with the same time as another."""
    first: dict[tuple[Any, ...], Link] = {}
    for link in context.links:
        if link.rel != "amends":
            continue
        event = context.events[link.event]
        start = event.get("effective", {}).get("from")
        key = (link.to, link.data.get("clause"), event["date"], event.get("time"), start)
        other = first.setdefault(key, link)
        if other.event != link.event:
            late, early = (link, other) if link.event > other.event else (other, link)
            message = f"amends {link.to} as of the same time as {early.event}"
            hint = "add time or effective.from to one of them"
            yield late.finding(ID, message, "rel", hint, WARNING)
