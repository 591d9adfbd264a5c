"""A product code does not exist in its scheme.

Codes `hs:` are looked up in HS 2022, codes `material:` in the vocabulary. For other schemes only
the form of the code is checked.

FAIL:
- {id: 2025-10-09-cn-control, products: [hs:2847.99]}

PASS:
- {id: 2025-10-09-cn-control, products: [hs:2846]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.checks.context import RuleContext
    from rexctl.records import Finding

ID = "unknown-product"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each unknown product."""
    return context.unknown_codes(ID)
