"""The calendar and the outcomes over small logs."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rexctl.views.calendar import calendar, in_words
from rexctl.views.outcomes import outcomes, settled
from tests.measures.logs import act, fold_of, measure

A = "2025-01-01-a"
TODAY = date(2025, 3, 1)


def entries(
    *events: dict[str, Any], first: str = "2025-01-01", last: str = "2026-12-31"
) -> list[tuple[str, ...]]:
    days = [date.fromisoformat(day).toordinal() for day in (first, last)]
    table = calendar(fold_of(*events), None, events, settled(events), TODAY, (days[0], days[1]))
    return [(row.data["date"], row.data["what"]) for row in table.rows]


def rates(value: str, unit: str = "percent") -> list[dict[str, str]]:
    return [{"value": value, "unit": unit}]


def test_a_rate_changes_only_while_its_row_is_in_force() -> None:
    duty = measure(A, "2025-02-01", rates=rates("34"))
    less = act("2025-02-20-b", "suspends", A, "2025-03-01", "2025-06-01", rates=rates("24", "percentage-points"))  # fmt: skip
    assert entries(duty, less) == [
        ("2025-02-01", "in-force"), ("2025-03-01", "rate 10 percent, was 34 percent"),
        ("2025-06-01", "rate 34 percent, was 10 percent"),
    ]  # fmt: skip
    gone = act("2025-04-20-c", "revokes", A, "2025-05-01")
    assert entries(duty, less, gone)[2:] == [("2025-05-01", "revoked")]
    paused = act("2025-05-20-d", "suspends", A, "2025-05-20", "2025-07-01")
    assert entries(duty, less, paused)[2:] == [
        ("2025-05-20", "suspended"),
        ("2025-07-01", "in-force"),
    ]


def test_an_entry_of_an_imprecise_date_is_there_on_each_day_that_it_may_be() -> None:
    duty = measure(A, "2025-04", "2025-10/2025-12")
    assert entries(duty) == [
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
    held = ("2025-03-11", "meeting held")
    assert entries(threat, plan, deal, *done) == [held, ("2025-05-01", "review")]


def table_rows(*events: dict[str, Any], every: bool = False) -> list[tuple[str, str, str]]:
    fold = fold_of(*events)
    days = date(2025, 1, 1).toordinal(), date(2026, 12, 31).toordinal()
    table = calendar(fold, None, events, settled(events), TODAY, days)
    return [(row.data["what"], row.data["title"], row.data["id"])
            for row in in_words(table, fold, every=every).rows]  # fmt: skip


def test_measures_that_an_act_changes_alike_are_one_row_of_the_act() -> None:
    two = [measure(name, "2025-01-01") for name in (A, "2025-01-01-b")]
    links = [{"rel": "suspends", "to": one["id"]} for one in two]
    pause = act("2025-02-20-c", "suspends", A, "2025-03-01", "2025-06-01") | {"links": links}
    assert [(what, name) for what, _, name in table_rows(*two, pause)[2:]] == [
        (f"2 measures suspended until 2025-06-01, by {pause['id']}", pause["id"]),
        (f"2 measures in-force, at the end of {pause['id']}", pause["id"]),
    ]
    alone = table_rows(*two, pause, every=True)[2:]
    assert [(what, name) for what, _, name in alone] == [
        (f"suspended until 2025-06-01, by {pause['id']}", A),
        (f"suspended until 2025-06-01, by {pause['id']}", "2025-01-01-b"),
        (f"in-force, at the end of {pause['id']}", A),
        (f"in-force, at the end of {pause['id']}", "2025-01-01-b"),
    ]


def test_a_suspension_over_measures_that_have_not_started_is_one_row_to_its_end() -> None:
    two = [measure(name, day) for name, day in ((A, "2025-03-10"), ("2025-01-01-b", "2025-02-10"))]
    links = [{"rel": "suspends", "to": one["id"]} for one in two]
    pause = act("2025-02-20-c", "suspends", A, "2025-03-01", "2025-06-01") | {"links": links}
    assert [what for what, _, _ in table_rows(*two, pause)] == [
        "in-force until 2025-03-01", f"2 measures suspended until 2025-06-01, by {pause['id']}",
        f"2 measures in-force, at the end of {pause['id']}",
    ]  # fmt: skip
    assert len(table_rows(*two, pause, every=True)) == 5
    assert entries(*two, pause)[3] == ("2025-03-10", "never-took-effect")  # the state, in rows
    gone = act("2025-04-01-d", "revokes", A, "2025-04-01")
    assert table_rows(two[0], pause, gone)[0][0] == f"suspended, by {pause['id']}"


def test_a_suspension_that_begins_with_the_measure_is_a_row() -> None:
    pause = act("2025-02-20-c", "suspends", A, "2025-03-01", "2025-06-01")
    assert table_rows(measure(A, "2025-03-01"), pause)[0][0] == (
        f"never-took-effect until 2025-06-01, by {pause['id']}"
    )


def test_clauses_beside_measures_that_an_act_changes_alike_are_counted_as_clauses() -> None:
    duty = measure(A, clauses=[
        {"id": name, "title": f"Part {name}", "effective": {"from": "2025-01-01"}} for name in "xyz"])  # fmt: skip
    other = measure("2025-01-01-b", "2025-01-01")
    end = act("2025-02-20-c", "revokes", A, "2025-03-01")
    link = end["links"][0]
    both = {**link, "to": other["id"]}
    some = end | {"links": [both, {**link, "clause": "x"}, {**link, "clause": "y"}]}
    assert table_rows(duty, other, some)[-1][0] == (
        f"1 measure and 2 clauses of {A} revoked, by {end['id']}"
    )
    whole = table_rows(duty, other, end | {"links": [both, link]})
    assert whole[-1][0] == f"2 measures revoked, by {end['id']}"


def test_a_rate_is_until_the_next_rate() -> None:
    duty = measure(A, "2025-02-01", rates=rates("34"))
    more = [
        act(f"2025-02-2{n}-b", "amends", A, f"2025-03-0{n}", rates=rates(f"{n}0")) for n in (5, 6)
    ]
    assert [what for what, _, _ in table_rows(duty, *more)] == [
        "in-force at 34 percent until 2025-03-05",
        f"rate 50 percent until 2025-03-06, was 34 percent, by {more[0]['id']}",
        f"rate 60 percent, was 50 percent, by {more[1]['id']}",
    ]


def test_an_act_that_puts_off_an_end_is_an_entry_on_its_day() -> None:
    duty = measure(A, "2025-02-01", "2025-09-01", rates=rates("34"))
    less = act("2025-02-20-b", "suspends", A, "2025-03-01", "2025-06-01", rates=rates("24", "percentage-points"))  # fmt: skip
    longer = act("2025-05-01-c", "extends", less["id"], "2025-05-01", "2025-08-01")
    later = act("2025-05-10-d", "extends", A, "2025-05-10", "2025-12-01")
    assert table_rows(duty, less, longer, later)[2:4] == [
        (f"suspension of 24 points runs on until 2025-08-01, was until 2025-06-01, by {longer['id']}",
         duty["title"], A),
        (f"runs on until 2025-12-01, was until 2025-09-01, by {later['id']}", duty["title"], A),
    ]  # fmt: skip
    for_ever = act("2025-05-01-c", "extends", less["id"], "2025-05-01")
    assert table_rows(duty, less, for_ever)[2][0] == (
        f"suspension of 24 points runs on without an end, was until 2025-06-01, by {for_ever['id']}"
    )
    gone = act("2025-04-20-e", "revokes", A, "2025-04-20")
    assert [what for what, _, _ in table_rows(duty, less, longer, gone)][2:] == [
        f"revoked, by {gone['id']}"
    ]


def test_entries_are_in_the_order_of_their_first_days() -> None:
    held = [measure(f"2025-03-0{n}-p", type="meeting", status="held") for n in (1, 2, 3)]
    held[0]["date"] = "2025-03-01/2025-05"
    assert [day for day, _ in entries(*held)] == ["2025-03-01/2025-05", "2025-03-02", "2025-03-03"]


def test_clauses_of_one_measure_that_an_act_changes_alike_are_one_row_of_the_measure() -> None:
    duty = measure(A, clauses=[
        {"id": name, "title": f"Part {name}", "effective": {"from": "2025-01-01"}} for name in "xyz"])  # fmt: skip
    end = act("2025-02-20-c", "revokes", A, "2025-03-01")
    end["links"] = [{**end["links"][0], "clause": name} for name in "xy"]
    assert table_rows(duty, end)[3:] == [(f"revoked, by {end['id']}", f"{duty['title']} (x, y)", A)]


def test_an_entry_says_the_rate_with_which_a_duty_begins_and_counts_days_only_to_come() -> None:
    duty = measure(A, "2025-02-01", "2025-04-01", rates=rates("34"))
    days = date(2025, 1, 1).toordinal(), date(2025, 12, 31).toordinal()
    begun, ended = calendar(fold_of(duty), None, [duty], {}, TODAY, days).rows
    assert (begun.data["rate"], begun.data["until"]) == ("34 percent", "2025-04-01")
    assert "days_left" not in begun.data
    assert ended.data["days_left"] == 31
    assert table_rows(duty)[0][0] == "in-force at 34 percent until 2025-04-01"


def outcome(*events: dict[str, Any], kind: str = "", today: date = TODAY) -> list[tuple[str, str]]:
    table = outcomes(events, settled(events), today, kind)
    return [(row.data["kind"], f"{row.data['outcome']}: {row.data['how']}") for row in table.rows]


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
    [(THREAT, date(2025, 2, 15), "open: 5 days to its start; condition: unless they sell"),
     (THREAT, date(2025, 2, 20), "open: its start is today; condition: unless they sell"),
     (THREAT, date(2025, 2, 21), "lapsed: its start passed 1 day ago; condition: unless they sell"),
     (PLAN, date(2025, 2, 20), "open: its last day is today"),
     (PLAN, TODAY, "overdue: its last day passed 9 days ago"),
     (measure("2025-01-05-q", "2025-01-06", status="proposed"), TODAY, "open: no day given")],
)  # fmt: skip
def test_a_threat_lapses_and_a_plan_is_overdue_after_its_last_day(
    event: dict[str, Any], today: date, wanted: str
) -> None:
    assert [what for _, what in outcome(event, today=today)] == [wanted]


def test_commitments_are_settled_one_by_one() -> None:
    done = settling("2025-02-01-x", "implements", f"{DEAL['id']}#jet", asserted_by=["US"], disputed_by=["CN"])  # fmt: skip
    assert outcome(DEAL, done, kind="commitment") == [
        ("commitment", "overdue: its last day passed 2 days ago"),
        ("commitment", "carried out: by 2025-02-01-x, 29 days after the agreement, as told by US, disputed by CN"),
    ]  # fmt: skip


def test_the_latest_outcome_counts_and_another_account_stays_visible() -> None:
    averted = settling("2025-01-10-x", "averts", THREAT["id"], asserted_by=["CN"])
    called_off = settling("2025-01-12-y", "calls-off", THREAT["id"])
    row = next(iter(outcomes([THREAT], settled([called_off, averted]), TODAY).rows)).data
    assert (row["outcome"], row["by"], row["days"]) == ("called off", "2025-01-12-y", 10)
    assert row["how"].endswith("; averted by 2025-01-10-x, 8 days after the threat, as told by CN")


@pytest.mark.parametrize(
    ("day", "wanted"),
    [("2025-02-18", "2 days before its first day, 14 days after the announcement"),
     ("2025-02-21", "within its days, 17 days after the announcement"),
     ("2025-03-02", "5 days after its last day, 26 days after the announcement")],
)  # fmt: skip
def test_a_plan_is_carried_out_before_within_or_after_its_days_and_counted_from_its_announcement(
    day: str, wanted: str
) -> None:
    plan = {**PLAN, "date": "2025-02-20/2025-02-25", "sources": [{"published": "2025-02-04"}]}
    done = settling(f"{day}-x", "carries-out", PLAN["id"]) | {"date": day}
    row = next(iter(outcomes([plan], settled([plan, done]), TODAY).rows)).data
    assert (row["announced"], row["how"]) == ("2025-02-04", f"by {done['id']}, {wanted}")


def test_a_retracted_event_settles_nothing_and_a_former_id_is_followed() -> None:
    retracted = settling("2025-01-10-x", "averts", THREAT["id"]) | {"confidence": "retracted"}
    assert outcome(THREAT, retracted) == [
        ("threat", "lapsed: its start passed 9 days ago; condition: unless they sell")
    ]
    renamed = {**THREAT, "aliases": ["2025-01-02-old"]}
    assert outcome(renamed, settling("2025-01-10-x", "averts", "2025-01-02-old"))[0][1].startswith("averted")  # fmt: skip
