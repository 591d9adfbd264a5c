"""A country is not a code of ISO 3166-1, nor EU or XK.

FAIL:
- {id: 2025-10-09-cn-list, type: sanction, entities: [{name: TechInsights, country: Canada}]}

PASS:
- {id: 2025-10-09-cn-list, type: sanction, entities: [{name: TechInsights, country: CA}]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.checks.context import RuleContext
    from rexctl.records import Finding

ID = "unknown-country"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each unknown country."""
    return context.unknown_codes(ID)
