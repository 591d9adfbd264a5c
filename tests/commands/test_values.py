from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_values_come_with_counts_the_most_frequent_first(filled: Door) -> None:
    rows = [json.loads(line) for line in filled("values", "actor").lines]
    assert rows == [{"actors": "SE", "events": 2}, {"actors": "NO", "events": 1}]


def test_a_query_leaves_some_out(filled: Door) -> None:
    assert filled("values", "actor", "type:tariff", "-f", "csv").out == "actors,events\r\nNO,1\r\n"


def test_events_without_a_value_are_counted_too(filled: Door) -> None:
    assert json.loads(filled("values", "tag").lines[0])["tags"] is None


@pytest.mark.parametrize(
    "words", [[], ["actr"], ["effective"], ["type", "tipe:x"], ["type", "-f", "card"]]
)
def test_wrong_words_are_told(words: list[str], filled: Door) -> None:
    said = filled("values", *words)
    assert (said.code, said.out) == (2, "")


def test_a_bad_file_makes_it_partial(filled: Door) -> None:
    filled.put("2025-10-09-bad.yaml", "type: tarif\n")
    assert filled("values", "type").code == 6
