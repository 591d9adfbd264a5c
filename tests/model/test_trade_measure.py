from __future__ import annotations

from typing import Any

from hypothesis import given

from tests.model import made
from tests.model.made import codes, plain_of

NAME = "trade-measure"


def test_its_example_is_canonical_and_judged_good() -> None:
    made.is_a_good_example(NAME)


@given(made.events(NAME))
def test_every_valid_event_comes_back_as_it_was_written(data: dict[str, Any]) -> None:
    made.comes_back(data)


def test_a_field_of_another_type_is_unknown_here() -> None:
    other = {"rates": "100"} if NAME != "tariff" else {"speaker": "x"}
    assert codes(plain_of(NAME) | other) == {next(iter(other)): "unknown-field"}


def test_a_step_of_a_charge_has_its_day_and_its_amount() -> None:
    bad = plain_of(NAME) | {"charge": {"steps": [{"value": "4"}, {"from": "2025-10-14"}]}}
    assert codes(bad) == {
        "charge.steps.0.from": "missing-field",
        "charge.steps.1.value": "missing-field",
    }


def test_a_key_is_written_as_in_the_file_and_not_as_in_the_code() -> None:
    bad = plain_of(NAME) | {"charge": {"steps": [{"from_": "2025-10-14", "value": "4"}]}}
    assert codes(bad) == {
        "charge.steps.0.from": "missing-field",
        "charge.steps.0.from_": "unknown-field",
    }


def test_a_category_is_a_letter_of_mast() -> None:
    assert codes(plain_of(NAME) | {"category": "Q"}) == {"category": "unknown-value"}
