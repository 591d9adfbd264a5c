from __future__ import annotations

import json
from typing import Any

import pytest

from rexctl.cache.line import line
from rexctl.values.json_text import Num

COMPUTED = '"_v": 1'


def test_keys_stand_in_the_order_of_the_schema_and_others_follow_by_name() -> None:
    data = {"x-b": "1", "title": "T", "x-a": {"z": "1", "a": "2"}, "id": "i",
            "rates": [{"unit": "percent", "value": "10.50"}]}  # fmt: skip
    assert line(data, "tariff", COMPUTED) == (
        '{"id": "i", "title": "T", "rates": [{"value": 10.50, "unit": "percent"}], '
        '"x-a": {"z": "1", "a": "2"}, "x-b": "1", "_v": 1}'
    )


def test_without_a_shape_all_stays_as_it_came() -> None:
    assert line({"b": "1", "a": ["2"]}, "", COMPUTED) == '{"b": "1", "a": ["2"], "_v": 1}'
    assert line({}, "", COMPUTED) == '{"_v": 1}'


@pytest.mark.parametrize(("value", "written"), [
    ("10", "10"), ("1.50", "1.50"), ("010", '"010"'), ("ten", '"ten"'), (True, "true"), (Num("7"), "7"),
    (["10"], '["10"]'), (None, "null"),
])  # fmt: skip
def test_a_number_is_one_where_json_has_it_so(value: Any, written: str) -> None:
    got = line({"count": {"value": value}}, "meeting", COMPUTED)
    assert got == f'{{"count": {{"value": {written}}}, "_v": 1}}'


def test_what_has_another_shape_than_its_kind_says_stays_as_it_is() -> None:
    data = {"rates": {"unit": "x", "value": "1"}, "effective": "2025", "actors": "CN"}
    assert json.loads(line(data, "tariff", COMPUTED)) == {**data, "_v": 1}
    assert '{"unit": "x", "value": "1"}' in line(data, "tariff", COMPUTED)


def test_what_is_nested_too_deep_has_no_line() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    assert line({"x-a": deep}, "tariff", COMPUTED) == ""
