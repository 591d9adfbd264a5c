from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.values.suggest import NAMES, did_you_mean, nearest

WORDS = ["adopted", "threatened", "Asia/Shanghai", "withdrawn"]


@pytest.mark.parametrize(
    ("word", "near"),
    [("adoptd", "adopted"), ("ADOPTED", "adopted"), ("asia/shangai", "Asia/Shanghai"), ("zz", None),
     ("", None)],
)  # fmt: skip
def test_the_nearest_word_is_given_as_it_is_spelled_or_none(word: str, near: str | None) -> None:
    assert nearest(word, WORDS) == near
    assert did_you_mean(word, WORDS) == (f"did you mean {near}?" if near else "")


@pytest.mark.parametrize(
    ("word", "choice"),
    [("--condition", "--origin"), ("--columns", "--count"), ("--like", "--time"),
     ("narnia", "armenia"), ("date.year", "rates.per"), ("actors", "doctor"),
     ("england", "greenland"), ("--reverse", "--retracted"), ("date.xx", "date.gt"),
     ("firm/acme", "firm/amd")],
)  # fmt: skip
def test_a_word_that_is_not_near_is_not_suggested(word: str, choice: str) -> None:
    assert nearest(word, [choice]) is None


@pytest.mark.parametrize(
    ("word", "choice"),
    [("tarrif", "tariff"), ("titel", "title"), ("effective.form", "effective.from"),
     ("--sttaus", "--status"), ("tawain", "taiwan"), ("export_control", "export-control"),
     ("2025-10-09-cn-mofcom-16", "2025-10-09-cn-mofcom-61")],
)  # fmt: skip
def test_a_letter_that_is_missing_wrong_or_swapped_is_a_slip(word: str, choice: str) -> None:
    assert nearest(word, [choice]) == choice


def test_of_two_near_words_the_one_that_begins_alike_is_suggested() -> None:
    assert nearest("dates", ["rates", "date"]) == "date"


def test_swapped_digits_are_nearer_than_a_wrong_one() -> None:
    assert nearest("cn-mofcom-16", ["cn-mofcom-56", "cn-mofcom-61"]) == "cn-mofcom-61"


def test_a_name_of_a_country_may_differ_less() -> None:
    assert nearest("elbonia", ["estonia"], NAMES) is None
    assert nearest("Norwya", ["Norway"], NAMES) == "Norway"
    assert nearest("Chine", ["Chile", "China"], NAMES) == "China"


@given(st.text(max_size=30), st.lists(st.text(max_size=10), max_size=5))
def test_a_suggestion_is_always_one_of_the_choices(word: str, choices: list[str]) -> None:
    found = nearest(word, choices)
    assert found is None or found in choices


@given(st.lists(st.text(min_size=1, max_size=10), min_size=1, max_size=5))
def test_a_word_that_is_a_choice_suggests_itself_but_for_case(choices: list[str]) -> None:
    found = nearest(choices[0], choices)
    assert found is not None
    assert found.casefold() == choices[0].casefold()
