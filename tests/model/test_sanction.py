from __future__ import annotations

from typing import Any

from hypothesis import given

from tests.model import made
from tests.model.made import codes, good, plain_of

NAME = "sanction"


def test_its_example_is_canonical_and_judged_good() -> None:
    made.is_a_good_example(NAME)


@given(made.events(NAME))
def test_every_valid_event_comes_back_as_it_was_written(data: dict[str, Any]) -> None:
    made.comes_back(data)


def test_a_field_of_another_type_is_unknown_here() -> None:
    other = {"rates": "100"} if NAME != "tariff" else {"speaker": "x"}
    assert codes(plain_of(NAME) | other) == {next(iter(other)): "unknown-field"}


def test_its_list_is_a_code_and_not_a_list_of_values() -> None:
    assert good(plain_of(NAME) | {"list": "US/Entity-List"})["list"] == "us/entity-list"
    assert codes(plain_of(NAME) | {"list": ["us/entity-list"]}) == {"list": "wrong-shape"}


def test_an_entity_has_a_name_and_a_country_by_code() -> None:
    event = good(plain_of(NAME) | {"entities": [{"name": "X", "country": "canada"}]})
    assert event["entities"][0]["country"] == "CA"
    assert codes(plain_of(NAME) | {"entities": [{"country": "CA"}]}) == {
        "entities.0.name": "missing-field"
    }
