"""`in-force`: the day, the query, and the notes below the answer, on the logs of the project."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rexctl.model.tables import FIELDS
from tests.run import ROOT, Result, run, run_on_a_terminal

if TYPE_CHECKING:
    from pathlib import Path

STATES = ("in-force", "partly-in-force", "suspended", "scheduled", "never-took-effect", "revoked")


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def _day(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REXCTL_CACHE", str(cache))
    monkeypatch.setenv("REXCTL_TODAY", "2026-11-30")


def shipped(*words: str) -> Result:
    return run(*words, cwd=ROOT)


def ids(*words: str) -> list[str]:
    answer = shipped("in-force", *words, "-j")
    assert answer.code == 0, answer.err
    return [json.loads(line)["id"] for line in answer.out.splitlines()]


@pytest.mark.parametrize("more", [(), ("--clauses",), ("--known-by", "2025-10-20")])
@pytest.mark.parametrize(
    "day", ["2025-10-18", "2025-12-20", "2026-11-10", "2025-11-10T13:01+08:00"]
)
@pytest.mark.parametrize("folder", [".", "tests/story"])
def test_a_state_in_the_query_is_that_of_the_day_asked(
    folder: str, day: str, more: tuple[str, ...]
) -> None:
    def rows(*words: str) -> list[dict[str, str]]:
        answer = run("in-force", day, *words, *more, "-j", cwd=ROOT / folder)
        return [json.loads(line) for line in answer.out.splitlines()]

    every = rows("--all-states")
    assert every
    for state in STATES:
        wanted = [row for row in every if row["state"] == state]
        assert rows(f"state:{state}") == wanted
        assert rows(f"not:state:{state}") == [row for row in every if row not in wanted]
    assert rows("state:suspended,in-force", "type:tariff") == [
        row
        for row in every
        if row["state"] in ("suspended", "in-force") and row["type"] == "tariff"
    ]


def test_the_day_may_stand_anywhere_and_is_one() -> None:
    assert ids("actor:CN", "2025-12-20") == ids("2025-12-20", "actor:CN") != []
    twice = shipped("in-force", "2025-12-20", "2025-12-21")
    assert twice.code == 2
    assert "2025-12-21: a second day" in twice.err
    month = shipped("in-force", "2025-11", "-j")
    assert month.err.splitlines()[0] == "2025-11: the answer is for its last day, 2025-11-30"
    assert month.out == shipped("in-force", "2025-11-30", "-j").out


@pytest.mark.parametrize("name", ["2025-04-04-cn-mofcom-18", "2025-04-04-cn", "MOFCOM 18/2025"])
def test_an_id_its_beginning_and_an_instrument_select_their_event_in_any_query(name: str) -> None:
    event = "2025-04-04-cn-mofcom-18"
    assert ids("2025-11-15", name) == ids(name, "2025-11-15") == [event]
    assert shipped("list", name, "-f", "id").out == f"{event}\n"
    for command in ("timeline", "outcomes", "calendar"):
        assert shipped(command, name).code == 0
    first = json.loads(shipped("timeline", name).out.splitlines()[0])
    assert first["id"] == event


def test_an_id_that_no_event_has_is_an_error_in_any_query() -> None:
    for command in ("list", "in-force", "timeline", "calendar", "outcomes", "stats"):
        answer = shipped(command, "2025-04-04-cn-mofcom-81")
        assert answer.code == 4
        assert "no such event; did you mean 2025-04-04-cn-mofcom-18?" in answer.err
    day = shipped("list", "2025-10-09")
    assert day.err.startswith("2025-10-09 is searched for as text; by date: date:2025-10-09\n")


def test_an_empty_answer_says_which_word_no_text_has() -> None:
    for command in ("list", "in-force", "timeline", "calendar", "outcomes"):
        answer = shipped(command, "wolframite")
        assert answer.out == ""
        assert "wolframite: no text has this word" in answer.err


def test_a_day_long_after_the_newest_event_gets_a_note() -> None:
    note = "the log's newest event is of 2026-02-20\n"
    assert note in shipped("in-force").err
    assert note in shipped("duty", "--from", "CN", "--to", "US").err
    assert note not in shipped("in-force", "2026-03-20").err
    assert note in shipped("in-force", "2026-03-23").err


def test_a_query_of_one_country_says_how_many_measures_affect_all() -> None:
    answer = shipped("in-force", "2026-03-15", "affected:CN")
    assert answer.out == ""
    assert "more events of the log affect all countries: affected:CN,all\n" in answer.err
    assert "2026-02-20-us-president-import-surcharge" in ids("2026-03-15", "affected:CN,all")
    assert "affect all" not in shipped("list", "not:affected:CN").err


def test_duty_names_the_act_that_set_each_rate_and_the_events_with_notes() -> None:
    answer = shipped("duty", "--from", "CN", "--to", "US", "--on", "2025-12-01", "-j")
    fentanyl, reciprocal, total = map(json.loads, answer.out.splitlines())
    assert (fentanyl["rate"], fentanyl["by"]) == ("10 percent", ["2025-11-04-us-president-14357"])
    assert (reciprocal["rate"], reciprocal["by"]) == (
        "10 percent",
        ["2025-05-12-us-president-14298"],
    )
    assert [row["row"] for row in (fentanyl, reciprocal, total)] == ["part", "part", "total"]
    assert (
        "1 of these measures has a note: rexctl show 2025-04-02-us-president-reciprocal-duties\n"
        in answer.err
    )
    by = [json.loads(line).get("by") for line in
          shipped("duty", "--from", "CN", "--to", "US", "--on", "2025-02-10", "-j").out.splitlines()]  # fmt: skip
    assert by == [None, None]


def test_duty_of_a_country_without_a_tariff_in_the_log_is_no_zero() -> None:
    answer = shipped("duty", "--from", "US", "--to", "CN", "--on", "2025-12-01", "-j")
    assert [json.loads(line) for line in answer.out.splitlines()] == [
        {"row": "total", "law": "total", "note": "the log has no adopted tariff of CN"}
    ]
    both = shipped("duty", "--from", "CN", "--to", "US", "--history", "--on", "2025-12-01")
    assert (both.code, "--history excludes --on" in both.err) == (2, True)


def test_a_page_of_help_explains_every_state() -> None:
    page = shipped("help", "states").out
    for state in FIELDS["state"].values:
        assert f"\n    {state} " in page
        if state != "in-force":  # a command
            assert shipped("help", state).out == page


def test_a_field_that_no_row_has_today_may_be_asked() -> None:
    answer = shipped("in-force", "2025-12-20", "-F", "possibly,state", "-f", "csv")
    assert answer.out.splitlines()[:2] == ["possibly,state", ",in-force"]
    assert shipped("in-force", "2025-12-20", "-F", "possible").code == 2


def test_why_names_a_clause_and_breaks_no_id_and_no_address() -> None:
    clause = "2025-04-02-us-president-reciprocal-duties#china"
    asked = ("in-force", "2025-12-01", "--why", clause)
    rows = [json.loads(line) for line in shipped(*asked).out.splitlines()]
    assert {row["row"] for row in rows} == {clause}
    assert [row["does"] for row in rows][:3] == [
        "imposes 34 percent", "raises 34 to 84 percent", "raises 84 to 125 percent"
    ]  # fmt: skip
    assert (rows[0]["state"], rows[0]["rates"]) == ("in-force", ["10 percent"])
    lines = [line.strip() for line in shipped(*asked, "-f", "table").out.splitlines()]
    for row in rows:
        assert row["act"].partition("#")[0] in lines or row["act"] in lines
        assert row["source"] in lines
    wrong = shipped("in-force", "--why", clause.replace("china", "chine"))
    assert (wrong.code, "did you mean china?" in wrong.err) == (2, True)


def test_duty_as_known_by_a_day_leaves_out_what_became_public_later() -> None:
    asked = ("duty", "--from", "CN", "--to", "US", "--on", "2025-12-01", "-j", "--known-by")
    totals = [json.loads(shipped(*asked, known).out.splitlines()[-1])["counted"]
              for known in ("2025-05-01", "2025-11-01", "2025-12-01")]  # fmt: skip
    assert totals == [
        145,
        54,
        20,
    ]  # the pause of 24 points ended on 10 November, as known on the 1st
    assert (
        "no adopted tariff of US that was known by 2025-01-01" in shipped(*asked, "2025-01-01").out
    )
    history = shipped(
        "duty", "--from", "CN", "--to", "US", "--history", "--known-by", "2025-05-01", "-j"
    )
    assert json.loads(history.out.splitlines()[-1])["total"] == 145


def test_a_table_says_what_a_suspension_holds_back() -> None:
    shown, _ = run_on_a_terminal("in-force", "2025-12-01", "actor:CN", "--no-pager", cwd=ROOT)
    assert "not in force: 2 suspended, 4 never-took-effect; --all-states lists them\n" in shown
    shown, _ = run_on_a_terminal("in-force", "2025-12-01", "actor:CN", "state:suspended",
                                 "--no-pager", cwd=ROOT)  # fmt: skip
    assert "4 more never took effect: state:suspended,never-took-effect\n" in shown
