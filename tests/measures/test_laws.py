"""Laws of what is in force, on random logs."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rexctl.measures.fold import NEVER, Answer, Fold
from rexctl.measures.terms import terms_at
from rexctl.model.tables import LIFECYCLE
from rexctl.snapshot.states import public_by
from rexctl.values import dates
from tests.measures import naive
from tests.measures.logs import act, fold_of
from tests.measures.test_naive import DAYS, logs, zone_of
from tests.run import ROOT, run

if TYPE_CHECKING:
    import random

Events = list[dict[str, Any]]
STORY = Path(__file__).parent.parent / "story"
FIRST = 1_735_000_000  # in December 2024
INSTANTS = st.integers(FIRST, FIRST + 220 * 86_400)
more_logs = settings(max_examples=150, deadline=None, derandomize=True)


def answers(fold: Fold, instant: int) -> dict[str, tuple[Answer, Any]]:
    """Return state and rates of each row at an instant."""
    return {str(key): (fold.state(key, instant), terms_at(fold, key, instant).get("rates"))
            for key in fold.acts.rows}  # fmt: skip


@pytest.mark.slow
@more_logs
@given(logs(), INSTANTS, st.randoms(use_true_random=False))
def test_the_order_of_files_never_matters(
    events: Events, instant: int, order: random.Random
) -> None:
    shuffled = order.sample(events, len(events))
    assert answers(fold_of(*shuffled), instant) == answers(fold_of(*events), instant)


def without_last_act(events: Events) -> tuple[Events, dict[str, Any]]:
    """Return a log without its last event, which must be an act, and that event."""
    *before, last = events
    assume(any(link["rel"] in LIFECYCLE for link in last.get("links", ())))
    return before, last


@pytest.mark.slow
@more_logs
@given(logs(), INSTANTS)
def test_an_act_whose_windows_begin_later_changes_nothing(events: Events, instant: int) -> None:
    before, last = without_last_act(events)
    acts = fold_of(*events).acts
    parts = [
        acts.part(last["id"], str(one.get("id", ""))) for one in ({}, *last.get("clauses", ()))
    ]
    assume(all(part.window.start is None or part.window.start[0] > instant for part in parts))
    found = answers(fold_of(*events), instant)
    for key, answer in answers(fold_of(*before), instant).items():
        assert found[key] == answer


@pytest.mark.slow
@more_logs
@given(logs(), st.sampled_from(DAYS), INSTANTS)
def test_what_is_dated_later_changes_no_answer_known_by_a_day(
    events: Events, known: str, instant: int
) -> None:
    day = date.fromisoformat(known).toordinal()
    assume(any(event["date"] > known for event in events))
    early = [event for event in events if event["date"] <= known]
    found = answers(fold_of(*public_by(events, day)), instant)
    assert found == answers(fold_of(*early), instant)


@pytest.mark.slow
@more_logs
@given(logs(), st.data(), INSTANTS)
def test_a_suspension_that_ends_restores_what_was_below(
    events: Events, data: st.DataObject, instant: int
) -> None:
    first, last = sorted(data.draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=2, unique=True)))  # fmt: skip
    target = data.draw(st.sampled_from(events))["id"]
    suspension = act(f"{first}-z", "suspends", target, first, last, actors=["GB"])
    before, after = fold_of(*events), fold_of(*events, suspension)
    assume(not after.acts.left_out)
    start, end = after.acts.part(suspension["id"]).window.bounds(long=False)
    assume(not start <= instant < end)
    found = answers(after, instant)
    for key, answer in answers(before, instant).items():
        states = {state for one, _ in (answer, found[key]) for state in (one.state, *one.others)}
        if instant >= end and NEVER in states:
            continue  # whether it has ever run depends on the suspension
        assert found[key] == answer


@pytest.mark.slow
@more_logs
@given(logs(), st.data())
def test_the_state_is_constant_between_the_instants_that_the_fold_names(
    events: Events, data: st.DataObject
) -> None:
    fold = fold_of(*events)
    assume(fold.acts.rows)
    key = data.draw(st.sampled_from(sorted(fold.acts.rows)))
    run_ = data.draw(st.sampled_from(fold.runs(key)))
    low, high = max(run_.start, FIRST), min(run_.end, FIRST + 400 * 86_400)
    assume(low < high)
    for instant in {low, data.draw(st.integers(low, high - 1)), high - 1}:
        assert naive.states(events, instant, zone_of)[key.event, key.clause] == run_.state


@pytest.mark.parametrize("known", ["2025-04-05", "2025-04-09", "2025-05-13", "2025-11-03"])
def test_known_by_a_day_is_the_log_without_what_became_public_later(
    known: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REXCTL_CACHE", str(tmp_path / "cache"))
    shutil.copytree(STORY / "data", tmp_path / "log" / "data")
    kept = 0
    for path in (tmp_path / "log").rglob("events/**/*.yaml"):
        day = path.read_text(encoding="utf-8").split("\ndate: ")[1].partition("\n")[0]
        if dates.span(day.strip('"'))[1] > date.fromisoformat(known).toordinal():
            path.unlink()
        else:
            kept += 1
    assert kept
    for day in ("2025-04-07", "2025-06-01", "2025-12-01", "2026-11-10"):
        asked = ("in-force", day, "--all-states", "--clauses", "-f", "json")
        early = run(*asked, cwd=tmp_path / "log")
        whole = run(*asked, "--known-by", known, cwd=STORY)
        assert (early.code, early.out) == (whole.code, whole.out)


@pytest.mark.parametrize("known", ["2025-10-10", "2025-10-16", "2025-10-18", "2025-11-03"])
def test_outcomes_calendar_and_timeline_known_by_a_day_are_those_of_the_log_of_that_day(
    known: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REXCTL_CACHE", str(tmp_path / "cache"))
    shutil.copytree(ROOT / "data", tmp_path / "log" / "data")
    gone = 0
    for path in (tmp_path / "log").rglob("events/**/*.yaml"):
        text = path.read_text(encoding="utf-8")
        days = re.findall(r"^date: (.*)", text, re.M)
        if re.search("^status: (planned|expected)", text, re.M):
            days = re.findall("    published: (.*)", text)[:1]
        if dates.span(days[0].strip('"'))[1] > date.fromisoformat(known).toordinal():
            path.unlink()
            gone += 1
    assert gone
    for words in (["outcomes"], ["outcomes", "--kind", "plan"], ["calendar"], ["timeline"],
                  ["calendar", "--since", "2025-04", "--until", "2026-12", "actor:CN"],
                  ["timeline", "--clauses", "--since", "2025-10"]):  # fmt: skip
        early = run("--today", known, *words, "-f", "csv", cwd=tmp_path / "log")
        whole = run("--today", "2026-11-30", *words, "--known-by", known, "-f", "csv", cwd=ROOT)
        assert early.out.count("\n") > 1 or words[0] == "outcomes"
        assert (early.code, early.out) == (whole.code, whole.out)
