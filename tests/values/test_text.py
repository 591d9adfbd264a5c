from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.values.text import comparison_key, name_key


@pytest.mark.parametrize(("one", "other"), [
    ("Türkiye", "TURKIYE"), ("Straße", "strasse"), ("Côte d’Ivoire", "cote d’ivoire"),
])  # fmt: skip
def test_texts_are_compared_without_case_and_accents(one: str, other: str) -> None:
    assert comparison_key(one) == comparison_key(other)


@pytest.mark.parametrize(("one", "other"), [
    ("U.S.", "us"), ("The Gambia", "gambia"), ("Trinidad & Tobago", "trinidad and tobago"),
    ("Guinea-Bissau", "guinea bissau"), ("Côte d’Ivoire", "COTE D'IVOIRE"),
    ("Congo (Democratic Republic)", "congo democratic republic"), ("AT&T", "at and t"),
])  # fmt: skip
def test_names_are_compared_without_points_hyphens_brackets_and_the(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_the_word_the_alone_is_a_name() -> None:
    assert name_key("The") == "the"


@given(st.text())
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert comparison_key(comparison_key(text)) == comparison_key(text)
    assert name_key(name_key(text)) == name_key(text) or name_key(text).startswith("the ")
