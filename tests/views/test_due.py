from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rexctl.views.due import Due, waiting
from tests.store.logs import event

TODAY = date(2025, 11, 10)


def due(*events: dict[str, Any], today: date = TODAY) -> list[Due]:
    return list(waiting({str(e["id"]): e for e in events}, today))


def planned(day: str, **more: Any) -> dict[str, Any]:
    return event("2025-10-01-plan", type="meeting", **({"status": "planned", "date": day} | more))


def linked(name: str, rel: str, to: str = "2025-10-01-plan", **more: Any) -> dict[str, Any]:
    return event(name, links=[{"rel": rel, "to": to}], **more)


@pytest.mark.parametrize(
    ("day", "passed"),
    [("2025-11-09", True), ("2025-11-10", False), ("2025-11-11", False), ("2025-10", True), ("2025-11", False),
     ("2025", False), ("2024", True), ("2025-11-01/2025-11-09", True), ("2025-11-01/2025-11-10", False),
     ("2025-01-01/..", False), ("../2025-11-01", True)],
)  # fmt: skip
def test_a_plan_is_due_when_the_last_day_it_may_mean_has_passed(day: str, passed: bool) -> None:
    found = due(planned(day))
    assert bool(found) is passed
    for one in found:
        assert (one.event, one.loc) == ("2025-10-01-plan", ("date",))
        assert day in one.message


@pytest.mark.parametrize("status", ["held", "cancelled", "adopted", "threatened"])
def test_only_what_is_planned_or_expected_waits(status: str) -> None:
    assert due(planned("2025-10-01", status=status)) == []
    assert len(due(planned("2025-10-01", status="expected"))) == 1


@pytest.mark.parametrize("rel", ["carries-out", "calls-off", "averts"])
def test_a_plan_that_something_came_of_waits_no_more(rel: str) -> None:
    assert due(planned("2025-10-01"), linked("2025-10-02-came", rel)) == []


def test_another_link_and_a_retracted_event_settle_nothing() -> None:
    assert len(due(planned("2025-10-01"), linked("2025-10-02-came", "clarifies"))) == 1
    assert (
        len(
            due(
                planned("2025-10-01"),
                linked("2025-10-02-came", "calls-off", confidence="retracted"),
            )
        )
        == 1
    )


def test_a_retracted_event_waits_for_nothing() -> None:
    assert due(planned("2025-10-01", confidence="retracted", review_by="2025-10-02")) == []


def suspension(**window: str) -> dict[str, Any]:
    return linked("2025-11-07-pause", "suspends", "2025-10-09-control", effective=window)


@pytest.mark.parametrize(
    ("window", "place"),
    [({"until": "2025-11-10"}, "until"), ({"until": "2025-11-11"}, None), ({"through": "2025-11-09"}, "through"),
     ({"through": "2025-11-10"}, None), ({"from": "2025-01-01"}, None), ({"until": "2025-11"}, None)],
)  # fmt: skip
def test_a_suspension_is_due_on_its_first_day_without_force(
    window: dict[str, str], place: str | None
) -> None:
    assert [one.loc for one in due(suspension(**window))] == (
        [("effective", place)] if place else []
    )


def test_a_suspension_that_was_moved_or_not_adopted_waits_for_nothing() -> None:
    over = suspension(until="2025-11-01")
    for rel in ("extends", "resumes", "revokes", "replaces"):
        assert due(over, linked("2025-11-08-next", rel, "2025-11-07-pause")) == []
    assert len(due(over, linked("2025-11-08-next", "amends", "2025-11-07-pause"))) == 1
    assert due(over | {"status": "threatened"}) == []
    assert due(event("2025-11-07-control", effective={"until": "2025-11-01"})) == []


@pytest.mark.parametrize(("day", "passed"), [("2025-11-09", True), ("2025-11-10", False)])
def test_a_promised_second_look_is_due_the_day_after(day: str, passed: bool) -> None:
    found = due(event("2025-10-09-a", review_by=day))
    assert [one.loc for one in found] == ([("review_by",)] if passed else [])


def test_one_event_may_wait_for_several_things() -> None:
    assert [
        one.loc[-1] for one in due(suspension(until="2025-11-01") | {"review_by": "2025-11-01"})
    ] == ["until", "review_by"]
