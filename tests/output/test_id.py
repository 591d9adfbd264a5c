from __future__ import annotations

import io

import pytest

from rexctl.errors import UsageError
from rexctl.output import Options
from rexctl.output.id import write
from rexctl.records import Row, Table


def test_each_row_gives_its_id() -> None:
    out = io.StringIO()
    write(Table(("title",), [Row({"id": "a-1"}), Row({"id": "b-2"})]), out, Options())
    assert out.getvalue() == "a-1\nb-2\n"


def test_nul_ends_an_id_where_asked() -> None:
    out = io.StringIO()
    write(Table(("id",), [Row({"id": "a-1"})]), out, Options(nul=True))
    assert out.getvalue() == "a-1\0"


def test_rows_without_an_id_are_refused() -> None:
    with pytest.raises(UsageError):
        write(Table(("n",), [Row({"n": "3"})]), io.StringIO(), Options())


def test_an_id_of_foreign_data_stays_one_line() -> None:
    out = io.StringIO()
    write(Table(("id",), [Row({"id": "a\nb\x1b"})]), out, Options())
    assert out.getvalue() == "a b\\u001b\n"
