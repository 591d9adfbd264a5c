from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.values.suggest import did_you_mean, nearest

WORDS = ["adopted", "threatened", "Asia/Shanghai", "withdrawn"]


@pytest.mark.parametrize(
    ("word", "near"),
    [("adoptd", "adopted"), ("ADOPTED", "adopted"), ("asia/shangai", "Asia/Shanghai"), ("zz", None),
     ("", None)],
)  # fmt: skip
def test_the_nearest_word_is_given_as_it_is_spelled_or_none(word: str, near: str | None) -> None:
    assert nearest(word, WORDS) == near
    assert did_you_mean(word, WORDS) == (f"did you mean {near}?" if near else "")


@given(st.text(max_size=30), st.lists(st.text(max_size=10), max_size=5))
def test_a_suggestion_is_always_one_of_the_choices(word: str, choices: list[str]) -> None:
    found = nearest(word, choices)
    assert found is None or found in choices


@given(st.lists(st.text(min_size=1, max_size=10), min_size=1, max_size=5))
def test_a_word_that_is_a_choice_suggests_itself_but_for_case(choices: list[str]) -> None:
    found = nearest(choices[0], choices)
    assert found is not None
    assert found.casefold() == choices[0].casefold()
