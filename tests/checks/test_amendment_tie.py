from __future__ import annotations

from typing import Any

import pytest

from tests.checks.cases import linked, locations
from tests.store.logs import event

CODE = "amendment-tie"
DUTY = "2025-04-02-us-duty"


def two(**second: Any) -> list[tuple[str, tuple[str | int, ...]]]:
    rise = {"date": "2025-04-09", "effective": {"from": "2025-04-10"}}
    one = linked("2025-04-09-a", "amends", DUTY, **rise)
    return locations(
        CODE, event(DUTY), one, linked("2025-04-09-b", "amends", DUTY, **(rise | second))
    )


def test_a_tie_is_reported_once_at_the_later_id() -> None:
    assert two() == [("2025-04-09-b", ("links", 0, "rel"))]


@pytest.mark.parametrize(
    "second",
    [{"date": "2025-04-10"}, {"time": "10:00"}, {"effective": {"from": "2025-04-11"}}, {"effective": {}},
     {"link": {"clause": "1"}}],
)  # fmt: skip
def test_another_date_time_start_or_clause_makes_an_order(second: dict[str, Any]) -> None:
    assert two(**second) == []


def test_one_event_that_amends_two_clauses_is_no_tie_with_itself() -> None:
    one = linked("2025-04-09-a", "amends", DUTY)
    one["links"] *= 2
    assert locations(CODE, event(DUTY), one) == []
