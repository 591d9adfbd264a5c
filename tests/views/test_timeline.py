"""The bars of a timeline are the states that `in-force` gives on every day, with the same bounds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from rexctl.measures.fold import NEVER, NOT_YET, Fold
from rexctl.measures.spans import spans_on
from rexctl.snapshot.snapshot import Snapshot
from rexctl.snapshot.states import load_fold
from rexctl.store.log import find
from rexctl.values.dates import HIGHEST, LOWEST
from rexctl.views import in_force
from rexctl.views.timeline import Mark, lines, timeline
from tests.measures.logs import act, fold_of, measure
from tests.measures.test_naive import logs
from tests.run import ROOT

if TYPE_CHECKING:
    from rexctl.records import Row, Table

TODAY = date(2025, 6, 15)
ALWAYS = (LOWEST, HIGHEST)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def drawn(
    *events: dict[str, Any], since: str = "", until: str = "", clauses: bool = False
) -> Table:
    window = (day(since) if since else LOWEST), (day(until) if until else HIGHEST)
    return timeline(fold_of(*events), events, TODAY, window, clauses=clauses)


def runs(table: Table) -> list[tuple[str, str, str]]:
    """Return state, start and end of each run."""
    return [(row.data["state"], row.data.get("start", ""), row.data.get("end", ""))
            for row in table.rows if row.data["kind"] == "run"]  # fmt: skip


def assert_as_in_force(fold: Fold, events: Any, days: range, *, clauses: bool) -> None:
    table = timeline(fold, events, TODAY, ALWAYS, clauses=clauses)
    bars: dict[tuple[str, str], list[Row]] = {}
    for row in table.rows:
        if row.data["kind"] == "run":
            name = row.data["id"], row.data.get("clause", "")
            bars.setdefault(name, []).append(row)
    for ordinal in days:
        spans = spans_on(fold, ordinal, None, clauses=clauses)
        wanted = in_force.measures(spans, ordinal, None, clauses=clauses, all_states=True)
        for row in wanted.rows:
            name = row.data["id"], row.data.get("clause", "")
            instant = ordinal + 1 - 1 / 86_400
            on = [
                bar.data
                for bar in bars.get(name, ())
                if bar.record.start <= instant < bar.record.end
            ]
            if not on:
                assert (row.data["state"], row.data.get("possibly")) == (NOT_YET, None)
                continue
            (bar,) = on
            assert bar["state"] == row.data["state"]
            assert set(bar.get("possibly", ())) == set(row.data.get("possibly", ()))
            if not any("possibly" in other.data for other in bars[name]):
                assert bar.get("start") == row.data.get("since") or bar["state"] == NEVER
                then = [
                    other.data["state"]
                    for other in bars[name]
                    if other.data.get("start", "") == bar.get("end")
                ]
                if then != [NEVER] and not row.data.get("next", "").startswith("rate "):
                    assert bar.get("end") == row.data.get("next_on")


@pytest.mark.slow
@settings(max_examples=60, deadline=None, derandomize=True)
@given(logs())
def test_bars_are_the_states_of_every_day_on_random_logs(events: list[dict[str, Any]]) -> None:
    days = range(day("2024-12-20"), day("2025-07-10"))
    for clauses in (False, True):
        assert_as_in_force(fold_of(*events), events, days, clauses=clauses)


@pytest.mark.slow
def test_bars_are_the_states_of_every_day_in_the_shipped_log() -> None:
    snapshot = Snapshot.open(find(str(ROOT), {}))
    fold = load_fold(snapshot)
    events = [row.data for row in snapshot.select(snapshot.parse_query([], TODAY))]
    days = range(day("2025-01-30"), day("2026-11-20"))
    for clauses in (False, True):
        assert_as_in_force(fold, events, days, clauses=clauses)


def test_a_suspended_measure_has_a_run_for_each_state_and_the_instants_of_their_changes() -> None:
    table = drawn(
        measure("2025-01-01-duty", "2025-02-01"),
        act("2025-03-01-pause", "suspends", "2025-01-01-duty", "2025-03-01", "2025-05-01"),
    )
    assert runs(table) == [
        ("scheduled", "2025-01-01", "2025-02-01"),
        ("in-force", "2025-02-01", "2025-03-01"),
        ("suspended", "2025-03-01", "2025-05-01"),
        ("in-force", "2025-05-01", ""),
    ]


def test_a_state_that_depends_on_an_imprecise_date_is_a_run_of_its_own() -> None:
    table = drawn(measure("2025-01-01-duty", "2025-02"))
    possible = [(row.data["state"], row.data.get("possibly"), row.data["start"], row.data.get("end"))
                for row in table.rows if row.data["kind"] == "run"]  # fmt: skip
    assert possible == [
        ("scheduled", None, "2025-01-01", "2025-02-01"),
        ("scheduled", ["in-force"], "2025-02-01", "2025-02-28"),
        ("in-force", None, "2025-02-28", None),
    ]
    (line,), _ = lines(table)
    assert [bar.look for bar in line.bars] == ["scheduled", "uncertain", "in force"]


def test_an_act_on_a_measure_is_an_event_and_has_no_bar() -> None:
    duty = measure("2025-01-01-duty", "2025-02-01")
    pause = act("2025-03-01-pause", "suspends", "2025-01-01-duty", "2025-03-01")
    measures, events = lines(drawn(duty, pause))
    assert [line.label for line in measures] == ["2025-01-01-duty", "└ 2025-03-01-pause"]
    assert [bool(line.bars) for line in measures] == [True, False]
    assert measures[0].changes == [day("2025-03-01")]
    assert not events


def test_each_clause_has_its_own_line_where_clauses_are_asked() -> None:
    duty = measure("2025-01-01-duty", clauses=[
        {"id": "1", "effective": {"from": "2025-02-01"}, "title": "Steel"},
        {"id": "2", "effective": {"from": "2025-03-01"}},
    ])  # fmt: skip
    assert [line.label for line in lines(drawn(duty))[0]] == ["2025-01-01-duty"]
    both = [line.label for line in lines(drawn(duty, clauses=True))[0]]
    assert both == ["Steel (1)", "2025-01-01-duty (2)"]


def test_the_span_is_that_of_the_rows_and_open_bars_reach_today() -> None:
    span = drawn(measure("2025-01-01-duty", "2025-02-01")).span
    assert span is not None
    assert span.first == day("2025-01-01")
    assert day("2025-06-16") < span.last < day("2025-07-01")
    ended = drawn(measure("2025-01-01-duty", "2025-02-01", "2025-03-01")).span
    assert ended is not None
    assert day("2025-03-01") < ended.last < day("2025-03-10")


def test_since_and_until_limit_the_span_and_leave_out_what_is_outside() -> None:
    duty = measure("2025-01-01-duty", "2025-02-01", "2025-04-01")
    old = measure("2024-01-01-old", "2024-01-01", "2024-06-01")
    talk = {"id": "2025-03-31-talk", "type": "meeting", "status": "held", "date": "2025-03-31",
            "title": "Talks", "actors": ["US"], "sources": []}  # fmt: skip
    table = drawn(duty, old, talk, since="2025-03-01", until="2025-03-31")
    assert runs(table) == [("in-force", "2025-02-01", "2025-04-01")]
    assert [row.data["id"] for row in table.rows] == ["2025-01-01-duty", "2025-03-31-talk"]
    assert table.span and table.span[:3] == (
        day("2025-03-01"),
        day("2025-04-01"),
        TODAY.toordinal(),
    )
    assert [row.data["id"] for row in drawn(talk, until="2025-03-30").rows] == []


def test_an_imprecise_date_has_its_bounds_and_is_not_exact() -> None:
    base = {"type": "statement", "status": "made", "title": "x", "actors": ["US"], "sources": []}
    texts = ["2025-10", "2025-10-09~", "../2025-10-17", "2025-10-09"]
    marks = [
        row.record for row in drawn(*({**base, "id": text, "date": text} for text in texts)).rows
    ]
    assert [mark.is_exact for mark in marks] == [False, False, False, True]
    assert marks[0] == Mark("2025-10", day("2025-10-01"), day("2025-11-01"), "event")
    assert marks[2].start == float("-inf")


def test_a_date_in_two_months_is_given_by_its_first_and_last_day() -> None:
    event = {"id": "a", "type": "statement", "status": "made", "title": "x", "actors": ["US"],
             "date": "2025-09-30/2025-10", "sources": []}  # fmt: skip
    (row,) = drawn(event).rows
    assert (row.data["start"], row.data["end"]) == ("2025-09-30", "2025-10-31")
