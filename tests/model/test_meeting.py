from __future__ import annotations

from typing import Any

from hypothesis import given

from tests.model import made
from tests.model.made import codes, good, plain_of

NAME = "meeting"


def test_its_example_is_canonical_and_judged_good() -> None:
    made.is_a_good_example(NAME)


@given(made.events(NAME))
def test_every_valid_event_comes_back_as_it_was_written(data: dict[str, Any]) -> None:
    made.comes_back(data)


def test_a_field_of_another_type_is_unknown_here() -> None:
    other = {"rates": "100"} if NAME != "tariff" else {"speaker": "x"}
    assert codes(plain_of(NAME) | other) == {next(iter(other)): "unknown-field"}


def test_the_place_takes_the_name_of_a_country() -> None:
    event = good(plain_of(NAME) | {"place": {"country": "Malaysia", "city": "Kuala Lumpur"}})
    assert event["place"]["country"] == "MY"


def test_a_readout_names_one_of_the_sources() -> None:
    bad = plain_of(NAME) | {"readouts": [{"by": "CN", "source": "https://elsewhere.test"}]}
    assert codes(bad) == {"readouts.0.source": "unknown-source"}
    title = plain_of(NAME)["sources"][0]["title"]
    assert good(plain_of(NAME) | {"readouts": [{"by": "CN", "source": title}]})


def test_a_status_of_a_measure_is_refused_with_the_words_of_a_meeting() -> None:
    (_, code, message, _) = made.only(plain_of(NAME) | {"status": "adopted"})
    assert code == "unknown-value"
    assert "planned, expected, held, postponed, cancelled" in message
