"""Whatever becomes of the cache's file, the answer is the same."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rexctl.cache import cache as caches
from rexctl.query import Query
from rexctl.snapshot.snapshot import Snapshot
from rexctl.store.log import Log
from tests.snapshot.cached import aged, cache_file, log_of, titles
from tests.store.logs import event, put

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EVENTS = [event(f"2025-10-{day:02}-event", title=f"Title {day}") for day in range(1, 32)]
TITLES = [str(one["title"]) for one in EVENTS]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    found = log_of(tmp_path, *EVENTS)
    aged(found)
    return found


def stored(log: Log) -> bool:
    with Snapshot.open(log) as snapshot:
        return bool(snapshot.cache_path)


def rubbish(path: Path) -> None:
    path.write_bytes(b"nonsense" * 4000)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def middle(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(5000)
        file.write(b"nonsense" * 2000)


def without_tables(path: Path) -> None:
    with sqlite3.connect(path) as db:
        for name in ("field_values", "files"):
            db.execute(f"DROP TABLE {name}")
    db.close()


def other_version(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = 'old' WHERE key = 'key'")
        db.execute("UPDATE blobs SET json = '{}'")
    db.close()


DAMAGES = [rubbish, empty, half, middle, without_tables, other_version]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_or_outdated_file_is_built_again(
    log: Log, damage: Callable[[Path], None]
) -> None:
    damage(cache_file(log))
    assert titles(log) == TITLES
    assert titles(log) == TITLES
    assert stored(log)


@pytest.mark.parametrize("page", range(2, 40, 3))
def test_a_page_of_rubbish_anywhere_changes_no_answer(log: Log, page: int) -> None:
    with cache_file(log).open("r+b") as file:
        file.seek((page - 1) * 8192)
        file.write(b"x" * 8192)
    for _ in range(2):
        assert titles(log) == TITLES
        with Snapshot.open(log) as snapshot:
            assert snapshot.count(snapshot.parse_query(["title:title"], None)) == 31  # type: ignore[arg-type]
            assert len(list(snapshot.search(Query(words=("Title",))))) == 31


def test_rows_that_were_yielded_before_a_fault_are_not_yielded_twice(log: Log) -> None:
    with Snapshot.open(log) as snapshot:
        rows = iter(snapshot.select(Query()))
        first = [next(rows).data["title"] for _ in range(3)]
        other = iter(snapshot.select(Query()))
        next(other)
        snapshot._cache.db.set_authorizer(lambda *_: sqlite3.SQLITE_OK)
        middle(cache_file(log))
        half(cache_file(log))
        rest = [row.data["title"] for row in rows]
        assert [*first, *rest] == TITLES
        assert [row.data["title"] for row in other] == TITLES[1:]


def test_touching_the_file_discards_nothing(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    cache_file(log).touch()
    monkeypatch.setattr("rexctl.cache.blobs.parse_blob", None)
    assert titles(log) == TITLES


def test_a_link_in_its_place_is_not_followed(log: Log, tmp_path: Path) -> None:
    path = cache_file(log)
    path.rename(tmp_path / "other")
    before = (tmp_path / "other").read_bytes()
    path.symlink_to(tmp_path / "other")
    put(log, event("2026-01-01-new", title="New"))
    assert titles(log) == [*TITLES, "New"]
    assert not stored(log)
    assert (tmp_path / "other").read_bytes() == before


def test_a_pipe_or_a_folder_in_its_place_is_left_alone(log: Log) -> None:
    for make in (os.mkfifo, os.mkdir):
        path = cache_file(log)
        path.unlink()
        make(path)
        assert titles(log) == TITLES
        path.unlink() if stat.S_ISFIFO(path.stat().st_mode) else path.rmdir()
        titles(log)


def test_no_cache_folder_and_a_file_in_its_place_cost_only_time(log: Log, tmp_path: Path) -> None:
    assert titles(Log(log.root, None)) == TITLES
    (tmp_path / "file").write_text("x")
    assert titles(Log(log.root, tmp_path / "file")) == TITLES
    assert titles(Log(log.root, tmp_path / "file" / "below")) == TITLES


def test_a_cache_inside_the_log_is_no_fault(log: Log) -> None:
    inside = Log(log.root, log.root / "events" / "2025")
    assert titles(inside) == titles(inside) == TITLES


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_cannot_be_written_is_read(log: Log) -> None:
    cache_file(log).chmod(0o400)
    put(log, event("2026-01-01-new", title="New"))
    assert titles(log) == [*TITLES, "New"]


def test_a_file_that_another_process_holds_is_neither_waited_for_nor_deleted(log: Log) -> None:
    code = ("import sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None); "
            "db.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()")  # fmt: skip
    with subprocess.Popen([sys.executable, "-c", code, str(cache_file(log))], text=True,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:  # fmt: skip
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert titles(log) == TITLES
        other.communicate("")
    assert stored(log)


def test_a_reader_that_does_not_end_keeps_nobody_from_a_right_answer(log: Log) -> None:
    with Snapshot.open(log) as reader:
        rows = iter(reader.select(Query()))
        next(rows)
        put(log, event("2026-01-01-new", title="New"))
        assert titles(log) == [*TITLES, "New"]
        assert [row.data["title"] for row in rows] == TITLES[1:]
    assert titles(log) == [*TITLES, "New"]
    assert stored(log)


def test_the_file_is_for_its_user_alone(log: Log) -> None:
    assert stat.S_IMODE(cache_file(log).stat().st_mode) == 0o600


def test_a_full_disk_costs_only_time(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    real = caches.prepare

    def prepare(db: sqlite3.Connection) -> None:
        real(db)
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        if pages:
            db.execute(f"PRAGMA max_page_count = {pages}")

    monkeypatch.setattr(caches, "prepare", prepare)
    put(log, *(event(f"2026-01-{day:02}-new", title=f"New {day}" * 50) for day in range(1, 29)))
    assert len(titles(log)) == 31 + 28
    assert cache_file(log).exists()


def test_an_error_of_a_query_that_is_no_fault_of_the_file_is_raised(log: Log) -> None:
    shutil.rmtree(log.cache or "")
    with Snapshot.open(Log(log.root, None)) as snapshot, pytest.raises(sqlite3.Error):
        list(snapshot.ask("SELECT * FROM nothing"))
