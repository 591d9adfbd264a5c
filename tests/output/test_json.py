from __future__ import annotations

import io
import json
from typing import Any

import pytest

from rexctl.output import Options
from rexctl.output.json import write
from rexctl.records import Row, Table
from rexctl.values.json_text import Num


def written(rows: list[dict[str, Any]], **more: Any) -> str:
    out = io.StringIO()
    write(Table(("id",), [Row(row) for row in rows], chosen=more.pop("chosen", False)), out,
          Options(**more))  # fmt: skip
    return out.getvalue()


@pytest.mark.parametrize("number", [0, 1, 3])
def test_all_rows_are_one_array(number: int) -> None:
    rows: list[dict[str, Any]] = [{"id": f"e{n}", "actors": ["CN"]} for n in range(number)]
    assert json.loads(written(rows)) == rows


def test_a_number_keeps_its_digits() -> None:
    assert written([{"rate": Num("10.50")}]) == '[\n{"rate": 10.50}\n]\n'


def test_chosen_fields_are_the_only_keys() -> None:
    assert json.loads(written([{"id": "a", "title": "t"}], chosen=True)) == [{"id": "a"}]


def test_a_terminal_gets_the_same_value_spelled_harmlessly() -> None:
    shown = written([{"id": "\x9b\u202e\U000e0041"}], terminal=True)
    assert shown.isascii()
    assert json.loads(shown) == [{"id": "\x9b\u202e\U000e0041"}]
