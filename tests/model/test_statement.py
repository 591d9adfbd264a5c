from __future__ import annotations

from typing import Any

from hypothesis import given

from tests.model import made
from tests.model.made import codes, good, plain_of

NAME = "statement"


def test_its_example_is_canonical_and_judged_good() -> None:
    made.is_a_good_example(NAME)


@given(made.events(NAME))
def test_every_valid_event_comes_back_as_it_was_written(data: dict[str, Any]) -> None:
    made.comes_back(data)


def test_a_field_of_another_type_is_unknown_here() -> None:
    other = {"rates": "100"} if NAME != "tariff" else {"speaker": "x"}
    assert codes(plain_of(NAME) | other) == {next(iter(other)): "unknown-field"}


def test_a_statement_is_made_and_nothing_else() -> None:
    _, code, message, _ = made.only(plain_of(NAME) | {"status": "adopted"})
    assert (code, message) == ("unknown-value", "adopted: status is one of made")


def test_who_spoke_may_be_an_office_without_a_name() -> None:
    assert good(plain_of(NAME) | {"speaker": {"office": "a spokesperson", "actor": "China"}})[
        "speaker"
    ] == {"office": "a spokesperson", "actor": "CN"}
