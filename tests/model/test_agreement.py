from __future__ import annotations

from typing import Any

from hypothesis import given

from tests.model import made
from tests.model.made import codes, good, plain_of

NAME = "agreement"


def test_its_example_is_canonical_and_judged_good() -> None:
    made.is_a_good_example(NAME)


@given(made.events(NAME))
def test_every_valid_event_comes_back_as_it_was_written(data: dict[str, Any]) -> None:
    made.comes_back(data)


def test_a_field_of_another_type_is_unknown_here() -> None:
    other = {"rates": "100"} if NAME != "tariff" else {"speaker": "x"}
    assert codes(plain_of(NAME) | other) == {next(iter(other)): "unknown-field"}


def test_text_public_is_a_word_and_never_a_boolean() -> None:
    assert good(plain_of(NAME))["text_public"] == "no"
    assert codes(plain_of(NAME) | {"text_public": "true"}) == {"text_public": "unknown-value"}


def test_a_commitment_has_a_name_and_says_what() -> None:
    bad = plain_of(NAME) | {"commitments": [{"by": "CN"}]}
    assert codes(bad) == {
        "commitments.0.id": "missing-field",
        "commitments.0.what": "missing-field",
    }
