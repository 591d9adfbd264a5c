from __future__ import annotations

import io

import pytest

from rexctl.errors import UsageError
from rexctl.output import Options
from rexctl.output.path import write
from rexctl.records import Row, Table

ROWS = [Row({"id": "a"}, path="events/2025/a.yaml"), Row({"id": "b"}, path="events/2025/b.yaml")]


def test_each_row_gives_the_path_of_its_file() -> None:
    out = io.StringIO()
    write(Table(("id",), ROWS), out, Options())
    assert out.getvalue() == "events/2025/a.yaml\nevents/2025/b.yaml\n"


def test_a_path_is_told_as_seen_from_the_current_folder() -> None:
    out = io.StringIO()
    write(Table(("id",), ROWS[:1]), out, Options(root="../data", nul=True))
    assert out.getvalue() == "../data/events/2025/a.yaml\0"


def test_rows_that_stand_in_no_file_are_refused() -> None:
    with pytest.raises(UsageError):
        write(Table(("id",), [Row({"id": "a"})]), io.StringIO(), Options())


def test_a_terminal_gets_nothing_harmful() -> None:
    out = io.StringIO()
    write(Table(("id",), [Row({}, path="a\x1b.yaml")]), out, Options(terminal=True))
    assert out.getvalue() == "a\\u001b.yaml\n"
