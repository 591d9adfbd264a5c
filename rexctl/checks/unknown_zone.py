"""Each time zone is a name of the IANA database.

PASS:
- {id: 2025-10-09-cn-control, tz: Asia/Shanghai}

FAIL:
- {id: 2025-10-09-cn-control, tz: Beijing}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.checks.rule import Case, Told

ID = "unknown-zone"


def check(case: Case) -> Iterator[Told]:
    """Report each time zone that is not known."""
    return case.unknown_codes(ID)
