"""A link names a clause that does not exist.

`clause` is the id of a clause or commitment of the target, `via` the id of a clause of the link's
own event. An amendment without `clause` changes the clauses of its target that have the ids of its
own ones.

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

from rexctl.checks.context import Event, Findings, Link, RuleContext, dicts
from rexctl.values.suggest import did_you_mean

_ADVICE = {"clause": "add clauses to that event first", "via": "add it under clauses"}


def check(context: RuleContext) -> Findings:
    """Yield a finding for each clause that does not exist; also in files with other faults."""
    for link in (*context.links, *context.invalid_links):
        own = context.invalid[link.path] if link.path else context.events[link.event]
        if link.to in context.events:
            yield from _missing(link, "clause", context.events[link.to], link.to)
        yield from _missing(link, "via", own, "this event")
    # The clauses of an amendment, matched with those of its target by their ids.
    yield from (one for one in context.left_out("missing-clause") if one.loc[0] == "clauses")


def _missing(link: Link, key: str, event: Event, name: str) -> Findings:
    """Yield a finding where a key of a link names no clause or commitment of an event."""
    ids = [
        str(one.get("id"))
        for field in ("clauses", "commitments")
        for one in dicts(event.get(field))
    ]
    if (clause := link.value(key)) and clause not in ids:
        otherwise = f"it has {', '.join(ids)}" if ids else _ADVICE[key]
        yield link.finding(f"{clause}: no such clause in {name}", key,
                           did_you_mean(clause, ids) or otherwise)  # fmt: skip
