"""An adopted measure does not say from when it applies.

What is in force on a day cannot be computed for it. Add `effective.from`, of the measure or of each
clause that has a window of its own. An act that changes another measure needs none: it acts from
its date.

FAIL:
- {id: 2025-10-09-cn-control, type: export-control}

PASS:
- {id: 2025-10-09-cn-control, type: export-control, effective: {from: 2025-12-01}}
"""

from collections.abc import Iterator, Mapping
from typing import Any

from rexctl.checks.context import Findings, Loc, RuleContext, finding_in
from rexctl.measures.acts import lifts


def check(context: RuleContext) -> Findings:
    """Yield a finding for each measure, or clause of one, without a start."""
    acts = {link.event for link in context.acts}
    for name, event in context.having("no-start").items():
        if context.is_measure(name) and name not in acts and not lifts(event):
            for loc, what in _without_start(event):
                message = f"{what} has no effective.from"
                yield finding_in(name, loc, message, "add the first day on which it applies")


def _without_start(event: Mapping[str, Any]) -> Iterator[tuple[Loc, str]]:
    own = event.get("effective", {})
    if "clauses" not in event and "from" not in own:
        yield ("status",), "the measure"
    for n, clause in enumerate(event.get("clauses", ())):
        if "from" not in clause.get("effective", own):
            yield ("clauses", n, "id"), f"clause {clause['id']}"
