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
from rexctl.model.words import ACYCLIC

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Way = Mapping[str, list[str]]

ID = "links-do-not-loop"


def check(case: Case) -> Iterator[Told]:
    """Tell each link that closes a chain of its own relation."""
    ways: dict[str, dict[str, list[str]]] = {rel: {} for rel in ACYCLIC}
    for link in case.links:
        if link.rel in ways:
            ways[link.rel].setdefault(link.event, []).append(link.to)
    knots = {rel: _knots(way) for rel, way in ways.items()}
    for link in case.links:
        knot = knots.get(link.rel)
        # An event alone is a knot of itself: no link joins two of one knot but in a circle.
        if knot and knot[link.event] == knot[link.to]:
            yield Told(link.event, f"{link.rel} {link.to} leads back to this event",
                       link.at("to"), "one link of the circle is wrong")  # fmt: skip


def _knots(way: Way) -> dict[str, str]:
    """Give for each event one that stands for its knot: all those from which there is a way to and fro.

    Kosaraju's two walks: a search for each link would take a hundred thousand times as long.
    """
    back: dict[str, list[str]] = {}
    for here, ahead in way.items():
        for there in ahead:
            back.setdefault(there, []).append(here)
    knot: dict[str, str] = {}
    for start in reversed(_left(way)):
        todo = [start]
        while todo:
            here = todo.pop()
            if here not in knot:
                knot[here] = start
                todo += back.get(here, ())
    return knot


def _left(way: Way) -> list[str]:
    """Give the events in the order in which a walk in depth leaves them for good."""
    seen, left = set[str](), []
    for start in way:
        todo = [(start, False)]
        while todo:
            here, leaving = todo.pop()
            if leaving:
                left.append(here)
            elif here not in seen:
                seen.add(here)
                todo.append((here, True))
                todo += [(there, False) for there in way.get(here, ())]
    return left
