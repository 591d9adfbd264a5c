from __future__ import annotations

from typing import Any

from hypothesis import given

from tests.model import made
from tests.model.made import codes, good, plain_of

NAME = "investigation"


def test_its_example_is_canonical_and_judged_good() -> None:
    made.is_a_good_example(NAME)


@given(made.events(NAME))
def test_every_valid_event_comes_back_as_it_was_written(data: dict[str, Any]) -> None:
    made.comes_back(data)


def test_a_field_of_another_type_is_unknown_here() -> None:
    other = {"rates": "100"} if NAME != "tariff" else {"speaker": "x"}
    assert codes(plain_of(NAME) | other) == {next(iter(other)): "unknown-field"}


def test_it_has_no_window_for_it_is_no_measure() -> None:
    bad = plain_of(NAME) | {"effective": {"from": "2025"}}
    assert codes(bad) == {"effective": "unknown-field"}


def test_the_period_looked_into_may_be_an_interval() -> None:
    assert good(plain_of(NAME) | {"period": "2024-01-01/2024-12-31"})["period"].count("/") == 1
