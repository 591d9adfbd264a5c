"""The spans of a measure say on each day what the fold says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexctl.measures.spans import spans_on
from rexctl.views import in_force
from tests.measures.logs import act, fold_of, measure
from tests.measures.test_naive import DAYS, logs


@pytest.mark.slow
@settings(max_examples=200, deadline=None, derandomize=True)
@given(logs(), st.sampled_from(DAYS), st.integers(-1, 1), st.booleans())
def test_the_spans_of_a_day_say_what_the_fold_says(
    events: list[dict[str, Any]], day: str, shift: int, at_an_instant: bool
) -> None:
    fold = fold_of(*events)
    ordinal = date.fromisoformat(day).toordinal() + shift
    instant = (ordinal - 719_163) * 86_400 + 41_000 if at_an_instant else None
    found = {
        span.event: {key: value for key, value in (
            ("state", span.state), ("possibly", span.others), ("since", span.since),
            ("next", span.next), ("next_on", span.next_on)) if value}
        for span, _ in spans_on(fold, ordinal, instant, clauses=False)
    }  # fmt: skip
    wanted = {
        name: in_force.state_of(fold, name, in_force.when(ordinal, instant)) for name in found
    }
    for state in wanted.values():
        assert state is not None
        state.pop("by", None)
    assert found == wanted
    assert found.keys() == {key.event for key in fold.acts.rows}


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
    assert event.title == "2025-01-01-a"


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
