from __future__ import annotations

import os
import random
import sqlite3
import stat
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from rexctl.index import fresh, schema, seal, select, tables
from rexctl.model import legal
from rexctl.query import Query, Term, Value
from rexctl.store.log import Log
from rexctl.store.publish import publish
from tests.store.logs import aged, counted, event, file_of, lines, log_of, put, tick

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rexctl.index.tables import Index

EVENTS = [event(f"2025-10-{day:02}-what-{day}", actors=["CN" if day % 2 else "US/bis"], tags=[f"tag-{day}"])
          for day in range(1, 31)]  # fmt: skip
CHINESE = Query((Term("actors", "actor", "any", (Value("CN"),)),))


def told(index: Index) -> list[object]:
    """Everything that a reader may ask of an index."""
    return [
        [(row.text, row.path) for row in select.rows(index, Query(), retracted=True)],
        [row.text for row in select.rows(index, CHINESE, sort=[("title", True)])],
        select.count(index, CHINESE),
        select.all_ids(index),
        [*select.distinct(index, "tags", Query())],
        select.findings(index),
        sorted(index.ask("SELECT kind, code, name FROM codes")),
        sorted(index.ask("SELECT * FROM members")),
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Log, list[object], bytes]:
    """A log with its index, what it tells, and the bytes of its file."""
    log = log_of(tmp_path_factory.mktemp("log"), *EVENTS)
    aged(log)
    truth = told(Log(log.root, None).index())
    return log, truth, file_of(log).read_bytes()


@pytest.fixture
def log(made: tuple[Log, list[object], bytes], tmp_path: Path) -> Iterator[Log]:
    """The log with an index of its own that is true."""
    found = Log(made[0].root, tmp_path / "cache")
    assert found.cache
    found.cache.mkdir(mode=0o700)
    path = file_of(found)
    path.write_bytes(made[2])
    seal.press(path)
    tick(tmp_path)
    yield found


@pytest.fixture
def truth(made: tuple[Log, list[object], bytes]) -> list[object]:
    return made[1]


def garbage(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


def deleted(path: Path) -> None:
    path.unlink()


def halved(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def no_tables(path: Path) -> None:
    db = sqlite3.connect(path)
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        if not name.startswith("words_"):  # these go with the table of full text
            db.execute(f"DROP TABLE {name}")
    db.commit()
    seal.press(path)


def other_tables(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("DROP TABLE leaves")
    db.execute("CREATE VIEW leaves AS SELECT 1 AS leaf, 2 AS field, 3 AS text")
    db.commit()
    db.close()


def unsealed(path: Path) -> None:
    seal.path_of(path).unlink()


def bad_journal(path: Path) -> None:
    path.with_name(path.name + "-journal").write_bytes(
        b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\xff" * 4000
    )


@pytest.mark.parametrize(
    "spoil",
    [deleted, halved, emptied, garbage, no_tables, other_tables, unsealed, bad_journal],
    ids=lambda s: s.__name__,
)
def test_a_spoilt_file_gives_the_same_answer_and_is_good_again_next_time(
    log: Log, truth: list[object], spoil: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(file_of(log))
    assert told(log.index()) == truth
    assert told(log.index()) == truth
    aged(log)
    read = counted(monkeypatch)
    index = log.index()
    assert index.stored
    assert told(index) == truth
    assert read == []


@pytest.mark.slow
def test_one_byte_flipped_anywhere_changes_no_answer(
    log: Log, truth: list[object], made: tuple[Log, list[object], bytes], tmp_path: Path
) -> None:
    path, data = file_of(log), made[2]
    chosen = random.Random(7)
    texts = [data.find(word) for word in (b'"title"', b"tag-17", b"2025-10-05-what", b"US/bis")]
    places = [18, 24, 60, 100, *texts, *(chosen.randrange(len(data)) for _ in range(14))]
    assert min(places) > 0
    for place in places:
        path.write_bytes(data)
        seal.press(path)
        tick(tmp_path)
        about = path.stat()
        with path.open("r+b") as file:
            file.seek(place)
            file.write(bytes([data[place] ^ 1 << chosen.randrange(8)]))
        os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
        assert told(log.index()) == truth, place


def test_a_file_that_breaks_in_the_middle_of_an_answer_is_left_for_memory(
    log: Log, truth: list[object]
) -> None:
    index = log.index()
    assert index.stored
    rows = select.rows(index, Query(), retracted=True)
    first = [next(rows), next(rows)]

    class Broken:
        def execute(self, *_: object) -> Any:
            raise sqlite3.DatabaseError("database disk image is malformed")

    index.db = Broken()  # type: ignore[assignment]
    assert select.all_ids(index) == [row.data["id"] for row in [*first, *rows]]
    assert not index.stored
    assert told(index) == truth


def test_rows_given_before_a_fault_are_not_given_twice(log: Log) -> None:
    index = log.index()
    real = index.db

    class Breaking:
        def execute(self, sql: str, values: Any = ()) -> Iterator[Any]:
            for number, row in enumerate(real.execute(sql, values)):
                if number == 5:
                    raise sqlite3.OperationalError("disk I/O error")
                yield row

    index.db = Breaking()  # type: ignore[assignment]
    assert [row.data["id"] for row in select.rows(index, Query())] == [e["id"] for e in EVENTS]


def test_tables_in_memory_have_nothing_to_fall_back_upon() -> None:
    index = tables.open_index(None, "")
    assert not index.stored
    with pytest.raises(sqlite3.OperationalError):
        list(index.ask("SELECT nothing FROM nowhere"))


def test_the_index_of_a_newer_rexctl_is_left_alone(log: Log, truth: list[object]) -> None:
    path = file_of(log)
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {tables.VERSION + 1}")
    before = path.read_bytes()
    index = log.index()
    assert not index.stored
    assert told(index) == truth
    assert path.read_bytes() == before


def test_the_index_of_an_older_rexctl_is_made_anew(log: Log, truth: list[object]) -> None:
    with sqlite3.connect(file_of(log)) as db:
        db.execute("PRAGMA user_version = 0")
        db.execute("DROP TABLE leaves")
        db.execute('CREATE TABLE "odd "" name" (x)')
        db.execute("PRAGMA page_size = 4096")
        db.execute("VACUUM")
    index = log.index()
    assert index.stored
    assert index.db.execute("PRAGMA page_size").fetchone() == (8192,)
    assert told(index) == truth


def test_a_link_in_its_place_is_not_followed(log: Log, truth: list[object], tmp_path: Path) -> None:
    path = file_of(log)
    target = tmp_path / "precious"
    path.rename(target)
    path.symlink_to(target)
    before = target.read_bytes()
    index = log.index()
    assert not index.stored
    assert told(index) == truth
    assert target.read_bytes() == before


@pytest.mark.parametrize("sort", ["folder", "pipe"])
def test_what_is_no_file_in_its_place_is_left_alone(
    log: Log, truth: list[object], sort: str
) -> None:
    path = file_of(log)
    path.unlink()
    path.mkdir() if sort == "folder" else os.mkfifo(path)
    index = log.index()
    assert not index.stored
    assert told(index) == truth
    assert path.exists()


def test_a_file_in_the_place_of_the_cache_folder_is_left_alone(
    log: Log, truth: list[object], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("mine")
    index = Log(log.root, tmp_path / "file").index()
    assert not index.stored
    assert told(index) == truth
    assert (tmp_path / "file").read_text() == "mine"


def test_a_cache_folder_that_cannot_be_made_is_no_fault(
    log: Log, truth: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "mkdir", refused)
    assert told(Log(log.root, tmp_path / "new").index()) == truth


class Faulty(sqlite3.Connection):
    """A connection that fails at statements that begin so."""

    start, code, words = "", 0, ""

    def execute(self, sql: str, *rest: Any) -> Any:
        self.fail_at(sql)
        return super().execute(sql, *rest)

    def executemany(self, sql: str, *rest: Any) -> Any:
        self.fail_at(sql)
        return super().executemany(sql, *rest)

    def fail_at(self, sql: str) -> None:
        if self.start and sql.startswith(self.start):
            fault = sqlite3.OperationalError(self.words)
            fault.sqlite_errorcode = self.code
            raise fault


PASSING = [
    (sqlite3.SQLITE_FULL, "database or disk is full"),
    (sqlite3.SQLITE_READONLY, "attempt to write a readonly database"),
    (sqlite3.SQLITE_BUSY, "database is locked"),
    (sqlite3.SQLITE_CANTOPEN, "unable to open database file"),
]


@pytest.mark.parametrize("start", ["PRAGMA user_version", "BEGIN", "INSERT INTO events", "COMMIT"])
@pytest.mark.parametrize(("code", "words"), PASSING, ids=lambda p: str(p))
def test_no_room_no_rights_and_a_lock_cost_nothing_but_time(
    log: Log,
    truth: list[object],
    start: str,
    code: int,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = file_of(log)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE folders SET young = lines, lines = '' WHERE name LIKE 'events/%'")
        db.execute("UPDATE events SET hash = ''")
    seal.press(path)
    before = path.read_bytes()
    real = sqlite3.connect

    def connect(name: Any, **how: Any) -> sqlite3.Connection:
        db = real(name, factory=Faulty, **how)
        if name != ":memory:":
            db.start, db.code, db.words = start, code, words
        return db

    monkeypatch.setattr(tables.sqlite3, "connect", connect)
    index = log.index()
    assert not index.stored
    assert told(index) == truth
    assert path.read_bytes() == before


def test_an_index_locked_by_another_is_not_waited_for_and_not_taken_away(
    log: Log, truth: list[object]
) -> None:
    path = file_of(log)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    index = log.index()
    assert not index.stored
    assert told(index) == truth
    other.execute("ROLLBACK")
    assert log.index().stored


def test_one_who_reads_on_stops_nobody_from_a_true_answer(log: Log) -> None:
    reader = sqlite3.connect(file_of(log), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM events").fetchone()
    extra = put(log, event("2025-11-01-more"))[0]
    try:
        assert "2025-11-01-more" in select.all_ids(log.index())
        reader.execute("ROLLBACK")
        assert "2025-11-01-more" in select.all_ids(log.index())
    finally:
        extra.unlink()


def test_an_index_of_which_no_seal_can_be_written_is_slow_and_true(
    log: Log, truth: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    seal.path_of(file_of(log)).unlink()
    monkeypatch.setattr(type(log.root), "replace", full)
    assert told(log.index()) == told(log.index()) == truth


def test_the_file_is_for_its_user_alone(log: Log) -> None:
    deleted(file_of(log))
    log.index().db.close()
    assert stat.S_IMODE(file_of(log).stat().st_mode) == 0o600
    assert stat.S_IMODE(seal.path_of(file_of(log)).stat().st_mode) == 0o600


def test_an_interruption_while_tables_are_made_leaves_none(
    log: Log, truth: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file_of(log)
    deleted(path)

    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as moment:
        moment.setattr(schema, "make", interrupted)
        with pytest.raises(KeyboardInterrupt):
            log.index()
    index = log.index()
    assert index.stored
    assert told(index) == truth


WRITER = """
import sys
from pathlib import Path
from rexctl.index import select
from rexctl.store.log import Log
for _ in range(4):
    index = Log(Path(sys.argv[1]), Path(sys.argv[2])).index()
    print(len(select.all_ids(index)), select.total(index), flush=True)
    index.db.close()
"""


@pytest.mark.slow
def test_processes_at_once_all_tell_the_truth(log: Log) -> None:
    deleted(file_of(log))
    words = [sys.executable, "-c", WRITER, str(log.root), str(log.cache)]
    running = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = [process.communicate(timeout=120)[0].split() for process in running]
    assert said == [[str(len(EVENTS))] * 8] * 4
    index = log.index()
    assert index.stored
    assert index.db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_fault_that_stays_is_raised_out_of_memory(tmp_path: Path) -> None:
    index = tables.open_index(None, "")

    def wrong(*_: Any) -> None:
        raise sqlite3.IntegrityError("twice")

    log = log_of(tmp_path, EVENTS[0])
    with pytest.raises(sqlite3.IntegrityError):
        fresh.refresh(index, log.root, wrong, legal.VERSION)
    fresh.refresh(index, log.root, publish, legal.VERSION)
    assert len(lines(index)) == 1
