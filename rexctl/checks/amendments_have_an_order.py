"""Two amendments of one measure differ in date or start, so that it is plain which is the later word.

PASS:
- {id: 2025-04-02-us-duty, date: 2025-04-02}
- id: 2025-04-08-us-rise
  date: 2025-04-08
  links: [{rel: amends, to: 2025-04-02-us-duty}]
- id: 2025-04-09-us-rise
  date: 2025-04-09
  links: [{rel: amends, to: 2025-04-02-us-duty}]

FAIL:
- {id: 2025-04-02-us-duty, date: 2025-04-02}
- id: 2025-04-09-us-rise
  date: 2025-04-09
  links: [{rel: amends, to: 2025-04-02-us-duty}]
- id: 2025-04-09-us-rise-again
  date: 2025-04-09
  links: [{rel: amends, to: 2025-04-02-us-duty}]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.checks.rule import Case, Linked, Told
from rexctl.records import WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "amendments-have-an-order"


def check(case: Case) -> Iterator[Told]:
    """Tell, at the later id, each amendment that ties with another."""
    seen: dict[tuple[Any, ...], Linked] = {}
    for link in case.links:
        if link.rel != "amends":
            continue
        event = case.events[link.event]
        key = (link.to, link.link.get("clause"), event["date"], event.get("time"),
               event.get("effective", {}).get("from"))  # fmt: skip
        other = seen.setdefault(key, link)
        if other.event != link.event:
            late, early = (link, other) if link.event > other.event else (other, link)
            yield Told(late.event, f"amends {link.to} as of the same time as {early.event}",
                       late.at("rel"), "add time, or the start of each", level=WARNING)  # fmt: skip
