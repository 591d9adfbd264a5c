"""Each country is a code of ISO 3166-1, EU or XK.

PASS:
- {id: 2025-10-09-cn-control, type: sanction, entities: [{name: TechInsights, country: CA}]}

FAIL:
- {id: 2025-10-09-cn-control, type: sanction, entities: [{name: TechInsights, country: Canada}]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.checks.rule import Case, Told

ID = "unknown-country"


def check(case: Case) -> Iterator[Told]:
    """Report each country that is not known."""
    return case.unknown_codes(ID)
