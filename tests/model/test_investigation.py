from __future__ import annotations

from tests.model.made import codes, good, plain_of

NAME = "investigation"


def test_it_has_no_window_for_it_is_no_measure() -> None:
    bad = plain_of(NAME) | {"effective": {"from": "2025"}}
    assert codes(bad) == {"effective": "unknown-field"}


def test_the_period_looked_into_may_be_an_interval() -> None:
    assert good(plain_of(NAME) | {"period": "2024-01-01/2024-12-31"})["period"].count("/") == 1
