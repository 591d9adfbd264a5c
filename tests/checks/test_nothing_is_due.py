from __future__ import annotations

from typing import Any

from tests.checks.cases import told
from tests.store.logs import event


def planned(day: str) -> dict[str, Any]:
    return event("2025-10-09-a", type="meeting", status="planned", date=day)


def test_what_waits_is_told_as_due_and_never_as_an_error() -> None:
    (one,) = told("nothing-is-due", planned("2025-11-09"), event("2025-10-10-b"))
    assert (one.event, one.loc, one.level) == ("2025-10-09-a", ("date",), "due")


def test_the_day_itself_is_not_past() -> None:
    assert told("nothing-is-due", planned("2025-11-10")) == []


def test_a_suspension_by_a_clause_is_seen_in_the_slim_log_as_well() -> None:
    (one,) = told(
        "nothing-is-due",
        event("2025-10-09-b"),
        event(
            "2025-10-10-a", clauses=[{"id": "1", "effective": {"through": "2025-11-09"}}],
            links=[{"rel": "suspends", "to": "2025-10-09-b", "via": "1"}],
        ),
    )  # fmt: skip
    assert one.loc == ("clauses", 0, "effective", "through")
