"""A measure does not start before the day it was made; where it does (a retroactive act), it is told once.

PASS:
- {id: 2025-10-09-cn-control, date: 2025-10-09, effective: {from: 2025-12-01}}

FAIL:
- {id: 2025-10-09-cn-control, date: 2025-10-09, effective: {from: 2025-09-01}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.checks.rule import Case, Told
from rexctl.plain import dates
from rexctl.plain.finding import WARNING

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "acts-start-after-their-date"


def check(case: Case) -> Iterator[Told]:
    """Tell each start that is certainly before the date."""
    for name, event in case.events.items():
        made = dates.span(str(event["date"]))[0]
        windows: list[tuple[tuple[str | int, ...], Any]] = [
            (("effective",), event.get("effective", {}))
        ]
        windows += [(("clauses", n, "effective"), clause.get("effective", {}))
                    for n, clause in enumerate(event.get("clauses", ()))]  # fmt: skip
        for loc, window in windows:
            if "from" in window and dates.span(str(window["from"]))[1] < made:
                yield Told(name, f"starts on {window['from']}, before its date {event['date']}",
                           (*loc, "from"), "allow it with a reason if the act is retroactive",
                           level=WARNING)  # fmt: skip
