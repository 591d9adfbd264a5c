from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from rexctl.importers.csv import cell_positions as places
from rexctl.importers.csv import split_lines as lines_of

CELLS = st.lists(st.text('ab,"\n é;\u2028', max_size=6), min_size=1, max_size=4)


@given(CELLS, CELLS)
def test_every_cell_is_found_where_it_stands(first: list[str], second: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([first, second])
    text = out.getvalue()
    lines = lines_of(text)
    number = text.count("\n", 0, len(text) - len(_row(second))) + 1
    for cells, start in ((first, 1), (second, number)):
        spots = places(lines, start)
        assert len(spots) == len(cells)
        for cell, (line, column, width) in zip(cells, spots, strict=True):
            shown = lines[line - 1][column - 1 : column - 1 + width]
            start = cell.replace('"', '""').split("\n")[0]
            if cell:
                assert shown in (cell, f'"{start}"', f'"{start}')


def _row(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def test_a_cell_in_quotes_is_as_wide_as_it_is_written() -> None:
    lines = ['"a, ""b""",2025-13,"x', 'y",z']
    assert places(lines, 1) == [(1, 1, 10), (1, 12, 7), (1, 20, 2), (2, 4, 1)]


def test_only_the_line_ends_of_csv_end_a_line() -> None:
    assert lines_of("a\r\nb\nc\rd\u2028e\x0bf") == ["a", "b", "c", "d\u2028e\x0bf"]
