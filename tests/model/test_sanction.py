from __future__ import annotations

from tests.model.made import codes, good, plain_of

NAME = "sanction"


def test_its_list_is_a_code_and_not_a_list_of_values() -> None:
    assert good(plain_of(NAME) | {"list": "US/Entity-List"})["list"] == "us/entity-list"
    assert codes(plain_of(NAME) | {"list": ["us/entity-list"]}) == {"list": "wrong-shape"}


def test_an_entity_has_a_name_and_a_country_by_code() -> None:
    event = good(plain_of(NAME) | {"entities": [{"name": "X", "country": "canada"}]})
    assert event["entities"][0]["country"] == "CA"
    assert codes(plain_of(NAME) | {"entities": [{"country": "CA"}]}) == {
        "entities.0.name": "missing-field"
    }
