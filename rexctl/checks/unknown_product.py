"""Each product is a code that its scheme has: HS 2022, a national tariff, a control list, a material.

PASS:
- {id: 2025-10-09-cn-control, products: [hs:2846]}

FAIL:
- {id: 2025-10-09-cn-control, products: [hs:2847.99]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.checks.rule import Case, Told

ID = "unknown-product"


def check(case: Case) -> Iterator[Told]:
    """Report each product that is not known."""
    return case.unknown_codes(ID)
