"""Which acts make a measure what it is on a day, and what `--why` says that they do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from rexctl.measures.effects import is_in_effect
from rexctl.measures.fold import Moments
from rexctl.views import in_force
from tests.measures.logs import act, fold_of, measure
from tests.measures.test_laws import INSTANTS, Events
from tests.measures.test_naive import logs

A, B, C, D = "2025-01-01-a", "2025-01-02-b", "2025-01-03-c", "2025-01-04-d"
OURS = measure(A, "2025-02-01", "2025-12-01", rates=[{"value": "34", "unit": "percent"}])


def percent(value: str) -> list[dict[str, str]]:
    return [{"value": value, "unit": "percent"}]


def points(value: str) -> list[dict[str, str]]:
    return [{"value": value, "unit": "percentage-points"}]


def why(day: str, *events: dict[str, Any]) -> dict[str, list[str]]:
    """Return what each act over A does, with whether that is in effect at the end of a day."""
    fold = fold_of(OURS, *events)
    keys = [key for key in fold.acts.rows if key.event == A]
    table = in_force.why(fold, keys, date.fromisoformat(day).toordinal(), None)
    found: dict[str, list[str]] = {}
    for row in table.rows:
        found.setdefault(row.data["act"], []).append(f"{row.data['does']}: {row.data['active']}")
    return found


def test_an_amendment_is_in_effect_until_a_later_one_gives_all_that_it_gave() -> None:
    rises = (act(B, "amends", A, "2025-03-01", rates=percent("84")),
             act(C, "amends", A, "2025-04-01", rates=percent("125")))  # fmt: skip
    assert why("2025-03-15", *rises) == {
        A: ["imposes 34 percent: yes"], B: ["raises 34 to 84 percent: yes"],
        C: ["raises 84 to 125 percent: no"],
    }  # fmt: skip
    assert why("2025-04-15", *rises)[B] == ["raises 34 to 84 percent: no"]
    wider = act(B, "amends", A, "2025-03-01", rates=percent("30"), products=["hs:72"])
    assert why("2025-04-15", wider, rises[1]) == {
        A: ["imposes 34 percent: yes"], B: ["cuts 34 to 30 percent; amends its products: yes"],
        C: ["raises 30 to 125 percent: yes"],
    }  # fmt: skip


def test_what_is_taken_back_is_not_in_effect_and_what_takes_it_back_is() -> None:
    rise = act(B, "amends", A, "2025-03-01", rates=percent("84"))
    end = act(C, "revokes", B, "2025-05-01")
    assert why("2025-04-15", rise, end) == {
        A: ["imposes 34 percent: yes"], B: ["raises 34 to 84 percent: yes"], C: [f"revokes {B}: no"],
    }  # fmt: skip
    after = why("2025-05-15", rise, end)
    assert (after[B], after[C]) == (["raises 34 to 84 percent: no"], [f"revokes {B}: yes"])


def test_an_extension_is_in_effect_as_long_as_what_it_extends_goes_on_by_it() -> None:
    pause = act(B, "suspends", A, "2025-03-01", "2025-05-01", rates=points("24"))
    longer = act(C, "extends", B, "2025-04-20", "2025-07-01")
    again = act(D, "extends", C, "2025-06-20", "2025-09-01")
    for day, wanted in (
        ("2025-04-15", ["yes", "no", "no"]), ("2025-06-15", ["yes", "yes", "no"]),
        ("2025-08-15", ["yes", "yes", "yes"]), ("2025-10-15", ["no", "no", "no"]),
    ):  # fmt: skip
        found = why(day, pause, longer, again)
        assert [found[name][0].rpartition(" ")[2] for name in (B, C, D)] == wanted
    assert found[B] == ["takes off 24 points: no"]


def test_an_extension_says_nothing_to_a_measure_whose_act_has_no_end_to_move() -> None:
    rise = act(B, "amends", A, "2025-03-01", rates=percent("84"))
    clauses = [
        {"id": "back", "title": "taken back", "effective": {"from": "2025-05-01"}},
        {"id": "hold", "title": "held", "effective": {"from": "2025-05-01", "until": "2025-06-01"}},
    ]
    other = measure("2025-01-02-other", "2025-02-01")
    truce = measure(C, clauses=clauses, links=[
        {"rel": "revokes", "to": B, "via": "back"},
        {"rel": "suspends", "to": "2025-01-02-other", "via": "hold"},
    ])  # fmt: skip
    found = why("2025-06-15", rise, other, truce, act(D, "extends", C, until="2025-07-01"))
    assert list(found) == [A, B, f"{C}#back"]


def test_each_of_two_suspensions_is_in_effect_and_none_after_the_end_of_the_measure() -> None:
    both = (act(B, "suspends", A, "2025-03-01", "2025-05-01"), act(C, "suspends", A, "2025-04-01"))
    assert why("2025-04-15", *both) == {
        A: ["imposes 34 percent: no"], B: ["suspends it: yes"], C: ["suspends it: yes"]
    }  # fmt: skip
    ended = why("2025-12-15", *both)
    assert (ended[B], ended[C]) == (["suspends it: no"], ["suspends it: no"])
    back = why("2025-06-15", *both, act(D, "resumes", A, "2025-06-01"))
    assert (back[C], back[D]) == (["suspends it: no"], ["resumes it: yes"])


@pytest.mark.slow
@settings(max_examples=300, deadline=None, derandomize=True)
@given(logs(), INSTANTS)
def test_without_an_act_that_is_not_in_effect_the_state_is_the_same(
    events: Events, instant: int
) -> None:
    fold = fold_of(*events)
    for key in fold.acts.rows:
        for layer in fold.layers_over(key):
            if not is_in_effect(fold, key, layer, instant):
                without = Moments(fold, frozenset(), without=layer)
                assert without.state(key, instant) == fold.moments().state(key, instant)
