from __future__ import annotations

import io
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rexctl.output import Options
from rexctl.output.tsv import write
from rexctl.records import Row, Table


def written(columns: tuple[str, ...], *rows: dict[str, Any], **options: Any) -> str:
    out = io.StringIO()
    write(Table(columns, [Row(row) for row in rows]), out, Options(**options))
    return out.getvalue()


def unescaped(text: str) -> str:
    marks = {"t": "\t", "n": "\n", "r": "\r", "0": "\0", "\\": "\\", ";": ";"}
    found, rest = "", iter(text)
    for character in rest:
        found += marks[next(rest)] if character == "\\" else character
    return found


def test_fields_asked_for_come_without_a_heading() -> None:
    row = {"id": "a", "actors": ["US", "CN"]}
    assert written(("id", "actors", "note"), row, heading=False) == "a\tUS;CN\t\n"


def test_a_heading_comes_where_the_format_was_asked_for() -> None:
    assert written(("id", "title"), {"id": "a"}) == "id\ttitle\na\t\n"


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",))), min_size=1, max_size=4))
def test_any_row_is_one_line_and_reads_back(cells: list[str]) -> None:
    columns = tuple(f"c{n}" for n in range(len(cells)))
    shown = written(columns, dict(zip(columns, cells, strict=True)), heading=False)
    assert shown.count("\n") == 1
    assert "\r" not in shown
    assert [unescaped(cell) for cell in shown.removesuffix("\n").split("\t")] == cells


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1), min_size=1))
def test_any_list_is_one_cell_and_reads_back(tags: list[str]) -> None:
    (cell,) = written(("tags",), {"tags": tags}, heading=False).removesuffix("\n").split("\t")
    assert [unescaped(part) for part in re.findall(r"(?:[^;\\]|\\.)+", cell)] == tags


def test_a_semicolon_in_a_text_that_is_no_list_stays() -> None:
    assert written(("note",), {"note": "a; b"}, heading=False) == "a; b\n"


def test_nul_ends_a_row_where_asked() -> None:
    assert written(("id",), {"id": "a\n"}, heading=False, nul=True) == "a\\n\0"


def test_a_terminal_gets_nothing_harmful() -> None:
    assert written(("a",), {"a": "\x1b"}, heading=False, terminal=True) == "\\u001b\n"
