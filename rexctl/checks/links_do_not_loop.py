"""No event comes before itself: chains of links that stand for an order do not close.

PASS:
- id: 2025-10-17-call
- id: 2025-10-25-talks
  links:
    - {rel: follows-up, to: 2025-10-17-call}

FAIL:
- id: 2025-10-17-call
  links:
    - {rel: follows-up, to: 2025-10-25-talks}
- id: 2025-10-25-talks
  links:
    - {rel: follows-up, to: 2025-10-17-call}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.checks.rule import Case, Told
from rexctl.plain.words import ACYCLIC

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ID = "links-do-not-loop"


def check(case: Case) -> Iterator[Told]:
    """Tell each link that closes a chain of its own relation."""
    ways: dict[str, dict[str, list[str]]] = {}
    for link in case.links:
        if link.link["rel"] in ACYCLIC:
            way = ways.setdefault(str(link.link["rel"]), {})
            way.setdefault(link.event, []).append(link.to)
    for link in case.links:
        way = ways.get(str(link.link["rel"]), {})
        if way and _reaches(way, link.to, link.event):
            yield Told(link.event, f"{link.link['rel']} {link.to} leads back to this event",
                       link.at("to"), "one link of the circle is wrong")  # fmt: skip


def _reaches(way: Mapping[str, list[str]], start: str, goal: str) -> bool:
    todo, seen = [start], set[str]()
    while todo:
        here = todo.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            todo += way.get(here, [])
    return False
