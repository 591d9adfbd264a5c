from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from rexctl.index import select
from rexctl.index.freshness import compare, halves
from rexctl.index.freshness.ahead import Ahead
from rexctl.query import Query
from tests.store.logs import aged, event, log_of, put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rexctl.store.log import Log

DATA = event("2025-10-09-a")


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Log:
    """A log of two years whose every file is proved, by two processes however few they are."""
    found = log_of(tmp_path, DATA, event("2024-10-09-b"))
    aged(found)
    monkeypatch.setattr(halves, "_two", lambda: True)
    monkeypatch.setattr(compare, "_FEW", 0)
    return found


def titles(log: Log) -> tuple[list[str], int]:
    """Ask ahead, then prove; gives the titles, and how often they were asked for."""
    index, asked = log.words(), []

    def ask() -> Iterator[str]:
        asked.append(1)
        return (str(row.data["title"]) for row in select.rows(index, Query()))

    ahead = Ahead(index, ask)
    log.freshen(index, None, None, ahead)
    return list(ahead.answer()), len(asked)


def test_where_nothing_changed_the_question_is_put_once(log: Log) -> None:
    assert titles(log) == (["What 2024-10-09-b tells", "What 2025-10-09-a tells"], 1)


def test_where_a_file_changed_what_was_found_before_is_never_shown(log: Log) -> None:
    put(log, {**DATA, "title": "Quite another"})
    assert titles(log) == (["What 2024-10-09-b tells", "Quite another"], 2)


def test_what_another_process_changes_after_the_question_is_asked_for_again(log: Log) -> None:
    index = log.words()
    ahead = Ahead(index, lambda: [row.text for row in select.rows(index, Query())])
    ahead()
    put(log, {**DATA, "title": "Quite another"})
    log.index().db.close()
    assert "Quite another" in ahead.answer()[1]


def test_a_fault_of_the_question_is_told_when_it_is_put_again(log: Log) -> None:
    index, asked = log.words(), []

    def ask() -> str:
        asked.append(1)
        if len(asked) == 1:
            raise sqlite3.DatabaseError("malformed")
        return "told"

    ahead = Ahead(index, ask)
    log.freshen(index, None, None, ahead)
    assert (ahead.answer(), len(asked), index.stored) == ("told", 2, True)


def test_a_file_that_breaks_under_the_question_is_left_only_when_it_is_put_again(log: Log) -> None:
    index = log.words()
    refill = index.refill
    seen = []
    Ahead(index, lambda: seen.append(index.refill))()
    assert seen == [None]
    assert index.refill is refill


def test_what_is_dropped_is_asked_for_again() -> None:
    class Tables:
        db = sqlite3.connect(":memory:")
        refill = None

    Tables.db.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    numbers = iter((1, 2))
    ahead: Ahead[int] = Ahead(Tables(), lambda: next(numbers))  # type: ignore[arg-type]
    ahead()
    ahead.drop()
    assert ahead.answer() == 2
