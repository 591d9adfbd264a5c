"""A response does not come before what it responds to.

Bounds are compared, so that two events of the same week never clash.

PASS:
- {id: 2025-10-09-cn-control, date: 2025-10-09}
- id: 2025-10-10-us-threat
  date: 2025-10-10
  links:
    - {rel: responds-to, to: 2025-10-09-cn-control, asserted_by: [US]}

FAIL:
- {id: 2025-10-09-cn-control, date: 2025-10-09}
- id: 2025-10-08-us-threat
  date: 2025-10-08
  links:
    - {rel: responds-to, to: 2025-10-09-cn-control, asserted_by: [US]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.checks.rule import Case, Told, span

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "responses-follow-causes"
_AFTER = ("responds-to", "carries-out", "calls-off", "averts", "implements", "follows-up")


def check(case: Case) -> Iterator[Told]:
    """Tell each event that is certainly earlier than what it follows."""
    for link in case.links:
        if link.rel not in _AFTER or link.to not in case.events:
            continue
        cause = str(case.events[link.to]["date"])
        own = str(case.events[link.event]["date"])
        # A plan's date is the window it was planned for: what calls it off may well come first.
        if case.events[link.to]["status"] in ("planned", "expected", "threatened", "proposed"):
            continue
        if span(own)[1] < span(cause)[0]:
            yield Told(link.event, f"{own} is before {link.to}, of {cause}", link.at("to"),
                       "one of the dates is wrong, or the link the other way round")  # fmt: skip
