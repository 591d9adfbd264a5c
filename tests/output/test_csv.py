from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.output import Options
from rexctl.output.csv import write
from rexctl.records import Row, Table


def written(columns: tuple[str, ...], *rows: dict[str, Any], **options: Any) -> str:
    out = io.StringIO(newline="")
    write(Table(columns, [Row(row) for row in rows]), out, Options(**options))
    return out.getvalue()


def cell(text: str, **options: Any) -> str:
    return list(csv.reader(io.StringIO(written(("a",), {"a": text}, **options), newline="")))[1][0]


def test_a_heading_and_rows_with_the_line_ends_of_the_standard() -> None:
    shown = written(
        ("id", "actors", "title"), {"id": "a", "actors": ["US", "CN"], "title": 'x, "y"'}
    )
    assert shown == 'id,actors,title\r\na,US;CN,"x, ""y"""\r\n'


def test_columns_of_one_list_stay_side_by_side() -> None:
    row = {"rates": [{"value": "10"}, {"value": "25", "prior": "5"}]}
    assert written(("rates.value", "rates.prior"), row).splitlines()[1] == "10;25,;5"


def test_no_rows_are_a_heading() -> None:
    assert written(("id", "title")) == "id,title\r\n"


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",))), min_size=2, max_size=4))
def test_any_text_reads_back(cells: list[str]) -> None:
    columns = tuple(f"c{n}" for n in range(len(cells)))
    shown = written(columns, dict(zip(columns, cells, strict=True)))
    rows = list(csv.reader(io.StringIO(shown, newline=""), strict=True))
    assert rows == [list(columns), cells]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "x;=1+1", 'x; "=1', "\n=1"],
)
def test_a_formula_is_guarded_where_asked(text: str) -> None:
    shown = cell(text, excel_safe=True)
    assert "'" in shown
    assert shown.replace("'", "") == text
    assert cell(text) == text


@pytest.mark.parametrize("text", ["-10.5", "+5", "10;-3", "hs:0103", "2025-10-09", "a-b", ""])
def test_what_is_no_formula_stays(text: str) -> None:
    assert cell(text, excel_safe=True) == text


def test_a_terminal_gets_nothing_harmful() -> None:
    assert cell("\x1b[31m", terminal=True) == "\\u001b[31m"


def test_a_lone_surrogate_does_not_stop_the_writing() -> None:
    assert written(("a",), {"a": "\ud800"}).encode().endswith(b"\\ud800\r\n")
