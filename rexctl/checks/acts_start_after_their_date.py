"""A measure does not start before the day it was made; where it does (a retroactive act), it is told once.

PASS:
- {id: 2025-10-09-cn-control, date: 2025-10-09, effective: {from: 2025-12-01}}

FAIL:
- {id: 2025-10-09-cn-control, date: 2025-10-09, effective: {from: 2025-09-01}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.checks.rule import Case, Told, span
from rexctl.records import WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rexctl.checks.rule import Loc

ID = "acts-start-after-their-date"


def check(case: Case) -> Iterator[Told]:
    """Tell each start that is certainly before the date."""
    for name, event in case.events.items():
        for loc, window in _windows(event):
            if "from" in window and span(window["from"])[1] < span(event["date"])[0]:
                yield Told(name, f"starts on {window['from']}, before its date {event['date']}",
                           (*loc, "from"), "allow it with a reason if the act is retroactive",
                           level=WARNING)  # fmt: skip


def _windows(event: Mapping[str, Any]) -> Iterator[tuple[Loc, Mapping[str, str]]]:
    """Give the window of the event and that of each clause, with their places."""
    if "effective" in event:
        yield ("effective",), event["effective"]
    for number, clause in enumerate(event.get("clauses", ())):
        if "effective" in clause:
            yield ("clauses", number, "effective"), clause["effective"]
