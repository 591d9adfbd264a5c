"""A link names a clause that does not exist.

`clause` is the id of a clause or commitment of the target, `via` the id of a clause of the link's
own event.

FAIL:
- id: 2025-10-09-cn-control
  clauses:
    - id: 1(1)
- id: 2025-11-07-cn-suspension
  links:
    - {rel: suspends, to: 2025-10-09-cn-control, clause: 1(4)}

PASS:
- id: 2025-10-09-cn-control
  clauses:
    - id: 1(1)
- id: 2025-11-07-cn-suspension
  links:
    - {rel: suspends, to: 2025-10-09-cn-control, clause: 1(1)}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rexctl.checks.context import RuleContext
    from rexctl.records import Finding

ID = "missing-clause"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each `clause` and `via` that does not exist."""
    for link in context.links:
        target = context.events.get(link.to)
        clause, via = link.data.get("clause"), link.data.get("via")
        if clause and target and clause not in (ids := _clause_ids(target)):
            hint = _suggest(clause, ids, "add clauses to that event first")
            yield link.finding(ID, f"{clause}: no such clause in {link.to}", "clause", hint)
        if via and via not in (ids := _clause_ids(context.events[link.event])):
            hint = _suggest(via, ids, "add it under clauses")
            yield link.finding(ID, f"{via}: no such clause in this event", "via", hint)


def _clause_ids(event: Mapping[str, Any]) -> list[str]:
    return [str(item["id"]) for key in ("clauses", "commitments") for item in event.get(key, ())]


def _suggest(text: str, ids: list[str], otherwise: str) -> str:
    return did_you_mean(text, ids) or (f"it has {', '.join(ids)}" if ids else otherwise)
