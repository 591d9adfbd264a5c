"""A link's `clause` is a clause or commitment of its target, and its `via` a clause of its own event.

PASS:
- id: 2025-10-09-cn-control
  clauses:
    - id: 1(1)
- id: 2025-11-07-cn-suspension
  links:
    - {rel: suspends, to: 2025-10-09-cn-control, clause: 1(1)}

FAIL:
- id: 2025-10-09-cn-control
  clauses:
    - id: 1(1)
- id: 2025-11-07-cn-suspension
  links:
    - {rel: suspends, to: 2025-10-09-cn-control, clause: 1(4)}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.checks.rule import Case, Told
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ID = "clauses-exist"


def check(case: Case) -> Iterator[Told]:
    """Tell each clause that is named and is not there."""
    for link in case.links:
        clause, via = link.link.get("clause"), link.link.get("via")
        if (
            clause
            and link.to in case.events
            and clause not in (parts := _parts(case.events[link.to]))
        ):
            yield Told(link.event, f"{link.to} has no clause {clause}", link.at("clause"),
                       _hint(clause, parts, "split that file into clauses first"))  # fmt: skip
        if via and via not in (own := _parts(case.events[link.event])):
            yield Told(link.event, f"via {via}: this event has no such clause", link.at("via"),
                       _hint(via, own, "add it under clauses"))  # fmt: skip


def _parts(event: Mapping[str, Any]) -> list[str]:
    return [str(p["id"]) for key in ("clauses", "commitments") for p in event.get(key, ())]


def _hint(given: str, parts: list[str], none: str) -> str:
    return did_you_mean(given, parts) or (f"it has {', '.join(parts)}" if parts else none)
