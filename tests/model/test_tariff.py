from __future__ import annotations

from tests.model import made
from tests.model.made import codes, good, plain_of

NAME = "tariff"


def test_a_rate_says_its_unit() -> None:
    assert codes(plain_of(NAME) | {"rates": [{"value": "10"}]}) == {"rates.0.unit": "missing-field"}


def test_a_rate_keeps_the_digits_of_its_source() -> None:
    event = good(plain_of(NAME) | {"rates": [{"value": "10.50", "unit": "percent"}]})
    assert event["rates"][0]["value"] == "10.50"


def test_a_percent_sign_is_no_digit_of_a_rate() -> None:
    bad = plain_of(NAME) | {"rates": [{"value": "10%", "unit": "percent"}]}
    assert codes(bad) == {"rates.0.value": "bad-number"}


def test_a_currency_is_one_of_iso_4217() -> None:
    rate = {"value": "1", "unit": "specific", "currency": "usd"}
    assert good(plain_of(NAME) | {"rates": [rate]})["rates"][0]["currency"] == "USD"
    bad = plain_of(NAME) | {"rates": [rate | {"currency": "USX"}]}
    (_, code, _, hint) = made.only(bad)
    assert code == "unknown-currency"
    assert hint.startswith("did you mean ")
