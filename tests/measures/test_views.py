"""The calendar and the outcomes over small logs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rexctl.views.calendar import calendar
from rexctl.views.outcomes import outcomes, settled
from tests.measures.logs import act, fold_of, measure

A = "2025-01-01-a"
TODAY = date(2025, 3, 1)


def entries(
    *events: dict[str, Any], first: str = "2025-01-01", last: str = "2026-12-31"
) -> list[tuple[str, ...]]:
    days = [date.fromisoformat(day).toordinal() for day in (first, last)]
    table = calendar(fold_of(*events), events, settled(events), TODAY, days[0], days[1])
    return [(row.data["date"], row.data["what"]) for row in table.rows]


def rates(value: str, unit: str = "percent") -> list[dict[str, str]]:
    return [{"value": value, "unit": unit}]


def test_a_rate_changes_only_while_its_row_is_in_force() -> None:
    duty = measure(A, "2025-02-01", rates=rates("34"))
    less = act("2025-02-20-b", "suspends", A, "2025-03-01", "2025-06-01", rates=rates("24", "percentage-points"))  # fmt: skip
    assert entries(duty, less) == [
        ("2025-01-01", "scheduled"), ("2025-02-01", "in-force"), ("2025-03-01", "rate 10 percent"),
        ("2025-06-01", "rate 34 percent"),
    ]  # fmt: skip
    gone = act("2025-04-20-c", "revokes", A, "2025-05-01")
    assert entries(duty, less, gone)[3:] == [("2025-05-01", "revoked")]
    paused = act("2025-05-20-d", "suspends", A, "2025-05-20", "2025-07-01")
    assert entries(duty, less, paused)[3:] == [
        ("2025-05-20", "suspended"),
        ("2025-07-01", "in-force"),
    ]


def test_an_entry_of_an_imprecise_date_is_there_on_each_day_that_it_may_be() -> None:
    duty = measure(A, "2025-04", "2025-10/2025-12")
    assert entries(duty)[1:] == [
        ("2025-04-01/2025-04-30", "in-force"),
        ("2025-10-01/2025-12-31", "expired"),
    ]
    assert entries(duty, first="2025-04-10", last="2025-04-12") == [
        ("2025-04-01/2025-04-30", "in-force")
    ]
    assert entries(duty, first="2025-05-01", last="2025-09-30") == []


def test_deadlines_plans_commitments_reviews_and_starts_of_threats_are_entries_until_settled() -> (
    None
):
    threat = measure("2025-01-02-t", "2025-04-01", status="threatened", deadline="2025-03-20")
    plan = measure("2025-03-10-p", type="meeting", status="planned", review_by="2025-05-01")
    deal = measure("2025-01-03-d", type="agreement", status="signed",
                   commitments=[{"id": "soy", "what": "buys", "due": "2025-06"}])  # fmt: skip
    assert entries(threat, plan, deal) == [
        ("2025-03-10", "planned meeting"), ("2025-03-20", "deadline"), ("2025-04-01", "threatened start"),
        ("2025-05-01", "review"), ("2025-06", "commitment soy due"),
    ]  # fmt: skip
    done = [measure("2025-03-11-x", type="meeting", status="held", links=[
        {"rel": "carries-out", "to": plan["id"]}, {"rel": "averts", "to": threat["id"]},
        {"rel": "implements", "to": deal["id"], "clause": "soy"}])]  # fmt: skip
    assert entries(threat, plan, deal, *done) == [("2025-05-01", "review")]


def outcome(*events: dict[str, Any], kind: str = "", today: date = TODAY) -> list[tuple[str, str]]:
    table = outcomes(events, settled(events), today, kind)
    return [(row.data["kind"], row.data["what"]) for row in table.rows]


def settling(name: str, rel: str, to: str, **claim: Any) -> dict[str, Any]:
    target, _, clause = to.partition("#")
    link = {"rel": rel, "to": target, **({"clause": clause} if clause else {}), **claim}
    return measure(name, type="statement", status="made", links=[link])


THREAT = measure("2025-01-02-t", "2025-02-20", status="threatened", deadline="2025-02-10", condition="unless they sell")  # fmt: skip
PLAN = measure("2025-02-20-p", type="meeting", status="planned")
DEAL = measure("2025-01-03-d", type="agreement", status="signed",
               commitments=[{"id": "soy", "what": "buys", "due": "2025-02-27"}, {"id": "jet", "what": "flies"}])  # fmt: skip


@pytest.mark.parametrize(
    ("event", "today", "wanted"),
    [(THREAT, date(2025, 2, 15), "open, 5 days left; condition: unless they sell"),
     (THREAT, date(2025, 2, 20), "open, 0 days left; condition: unless they sell"),
     (THREAT, date(2025, 2, 21), "lapsed 1 day ago; condition: unless they sell"),
     (PLAN, date(2025, 2, 20), "open, 0 days left"), (PLAN, TODAY, "overdue for 9 days"),
     (measure("2025-01-05-q", "2025-01-06", status="proposed"), TODAY, "open")],
)  # fmt: skip
def test_a_threat_lapses_and_a_plan_is_overdue_after_its_last_day(
    event: dict[str, Any], today: date, wanted: str
) -> None:
    assert [what for _, what in outcome(event, today=today)] == [wanted]


def test_commitments_are_settled_one_by_one() -> None:
    done = settling("2025-02-01-x", "implements", f"{DEAL['id']}#jet", asserted_by=["US"], disputed_by=["CN"])  # fmt: skip
    assert outcome(DEAL, done, kind="commitment") == [
        ("commitment", "overdue for 2 days"),
        ("commitment", "carried out after 29 days by 2025-02-01-x, as told by US, disputed by CN"),
    ]  # fmt: skip


def test_the_latest_outcome_counts_and_another_account_stays_visible() -> None:
    averted = settling("2025-01-10-x", "averts", THREAT["id"], asserted_by=["CN"])
    called_off = settling("2025-01-12-y", "calls-off", THREAT["id"])
    row = next(iter(outcomes([THREAT], settled([called_off, averted]), TODAY).rows)).data
    assert (row["outcome"], row["by"], row["days"]) == ("called off", "2025-01-12-y", 10)
    assert row["what"].endswith("; averted after 8 days by 2025-01-10-x, as told by CN")


def test_a_retracted_event_settles_nothing_and_a_former_id_is_followed() -> None:
    retracted = settling("2025-01-10-x", "averts", THREAT["id"]) | {"confidence": "retracted"}
    assert outcome(THREAT, retracted) == [
        ("threat", "lapsed 9 days ago; condition: unless they sell")
    ]
    renamed = {**THREAT, "aliases": ["2025-01-02-old"]}
    assert outcome(renamed, settling("2025-01-10-x", "averts", "2025-01-02-old"))[0][1].startswith("averted")  # fmt: skip
