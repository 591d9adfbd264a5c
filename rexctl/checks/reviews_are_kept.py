"""Every event was looked at again by its `review_by`.

It is not the check `nothing-is-due`, so that an event may allow that a suspension has ended with
nothing logged after it, and still ask for another look by a day.

PASS:
- {id: 2025-10-09-a, review_by: 2099-11-10}

FAIL:
- {id: 2025-10-09-a, review_by: 2025-11-10}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.checks import due
from rexctl.checks.rule import Case, Told
from rexctl.records import DUE

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "reviews-are-kept"


def check(case: Case) -> Iterator[Told]:
    """Tell each event whose day of review has passed."""
    for row in due.reviews(case.events, case.today):
        yield Told(row.event, row.message, row.loc, row.hint, level=DUE)
