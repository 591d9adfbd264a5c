from __future__ import annotations

import pytest

from rexctl.model.tables import RELATIONS
from tests.checks.cases import linked, locations
from tests.store.logs import event

CODE = "effect-before-cause"
AFTER = {"responds-to", "carries-out", "calls-off", "averts", "implements", "follows-up"}
OWN, TO = "2025-10-08-a", "2025-10-09-b"


@pytest.mark.parametrize("rel", RELATIONS)
def test_just_the_links_that_follow_something_want_a_later_date(rel: str) -> None:
    assert locations(CODE, linked(OWN, rel, TO), event(TO)) == (
        [(OWN, ("links", 0, "to"))] if rel in AFTER else []
    )


@pytest.mark.parametrize(
    ("own", "cause", "wrong"),
    [("2025-10-09", "2025-10-09", False), ("2025-10", "2025-10-31", False), ("2025-09", "2025-10", True),
     ("2025", "2025-12-31", False), ("2024", "2025-01-01", True), ("2025-10-08", "../2025", False)],
)  # fmt: skip
def test_only_what_is_certainly_earlier_is_reported(own: str, cause: str, wrong: bool) -> None:
    assert (
        bool(locations(CODE, linked(OWN, "responds-to", TO, date=own), event(TO, date=cause)))
        is wrong
    )


@pytest.mark.parametrize("status", ["planned", "expected", "threatened", "proposed"])
def test_what_was_only_planned_may_be_answered_before_its_day(status: str) -> None:
    assert locations(CODE, linked(OWN, "calls-off", TO), event(TO, status=status)) == []
