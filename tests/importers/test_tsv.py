from __future__ import annotations

import io
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rexctl.importers import read_records
from rexctl.importers.tsv import records
from rexctl.output import Options
from rexctl.output import tsv as written
from rexctl.records import Row, Table

COLUMNS = ("id", "title", "tags", "note", "actors")
TEXT = (
    st.text(st.sampled_from("ab;\\\t\n \"',ä土"), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)


def sheet(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    written.write(Table(COLUMNS, map(Row, rows), chosen=True), out, Options())
    return out.getvalue().encode()


@given(
    st.lists(
        st.fixed_dictionaries(
            {"id": TEXT}, optional={"title": TEXT, "note": TEXT, "tags": st.lists(TEXT, min_size=1)}
        ),
        min_size=1,
    )
)
def test_what_tsv_writes_is_read_back(rows: list[dict[str, Any]]) -> None:
    assert [one.value for one in records(sheet(rows), "a.tsv")] == rows


def test_tsv_is_known_by_its_suffix_and_by_its_heading() -> None:
    data = b"id\ttitle\r\nx\tA, b\r\n\n"
    for name in ("a.tsv", "-"):
        (one,) = read_records(data, name)
        assert one.value == {"id": "x", "title": "A, b"}


def test_a_fault_is_at_its_cell() -> None:
    (one,) = read_records(b"id\ttitel\nx\ty\n", "a.tsv")
    (fault,) = one.findings
    assert (fault.code, fault.line, fault.column, fault.width) == ("unknown-field", 1, 4, 5)
    _, second = read_records(b"id\ttitle\nx\ty\nz\n", "a.tsv")
    assert "has 1 cells, and the heading has 2" in second.findings[0].message
