"""What an event allows is a check: under a misspelt name it allows nothing, and nobody is told why.

Only checks across events can be allowed. A fault of the file itself is mended.

PASS:
- {id: 2025-10-09-a, allow: [{check: near-duplicates, reason: Two announcements of one day.}]}

FAIL:
- {id: 2025-10-09-a, allow: [{check: near-duplicate, reason: Two announcements of one day.}]}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.checks import CHECKS
from rexctl.checks.rule import Case, Told
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "allowances-name-checks"


def check(case: Case) -> Iterator[Told]:
    """Tell each name that an event allows and that is no check."""
    for name, event in case.events.items():
        for number, part in enumerate(event.get("allow", ())):
            given = str(part["check"])
            if given not in CHECKS:
                yield Told(name, f"{given}: no such check across events",
                           ("allow", number, "check"),
                           did_you_mean(given, CHECKS) or f"one of {', '.join(CHECKS)}")  # fmt: skip
