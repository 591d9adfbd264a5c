"""A product does not begin with a known scheme of codes.

The schemes are `hs`, `us-hts`, `cn-customs`, `us-eccn`, `cn-control` and `material`.

FAIL:
- {id: 2025-10-09-cn-control, products: [hss:2846]}

PASS:
- {id: 2025-10-09-cn-control, products: [hs:2846]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.checks.context import RuleContext
    from rexctl.records import Finding

ID = "unknown-scheme"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each unknown scheme."""
    return context.unknown_codes(ID)
