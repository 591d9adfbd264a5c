from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from rexctl import records
from rexctl.output import Options
from rexctl.output.table import MEASURED_ROWS, fit_columns, write
from rexctl.records import Row, Table

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
    write(
        Table(columns, (Row(row) for row in rows), kind="events", right=right),
        out,
        Options(**options),
    )
    return out.getvalue().splitlines()


@pytest.mark.parametrize("width", [60, 80, 120, 0])
def test_an_id_is_never_shortened_and_every_line_fits(width: int) -> None:
    lines = drawn(width=width)
    assert any(line.strip().split("  ")[0] == LONG_ID for line in lines)
    assert all(cell_len(line) <= (width or 999) for line in lines)


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


def test_on_a_narrow_terminal_the_widest_columns_stand_below() -> None:
    lines = drawn(width=60)
    assert lines[2:6] == [
        "tariff          threatened",
        "    Trump threatens an additional 100% duty on Chinese goods",
        f"    {LONG_ID}",
        "export-control  adopted",
    ]


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
    assert lines[0].startswith("\x1b[1mid\x1b[0m")
    assert lines[1].startswith("\x1b[36ma\x1b[0m ")


def test_wide_characters_keep_the_columns_straight() -> None:
    lines = drawn(("by", "n"), [{"by": "商务部", "n": "1"}, {"by": "US", "n": "2"}])
    assert [cell_len(line) for line in lines] == [9, 9, 9]


def test_rows_after_the_first_block_are_read_while_the_table_is_written() -> None:
    taken = []

    def rows():  # type: ignore[no-untyped-def]
        for n in range(MEASURED_ROWS + 3):
            taken.append(out.tell())
            yield Row({"id": f"e{n}", "title": "x" * n})

    out = io.StringIO()
    write(Table(("id", "title"), rows(), kind="events"), out, Options(width=40))
    assert set(taken[:MEASURED_ROWS]) == {0}
    assert taken[-1] > 0
    assert all(cell_len(line) <= 40 for line in out.getvalue().splitlines())


def test_below_a_row_a_text_is_wrapped_and_an_id_is_broken_after_a_hyphen() -> None:
    lines = drawn(width=40)
    assert lines[2:7] == [
        "tariff          threatened",
        "    Trump threatens an additional 100%",
        "    duty on Chinese goods",
        "    2025-10-10-us-president-100-percent-",
        "    duty-threat",
    ]


def test_a_column_without_any_text_is_left_out() -> None:
    rows = [{"id": "a", "n": "1"}, {"id": "b", "n": "2"}]
    assert drawn(("id", "bound", "n"), rows) == ["id  n", "a   1", "b   2"]


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
    assert len(lines) == len(rows) + 1 or not any(map(any, cells))
    assert all(cell_len(line) <= width for line in lines)


def test_a_layout_says_which_columns_stand_where() -> None:
    layout = fit_columns(("id", "title"), [["x" * 30, "y" * 50]], 50, (0,))
    assert layout.first == (0,)
    assert layout.below == (1,)
    assert layout.widths == (30, 46)


def test_a_number_gets_a_bar_on_a_terminal_only() -> None:
    rows = [{"by": "CN", "events": "40"}, {"by": "US", "events": "1"}, {"by": "EU", "events": "0"}]
    table = Table(("by", "events"), [Row(row) for row in rows], bar="events", right=("events",))
    for terminal in (True, False):
        out = io.StringIO()
        write(table, out, Options(width=60, terminal=terminal))
        lines = out.getvalue().splitlines()
        assert [line.count("█") for line in lines] == ([0, 30, 1, 0] if terminal else [0] * 4)
        assert all(cell_len(line) <= 60 for line in lines)


def test_emoji_and_combining_characters_keep_the_columns_straight() -> None:
    texts = ["👩\u200d🚀 ab", "e\u0301e\u0301", "🇨🇳🇺🇸", "稀土", "plain"]
    lines = drawn(("title", "n"), [{"title": text, "n": "7"} for text in texts])
    assert {cell_len(line.rpartition("7")[0]) for line in lines[1:]} == {7}


def test_a_long_text_of_a_reference_table_is_wrapped_not_cut() -> None:
    out = io.StringIO()
    text = "a sentence that goes on and on over the width of the terminal"
    write(Table(("name", "what"), [Row({"name": "x", "what": text})]), out, Options(width=40))
    assert "…" not in out.getvalue()
    assert " ".join(out.getvalue().split()) == f"name what x {text}"


@pytest.mark.parametrize(("width", "bars"), [(44, 0), (64, 0), (65, 1)])
def test_words_and_numbers_are_whole_and_a_bar_without_room_is_left_out(
    width: int, bars: int
) -> None:
    columns = ("quarter", "in-force", "partly-in-force", "suspended", "possibly")
    row = dict.fromkeys(columns, "7") | {"quarter": "2025-Q1"}
    out = io.StringIO()
    table = Table(columns, [Row(row)], right=columns[1:], bar="in-force")
    write(table, out, Options(width=width, terminal=True))
    lines = out.getvalue().splitlines()
    words = " ".join(lines).split()
    assert {"2025-Q1", "suspended", "possibly", "quarter"} <= {*words}
    assert lines[-1].count("█") == 8 * bars
    assert all(cell_len(line) <= width for line in lines)


def test_a_span_is_broken_at_its_slash_where_more_fits_beside_it() -> None:
    rows = [{"date": "2025-10-13~/2025-10-18", "type": "export-control", "id": "2025-" + "x" * 30},
            {"date": "../2025-10-18", "type": "statement", "id": "2025-" + "y" * 30}]  # fmt: skip
    table = Table(("date", "type", "id"), map(Row, rows), kind=records.EVENTS)
    for width, shown in ((80, "2025-10-13~/2025-10-18  export"), (70, "2025-10-13~/   export")):
        out = io.StringIO()
        write(table._replace(rows=map(Row, rows)), out, Options(width=width))
        lines = out.getvalue().splitlines()
        assert lines[1].startswith(shown)
        assert lines[-1].startswith("../2025-10-18")
        assert len(lines) == (3 if width == 80 else 4)
