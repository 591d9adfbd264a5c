from __future__ import annotations

from typing import Any

from tests.checks.cases import findings_of, linked, locations
from tests.store.logs import event

CODE = "missing-clause"
CONTROL = event("2025-10-09-control", clauses=[{"id": "1(1)"}, {"id": "1(2)"}])
DEAL = event("2025-10-30-deal", type="agreement", commitments=[{"id": "soy"}])


def pause(to: str, **more: Any) -> dict[str, Any]:
    return linked("2025-11-07-pause", "suspends", to, **more)


def test_clauses_and_commitments_of_the_target_may_be_named() -> None:
    assert locations(CODE, CONTROL, pause("2025-10-09-control", link={"clause": "1(2)"})) == []
    assert locations(CODE, DEAL, pause("2025-10-30-deal", link={"clause": "soy"})) == []


def test_a_missing_clause_is_reported_with_those_there_are() -> None:
    (one,) = findings_of(CODE, CONTROL, pause("2025-10-09-control", link={"clause": "annex"}))
    assert (one.loc, one.hint) == (("links", 0, "clause"), "it has 1(1), 1(2)")
    (none,) = findings_of(
        CODE, event("2025-10-09-bare"), pause("2025-10-09-bare", link={"clause": "1"})
    )
    assert none.hint == "add clauses to that event first"


def test_a_way_is_a_clause_of_the_event_itself() -> None:
    good = pause("2025-10-09-control", link={"via": "2"}, clauses=[{"id": "2"}])
    assert locations(CODE, CONTROL, good) == []
    bad = pause("2025-10-09-control", link={"via": "1(1)"}, clauses=[{"id": "2"}])
    assert locations(CODE, CONTROL, bad) == [("2025-11-07-pause", ("links", 0, "via"))]


def test_of_a_target_that_is_not_there_no_clause_is_missed() -> None:
    assert locations(CODE, pause("2025-10-09-gone", link={"clause": "1"})) == []
