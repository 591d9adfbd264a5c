"""Each product begins with a scheme of product codes: `hs:`, `us-hts:`, `material:` ...

PASS:
- {id: 2025-10-09-cn-control, products: [hs:2846]}

FAIL:
- {id: 2025-10-09-cn-control, products: [hss:2846]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.checks.rule import Case, Told

ID = "unknown-scheme"


def check(case: Case) -> Iterator[Told]:
    """Report each scheme of products that is not known."""
    return case.unknown_codes(ID)
