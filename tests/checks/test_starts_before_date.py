from __future__ import annotations

import pytest

from tests.checks.cases import locations
from tests.store.logs import event

CODE = "starts-before-date"
NAME = "2025-10-09-a"


@pytest.mark.parametrize(
    ("day", "start", "wrong"),
    [("2025-10-09", "2025-10-09", False), ("2025-10-09", "2025-10-08", True), ("2025-10-09", "2025-10", False),
     ("2025-10-09", "2025-09", True), ("2025-10", "2025-09-30", True), ("2025-10", "2025-10-01", False),
     ("../2025", "2020", False)],
)  # fmt: skip
def test_only_a_start_that_is_certainly_earlier_is_reported(
    day: str, start: str, wrong: bool
) -> None:
    found = locations(CODE, event(NAME, date=day, effective={"from": start}))
    assert found == ([(NAME, ("effective", "from"))] if wrong else [])


def test_a_clause_is_reported_at_its_own_place() -> None:
    clauses = [{"id": "1"}, {"id": "2", "effective": {"from": "2025-09-01"}}]
    assert locations(CODE, event(NAME, clauses=clauses)) == [
        (NAME, ("clauses", 1, "effective", "from"))
    ]
