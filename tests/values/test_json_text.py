from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.values.json_text import Num, dumps, levels, loads, loads_strict

NUMBERS = ["0", "-0", "10.50", "1e5", "1E+400", "0.1000000000000000055", "123456789012345678901234"]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
DATA: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | TEXTS | st.sampled_from(NUMBERS).map(Num),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def bare(value: Any) -> bool:
    """Whether numbers are still marked as numbers, all the way down."""
    if isinstance(value, dict):
        return all(map(bare, value.values()))
    if isinstance(value, list):
        return all(map(bare, value))
    return not isinstance(value, int | float) or isinstance(value, bool)


@pytest.mark.parametrize("digits", NUMBERS)
def test_a_number_keeps_the_digits_it_was_written_with(digits: str) -> None:
    found = loads(f'{{"a": {digits}}}')["a"]
    assert isinstance(found, Num)
    assert found == digits
    assert dumps({"a": found}) == f'{{"a": {digits}}}'


def test_a_text_of_digits_stays_a_text() -> None:
    found = loads('{"a": "10.50"}')["a"]
    assert not isinstance(found, Num)
    assert dumps(found) == '"10.50"'


@given(DATA)
def test_what_is_written_reads_back_the_same_and_is_json_for_everybody(data: Any) -> None:
    text = dumps(data)
    assert "\n" not in text
    again = loads(text)
    assert again == data
    assert bare(again)
    assert dumps(again) == text
    json.loads(text)


@given(st.text(st.characters()))
def test_texts_are_quoted_as_the_standard_library_does(text: str) -> None:
    assert dumps(text) == json.dumps(text, ensure_ascii=False)


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
@pytest.mark.parametrize("read", [loads, loads_strict])
def test_what_is_not_a_number_of_json_is_refused(read: Any, word: str) -> None:
    with pytest.raises(ValueError, match=f"{word} is not a number"):
        read(f'{{"a": {word}}}')


def test_a_key_that_stands_twice_is_named_where_the_reader_is_strict() -> None:
    twice = '{"a": {"b": 1, "c": 2, "b": 3}}'
    with pytest.raises(ValueError, match="b: repeated key in one object"):
        loads_strict(twice)
    with pytest.raises(ValueError, match="b: repeated key"):
        loads_strict('{"b": 1, "\\u0062": 2}')
    assert loads(twice) == {"a": {"b": "3", "c": "2"}}


def test_keys_keep_the_order_in_which_they_are_given() -> None:
    assert dumps({"b": "1", "a": Num("2")}) == '{"b": "1", "a": 2}'


def test_levels_are_counted_without_a_stack_of_calls() -> None:
    value: object = "leaf"
    for _ in range(5000):
        value = [value]
    assert levels(value) == 5000
    assert levels({"a": [{}]}) == 3
    assert levels("text") == 0
