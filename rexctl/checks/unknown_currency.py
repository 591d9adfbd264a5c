"""Each currency is a code of ISO 4217.

PASS:
- {id: 2025-10-09-cn-control, type: trade-measure, charge: {currency: CNY}}

FAIL:
- {id: 2025-10-09-cn-control, type: trade-measure, charge: {currency: RMB}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.checks.rule import Case, Told

ID = "unknown-currency"


def check(case: Case) -> Iterator[Told]:
    """Report each currency that is not known."""
    return case.unknown_codes(ID)
