from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.checks.cases import TODAY, findings_of
from tests.store.logs import event

if TYPE_CHECKING:
    from datetime import date

    from rexctl.records import Finding


def overdue(*events: dict[str, Any], today: date = TODAY) -> list[Finding]:
    return findings_of("overdue", event("2025-10-09-control"), *events, today=today)


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
    found = overdue(planned(day))
    assert bool(found) is passed
    for one in found:
        assert (one.event, one.loc) == ("2025-10-01-plan", ("date",))
        assert day in one.message


@pytest.mark.parametrize("status", ["held", "cancelled", "adopted", "threatened"])
def test_only_what_is_planned_or_expected_waits(status: str) -> None:
    assert overdue(planned("2025-10-01", status=status)) == []
    assert len(overdue(planned("2025-10-01", status="expected"))) == 1


@pytest.mark.parametrize("rel", ["carries-out", "calls-off", "averts"])
def test_a_plan_that_something_came_of_waits_no_more(rel: str) -> None:
    assert overdue(planned("2025-10-01"), linked("2025-10-02-came", rel)) == []


def test_another_link_and_a_retracted_event_settle_nothing() -> None:
    assert len(overdue(planned("2025-10-01"), linked("2025-10-02-came", "clarifies"))) == 1
    assert (
        len(
            overdue(
                planned("2025-10-01"),
                linked("2025-10-02-came", "calls-off", confidence="retracted"),
            )
        )
        == 1
    )


def test_a_retracted_event_waits_for_nothing() -> None:
    gone = planned("2025-10-01", confidence="retracted", review_by="2025-10-02")
    assert overdue(gone) == []


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
    assert [one.loc for one in overdue(suspension(**window))] == (
        [("effective", place)] if place else []
    )


def test_a_suspension_that_was_moved_or_not_adopted_waits_for_nothing() -> None:
    over = suspension(until="2025-11-01")
    for rel in ("extends", "revokes", "replaces"):
        assert overdue(over, linked("2025-11-08-next", rel, "2025-11-07-pause")) == []
    for rel in ("amends", "resumes"):  # which is possible for a measure only
        assert len(overdue(over, linked("2025-11-08-next", rel, "2025-11-07-pause"))) == 1
    assert overdue(over | {"status": "threatened"}) == []
    assert overdue(event("2025-11-07-control", effective={"until": "2025-11-01"})) == []


@pytest.mark.parametrize(("day", "passed"), [("2025-11-09", True), ("2025-11-10", False)])
def test_a_promised_second_look_is_due_the_day_after(day: str, passed: bool) -> None:
    found = overdue(event("2025-10-09-a", review_by=day))
    assert [one.loc for one in found] == ([("review_by",)] if passed else [])


def test_a_review_by_and_an_ended_suspension_are_two_findings() -> None:
    both = suspension(until="2025-11-01") | {"review_by": "2025-11-01"}
    assert {one.loc[-1] for one in overdue(both)} == {"until", "review_by"}


PAUSE = "2025-11-07-pause"


def extending(name: str, until: str, to: str = PAUSE, **more: Any) -> dict[str, Any]:
    return linked(name, "extends", to, effective={"until": until}, **more)


def test_the_end_of_an_extension_is_due_in_its_own_file() -> None:
    first = extending("2025-11-08-more", "2025-11-09")
    (one,) = overdue(suspension(until="2025-11-08"), first)
    assert (one.event, one.loc) == ("2025-11-08-more", ("effective", "until"))
    assert overdue(suspension(until="2025-11-08"), extending("2025-11-08-more", "2025-11-12")) == []
    assert overdue(event("2025-11-07-pause"), first) == [], "what is extended here is no suspension"


@pytest.mark.parametrize("to", [PAUSE, "2025-11-08-more"])
def test_of_several_extensions_the_last_one_tells_the_end(to: str) -> None:
    log = [suspension(until="2025-11-08"), extending("2025-11-08-more", "2025-11-09")]
    assert overdue(*log, extending("2025-11-09-more", "2025-11-12", to)) == []
    (one,) = overdue(*log, extending("2025-11-09-more", "2025-11-10", to))
    assert one.event == "2025-11-09-more"


def test_a_threat_to_extend_is_no_second_look() -> None:
    threat = extending("2025-11-08-more", "2025-12-01", status="threatened")
    assert [one.event for one in overdue(suspension(until="2025-11-08"), threat)] == [PAUSE]


@pytest.mark.parametrize(
    ("rel", "waits"), [("resumes", 0), ("revokes", 0), ("replaces", 0), ("extends", 1)]
)
def test_what_ends_the_measure_ends_what_suspends_it(rel: str, waits: int) -> None:
    after = linked("2025-11-08-next", rel, "2025-10-09-control")
    before = linked("2025-10-20-next", rel, "2025-10-09-control")
    assert len(overdue(suspension(until="2025-11-09"), after)) == waits
    assert len(overdue(suspension(until="2025-11-09"), before)) == 1


def by_clauses(**windows: str) -> dict[str, Any]:
    return event(
        PAUSE,
        clauses=[{"id": n, "effective": {"until": until}} for n, until in windows.items()],
        links=[{"rel": "suspends", "to": "2025-10-09-control", "via": n} for n in windows],
    )


def test_each_clause_that_suspends_has_an_end_of_its_own() -> None:
    found = overdue(by_clauses(a="2025-11-09", b="2025-11-30", c="2025-11-08"))
    assert [one.loc for one in found] == [
        ("clauses", 0, "effective", "until"), ("clauses", 2, "effective", "until"),
    ]  # fmt: skip


def test_a_clause_that_was_extended_waits_no_more_and_the_others_do() -> None:
    more = extending("2025-11-08-more", "2025-12-01")
    more["links"][0]["clause"] = "a"
    found = overdue(by_clauses(a="2025-11-09", b="2025-11-09"), more)
    assert [one.loc[1] for one in found] == [1]


def test_a_clause_without_a_window_has_that_of_its_act() -> None:
    act = by_clauses(a="2025-11-09") | {"effective": {"through": "2025-11-08"}}
    del act["clauses"][0]["effective"]
    assert [one.loc for one in overdue(act)] == [("effective", "through")]


def test_two_measures_suspended_by_one_act_are_reported_of_once() -> None:
    act = suspension(until="2025-11-09")
    act["links"].append({"rel": "suspends", "to": "2025-10-08-other"})
    assert len(overdue(act)) == 1


def test_a_link_to_a_former_id_counts() -> None:
    plan = planned("2025-10-05", aliases=["2025-10-01-former"])
    assert overdue(plan, linked("2025-10-05-met", "carries-out", "2025-10-01-former")) == []


@pytest.mark.parametrize(
    ("days", "loc"),
    [({"deadline": "2025-11-09"}, ("deadline",)), ({"deadline": "2025-11-10"}, None),
     ({"deadline": "2025-11-01", "effective": {"from": "2025-12-01"}}, None),
     ({"deadline": "2025-11-01", "effective": {"from": "2025-11-05"}}, ("effective", "from")), ({}, None)],
)  # fmt: skip
def test_a_threat_is_due_after_the_later_of_deadline_and_start(
    days: dict[str, Any], loc: tuple[str, ...] | None
) -> None:
    threat = event(
        "2025-10-01-plan", type="tariff", status="threatened", **({"effective": {}} | days)
    )
    assert [one.loc for one in overdue(threat)] == ([loc] if loc else [])
    for rel in ("carries-out", "calls-off", "averts"):
        assert overdue(threat, linked("2025-11-02-came", rel)) == []


def test_a_deadline_and_a_commitment_are_due_until_something_settles_them() -> None:
    demand = event("2025-10-01-plan", type="statement", act="demand", deadline="2025-11-01")
    assert [one.message for one in overdue(demand)] == ["deadline 2025-11-01 has passed"]
    assert overdue(demand, linked("2025-11-02-came", "carries-out")) == []
    deal = event("2025-10-01-plan", type="agreement", commitments=[
        {"id": "soy", "what": "Buys soy.", "due": "2025-10"}, {"id": "ore", "what": "Sells ore."},
    ])  # fmt: skip
    (one,) = overdue(deal)
    assert (one.loc, one.message) == (
        ("commitments", 0, "due"), "commitment soy due 2025-10, which has passed",
    )  # fmt: skip
    met = linked("2025-11-02-came", "implements")
    met["links"][0]["clause"] = "soy"
    assert overdue(deal, met) == []
