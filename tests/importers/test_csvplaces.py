from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from rexctl.importers.csv import cell_ranges, records
from rexctl.yamlfile.source import Source

CELLS = st.lists(st.text('ab,"\n é;\u2028', max_size=6), min_size=1, max_size=4)


@given(CELLS, CELLS)
def test_every_cell_is_found_where_it_stands(first: list[str], second: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([first, second])
    text = out.getvalue()
    number = text.count("\n", 0, len(text) - len(_row(second))) + 1
    for cells, start in ((first, 1), (second, number)):
        spots = list(cell_ranges(Source("f", text), start))
        assert len(spots) == len(cells)
        for cell, (offset, width) in zip(cells, spots, strict=True):
            shown = text[offset : offset + width]
            start = cell.replace('"', '""').split("\n")[0]
            if cell:
                assert shown in (cell, f'"{start}"', f'"{start}')


def _row(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def test_a_cell_in_quotes_is_as_wide_as_it_is_written() -> None:
    source = Source("f", '"a, ""b""",2025-13,"x\ny",z')
    assert list(cell_ranges(source, 1)) == [(0, 10), (11, 7), (19, 2), (25, 1)]


def test_only_the_line_ends_of_csv_end_a_line() -> None:
    rows = list(records(b"title,summary\r\na,b\nc,d\re,\xe2\x80\xa8f\x0bg,\ng,h", "f"))
    assert [row.fault("c", "m", ("summary",)).start for row in rows] == [
        (2, 3), (3, 3), (4, 3), (5, 3),
    ]  # fmt: skip
