from __future__ import annotations

from tests.model.made import codes, good, plain_of

NAME = "agreement"


def test_text_public_is_a_word_and_never_a_boolean() -> None:
    assert good(plain_of(NAME))["text_public"] == "no"
    assert codes(plain_of(NAME) | {"text_public": "true"}) == {"text_public": "unknown-value"}


def test_a_commitment_has_a_name_and_says_what() -> None:
    bad = plain_of(NAME) | {"commitments": [{"by": "CN"}]}
    assert codes(bad) == {
        "commitments.0.id": "missing-field",
        "commitments.0.what": "missing-field",
    }
