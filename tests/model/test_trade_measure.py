from __future__ import annotations

from tests.model.made import codes, plain_of

NAME = "trade-measure"


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
