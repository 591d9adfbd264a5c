"""An actor is not a code of the vocabulary.

An actor is a country (`CN`), a body of one (`CN/mofcom`), an organisation, a bloc or a firm.
Write the code instead of the name, or add the actor to `vocabulary/actors.yaml`.

FAIL:
- {id: 2025-10-09-cn-control, actors: [China]}

PASS:
- {id: 2025-10-09-cn-control, actors: [CN/mofcom]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.checks.context import RuleContext
    from rexctl.records import Finding

ID = "unknown-actor"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each unknown actor."""
    return context.unknown_codes(ID)
