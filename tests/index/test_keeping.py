from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.index import keeping, tables
from rexctl.records import Finding
from tests.store.logs import event, log_of, put

if TYPE_CHECKING:
    from pathlib import Path


FOUND = [Finding("a-code", "tëxt", "events/2025/x.yaml", 3, 4, hint="of\ntwo lines")]


def test_what_was_kept_is_given_until_something_changes(tmp_path: Path) -> None:
    log = log_of(tmp_path, event("2025-10-09-a"))
    index = log.index()
    assert keeping.kept(index, "x", "today") is None
    keeping.keep(index, "x", "today", FOUND, keeping.turn(index))
    assert keeping.kept(index, "x", "today") == FOUND
    assert keeping.kept(index, "x", "tomorrow") is None
    assert keeping.kept(index, "y", "today") is None
    index.db.close()
    put(log, event("2025-10-10-b"))
    assert keeping.kept(log.index(), "x", "today") is None


def test_what_was_worked_out_of_an_older_state_is_not_kept(tmp_path: Path) -> None:
    index = log_of(tmp_path, event("2025-10-09-a")).index()
    keeping.keep(index, "x", "today", FOUND, keeping.turn(index) - 1)
    assert keeping.kept(index, "x", "today") is None
    assert not index.db.in_transaction


def test_tables_in_memory_keep_nothing() -> None:
    index = tables.open_index(None, "")
    keeping.keep(index, "x", "today", FOUND, 0)
    assert keeping.kept(index, "x", "today") is None


def test_where_an_index_of_the_past_stands_is_another_turn(tmp_path: Path) -> None:
    index = tables.open_index(tmp_path, "log")
    assert keeping.place(index) == ["", "", ""]
    before = keeping.turn(index)
    keeping.put_place(index, ["rules", "12 events/a\n", "34"])
    assert keeping.place(index) == ["rules", "12 events/a\n", "34"]
    assert keeping.turn(index) == before + 1
