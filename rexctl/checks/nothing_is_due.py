"""Nothing waits for what came of it: no plan whose day has passed, no suspension past its end.

Log what came: the meeting held or called off, the suspension extended, or the measure back in force.
Where nothing can be logged yet, allow it in the event with the reason; with a `review_by`, which
is a check of its own, you will be asked again.

PASS:
- {id: 2099-10-talks, type: meeting, status: planned, date: 2099-10}

FAIL:
- {id: 2025-10-talks, type: meeting, status: planned, date: 2025-10}
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.checks import due
from rexctl.checks.rule import Case, Told
from rexctl.records import DUE

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "nothing-is-due"


def check(case: Case) -> Iterator[Told]:
    """Tell what has come due by today."""
    for row in due.waiting(case.events, case.today):
        yield Told(row.event, row.message, row.loc, row.hint, level=DUE)
