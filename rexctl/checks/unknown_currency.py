"""A currency is not a code of ISO 4217.

FAIL:
- {id: 2025-10-14-cn-fee, type: trade-measure, charge: {currency: RMB}}

PASS:
- {id: 2025-10-14-cn-fee, type: trade-measure, charge: {currency: CNY}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.checks.context import RuleContext
    from rexctl.records import Finding

ID = "unknown-currency"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each unknown currency."""
    return context.unknown_codes(ID)
