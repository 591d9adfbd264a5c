from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexctl.output.emit import Options
from rexctl.output.table import MEASURED, laid_out, write
from rexctl.output.width import columns_of
from rexctl.records import Row, Sheet

LONG_ID = "2025-10-10-us-president-100-percent-duty-threat"
EVENTS: list[dict[str, Any]] = [
    {"id": LONG_ID, "type": "tariff", "status": "threatened",
     "title": "Trump threatens an additional 100% duty on Chinese goods"},
    {"id": "2025-10-09-cn-mofcom-61", "type": "export-control", "status": "adopted",
     "title": "Announcement 61 puts rare-earth items made abroad under Chinese export licence"},
]  # fmt: skip
COLUMNS = ("id", "type", "status", "title")


def drawn(columns: tuple[str, ...] = COLUMNS, rows: Any = EVENTS, right: tuple[str, ...] = (),
          **options: Any) -> list[str]:  # fmt: skip
    out = io.StringIO()
    write(Sheet(columns, (Row(row) for row in rows), right=right), out, Options(**options))
    return out.getvalue().splitlines()


@pytest.mark.parametrize("width", [60, 80, 120, 0])
def test_an_id_is_never_shortened_and_every_line_fits(width: int) -> None:
    lines = drawn(width=width)
    assert any(line.split("  ")[0] == LONG_ID for line in lines)
    assert all(columns_of(line) <= (width or 999) for line in lines)


def test_where_there_is_room_each_row_is_one_line() -> None:
    assert drawn(width=160) == [
        f"{'id':47}  {'type':14}  {'status':10}  title",
        f"{LONG_ID}  {'tariff':14}  threatened  {EVENTS[0]['title']}",
        f"{'2025-10-09-cn-mofcom-61':47}  export-control  {'adopted':10}  {EVENTS[1]['title']}",
    ]


def test_the_widest_column_is_cut_first() -> None:
    lines = drawn(width=120)
    assert len(lines) == 3
    assert lines[2].endswith("…")
    assert "export-control  adopted" in lines[2]


def test_a_column_without_room_stands_below_its_row() -> None:
    assert drawn(width=80)[:4] == [
        f"{'id':47}  {'type':14}  status",
        "    title",
        f"{LONG_ID}  {'tariff':14}  threatened",
        "    Trump threatens an additional 100% duty on Chinese goods",
    ]


def test_on_a_narrow_terminal_everything_but_the_id_stands_below() -> None:
    lines = drawn(width=60)
    assert lines[2] == LONG_ID
    assert lines[3].startswith("    tariff          threatened  Trump")


def test_numbers_stand_to_the_right() -> None:
    assert drawn(("by", "n"), [{"by": "CN", "n": "3"}, {"by": "US", "n": "12"}], ("n",)) == [
        "by   n", "CN   3", "US  12",
    ]  # fmt: skip


def test_no_rows_are_no_lines() -> None:
    assert drawn(rows=[]) == []


def test_markup_and_control_characters_are_text() -> None:
    lines = drawn(("title",), [{"title": "BIS [/rule] [red]x :smile: \x1b[31m\nend"}])
    assert lines[1] == "BIS [/rule] [red]x :smile: \\u001b[31m end"


def test_colour_goes_to_the_heading_and_the_ids() -> None:
    lines = drawn(("id", "n"), [{"id": "a", "n": "1"}], color=True)
    assert lines == ["\x1b[1mid  n\x1b[0m", "\x1b[36ma \x1b[0m  1"]


def test_wide_characters_keep_the_columns_straight() -> None:
    lines = drawn(("by", "n"), [{"by": "商务部", "n": "1"}, {"by": "US", "n": "2"}])
    assert [columns_of(line) for line in lines] == [9, 9, 9]


def test_rows_beyond_the_measured_ones_stream() -> None:
    taken = []

    def rows():  # type: ignore[no-untyped-def]
        for n in range(MEASURED + 3):
            taken.append(out.tell())
            yield Row({"id": f"e{n}", "title": "x" * n})

    out = io.StringIO()
    write(Sheet(("id", "title"), rows()), out, Options(width=40))
    assert set(taken[:MEASURED]) == {0}
    assert 0 < taken[-2] < taken[-1]
    assert all(columns_of(line) <= 40 for line in out.getvalue().splitlines())


@settings(max_examples=100)
@given(
    st.lists(
        st.lists(st.text("ab 商", max_size=60), min_size=3, max_size=3), min_size=1, max_size=4
    ),
    st.integers(12, 90),
)
def test_without_ids_every_row_fits_any_width(cells: list[list[str]], width: int) -> None:
    names = ("a", "b", "c")
    rows = [dict(zip(names, row, strict=True)) for row in cells]
    lines = drawn(names, rows, width=width)
    assert len(lines) == len(rows) + 1
    assert all(columns_of(line) <= width for line in lines)


def test_a_layout_says_which_columns_stand_where() -> None:
    layout = laid_out(("id", "title"), [["x" * 30, "y" * 50]], 50)
    assert layout.beside == (0,)
    assert layout.below == (1,)
    assert layout.widths == (30, 46)
