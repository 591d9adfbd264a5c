"""A time zone is not a name of the IANA database.

FAIL:
- {id: 2025-10-09-cn-control, tz: Beijing}

PASS:
- {id: 2025-10-09-cn-control, tz: Asia/Shanghai}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.checks.context import RuleContext
    from rexctl.records import Finding

ID = "unknown-zone"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each unknown time zone."""
    return context.unknown_codes(ID)
