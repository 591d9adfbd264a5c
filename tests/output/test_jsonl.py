from __future__ import annotations

import io

from rexctl.output import Options
from rexctl.output.jsonl import write
from rexctl.records import Row, Table

LINE = '{"id":  "a", "title": "x\u202ey", "rate": 10.50}'


def written(sheet: Table, **options: bool) -> str:
    out = io.StringIO()
    write(sheet, out, Options(**options))  # type: ignore[arg-type]
    return out.getvalue()


def test_a_line_passes_byte_for_byte() -> None:
    assert written(Table(("id",), [Row(text=LINE)])) == LINE + "\n"


def test_chosen_fields_give_lines_of_those_keys_in_that_order() -> None:
    sheet = Table(("rate", "status", "id"), [Row(text=LINE)], chosen=True)
    assert written(sheet) == '{"rate": 10.50, "id": "a"}\n'


def test_a_terminal_gets_the_same_value_spelled_harmlessly() -> None:
    shown = written(Table(("id",), [Row(text=LINE)]), terminal=True)
    assert shown == LINE.replace("\u202e", "\\u202e") + "\n"


def test_nul_ends_a_row_where_asked() -> None:
    assert written(Table(("id",), [Row({"id": "a"})]), nul=True) == '{"id": "a"}\0'


def test_a_lone_surrogate_does_not_stop_the_writing() -> None:
    sheet = Table(("t",), [Row(text='{"t": "\\ud800"}')], chosen=True)
    assert written(sheet).encode() == b'{"t": "\\ud800"}\n'


def test_no_rows_are_no_lines() -> None:
    assert written(Table(("id",), [])) == ""
