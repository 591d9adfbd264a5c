from __future__ import annotations

from tests.model import made
from tests.model.made import codes, good, plain_of

NAME = "meeting"


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
