"""The spans of a measure say on each day what the fold says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexctl.measures.fold import IN_FORCE, NEVER, Fold, merge_runs, state_of_measure
from rexctl.measures.spans import spans_on
from rexctl.measures.terms import describe_rate, terms_at
from rexctl.measures.windows import FIRST, LAST, end_of_day, format_instant
from rexctl.views import in_force
from tests.measures.logs import act, fold_of, measure
from tests.measures.test_naive import DAYS, logs

if TYPE_CHECKING:
    from rexctl.measures.acts import Key


def answer(fold: Fold, keys: list[Key], instant: int) -> tuple[str, list[str]]:
    """Return state and rates of a measure at an instant, part by part."""
    found = [(fold.state(key, instant).state, key) for key in keys]
    rates = [(describe_rate(rate), key.clause) for state, key in found if state == IN_FORCE
             for rate in terms_at(fold, key, instant).get("rates", ())]  # fmt: skip
    named = []
    for rate in dict.fromkeys(rate for rate, _ in rates):
        clauses = list(dict.fromkeys(clause for one, clause in rates if one == rate))
        named.append(f"{rate} ({', '.join(clauses)})" if len(clauses) < len(keys) else rate)
    return state_of_measure([state for state, _ in found]), named


def expected(fold: Fold, keys: list[Key], ordinal: int, instant: int | None) -> dict[str, Any]:
    """Return the state of a measure and what comes next, from the fold at each instant of a change."""
    part = fold.acts.rows[keys[0]]
    now = end_of_day(ordinal, part.zone) if instant is None else instant
    state, rates = answer(fold, keys, now)
    others = [one for key in keys for one in fold.state(key, now).others]
    found: dict[str, Any] = {
        "state": state,
        "possibly": list(dict.fromkeys(others)),
        "rates": rates,
    }
    run = next(run for run in merge_runs([fold.runs(key) for key in keys]) if now < run.end)
    if run.start != FIRST and state != NEVER:
        found["since"] = format_instant(run.start, part.zone)
    bounds = {one for key in keys for over in fold.parts_over(key)
              for one in (*over.window.bounds(long=False), over.made_at, over.day)}  # fmt: skip
    for later in sorted(one for one in bounds if now < one < LAST):
        then = answer(fold, keys, later)
        if then[0] != NEVER and then != (state, rates):
            text = then[0] if then[0] != state else f"rate {', '.join(then[1] or ['none'])}"
            found |= {"next": text, "next_on": format_instant(later, part.zone)}
            break
    return {name: value for name, value in found.items() if value}


@pytest.mark.slow
@settings(max_examples=300, deadline=None, derandomize=True)
@given(logs(), st.sampled_from(DAYS), st.integers(-1, 1), st.booleans())
def test_the_spans_of_a_day_say_what_the_fold_says(
    events: list[dict[str, Any]], day: str, shift: int, at_an_instant: bool
) -> None:
    fold = fold_of(*events)
    ordinal = date.fromisoformat(day).toordinal() + shift
    instant = (ordinal - 719_163) * 86_400 + 41_000 if at_an_instant else None
    found = {span.event for span, _ in spans_on(fold, ordinal, instant, clauses=False)}
    assert found == {key.event for key in fold.acts.rows}
    for name in found:
        state = in_force.state_of(fold, name, ordinal, instant)
        assert state is not None
        state.pop("by", None)
        keys = [key for key in fold.acts.rows if key.event == name]
        assert state == expected(fold, keys, ordinal, instant)


def test_a_change_of_the_rate_is_what_comes_next() -> None:
    fold = fold_of(
        measure("2025-01-01-a", "2025-01-01", rates=[{"value": "34", "unit": "percent"}]),
        act("2025-02-20-b", "suspends", "2025-01-01-a", "2025-03-01", "2025-06-01",
            rates=[{"value": "24", "unit": "percentage-points"}]),
    )  # fmt: skip
    for day, rate, then in (
        ("2025-02-01", "34 percent", ("rate 10 percent", "2025-03-01")),
        ("2025-03-01", "10 percent", ("rate 34 percent", "2025-06-01")),
        ("2025-06-01", "34 percent", ()),
    ):
        [(span, _)] = spans_on(fold, date.fromisoformat(day).toordinal(), None, clauses=False)
        assert (span.state, span.rates, span.since) == ("in-force", f'["{rate}"]', "2025-01-01")
        assert tuple(filter(None, (span.next, span.next_on))) == then


@pytest.mark.parametrize(
    ("day", "days"),
    [("2025-01-31", 31), ("2025-02-10", 31), ("2025-03-02", 33), ("2025-03-09", 40)],
)
def test_days_in_force_are_added_up_over_the_runs(day: str, days: int) -> None:
    fold = fold_of(
        measure("2025-01-01-a", "2025-01-01", "2025-03-10"),
        act("2025-01-20-b", "suspends", "2025-01-01-a", "2025-02-01", "2025-03-01"),
    )
    ordinal = date.fromisoformat(day).toordinal()
    [(span, event)] = spans_on(fold, ordinal, None, clauses=False)
    assert span.days_in_force(span.instant(ordinal)) == days
    assert event["title"] == "2025-01-01-a"


def test_a_clause_has_spans_of_its_own_beside_those_of_the_measure() -> None:
    fold = fold_of(
        measure("2025-01-01-a", clauses=[
            {"id": "1", "title": "One", "effective": {"from": "2025-01-01"}},
            {"id": "2", "effective": {"from": "2025-02-01"}},
        ])
    )  # fmt: skip
    ordinal = date(2025, 1, 15).toordinal()
    [(span, _)] = spans_on(fold, ordinal, None, clauses=False)
    assert (span.clause, span.state, span.next_on) == ("", "partly-in-force", "2025-02-01")
    found = [
        (span.clause, span.title, span.state)
        for span, _ in spans_on(fold, ordinal, None, clauses=True)
    ]
    assert sorted(found) == [("1", "One", "in-force"), ("2", "2025-01-01-a", "scheduled")]
