"""The cache follows the files of the working tree, and opens only those that changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from rexctl.cache import blobs, update
from rexctl.cache import cache as caches
from rexctl.snapshot.snapshot import Snapshot
from tests.snapshot.cached import aged, cache_file, ids, log_of, titles
from tests.store.logs import counted, event, put, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.store.log import Log

EVENTS = [
    event("2024-03-04-a", title="A"),
    event("2025-10-09-b", title="B"),
    event("2025-10-10-c", title="C"),
]


@pytest.fixture
def log(tmp_path: Path) -> Log:
    found = log_of(tmp_path, *EVENTS)
    aged(found)
    return found


def path_of(log: Log, name: str) -> Path:
    return log.root / "events" / name[:4] / f"{name}.yaml"


def test_unchanged_files_are_not_opened(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = counted(monkeypatch)
    assert titles(log) == ["A", "B", "C"]
    assert opened == []


def test_one_changed_file_is_opened(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = counted(monkeypatch)
    path_of(log, "2025-10-09-b").write_text(text_of(event("2025-10-09-b", title="Bee")))
    assert titles(log) == ["A", "Bee", "C"]
    assert opened == ["2025-10-09-b.yaml"]


def test_new_files_appear_and_deleted_ones_disappear(log: Log) -> None:
    path_of(log, "2025-10-09-b").unlink()
    put(log, event("2026-01-01-d", title="D"))
    assert titles(log) == ["A", "C", "D"]
    for name in ("2025-10-10-c", "2026-01-01-d"):
        path_of(log, name).unlink()
    (log.root / "events/2026").rmdir()
    assert titles(log) == ["A"]


def test_a_file_stored_right_after_its_change_is_read_again(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    path_of(log, "2025-10-09-b").write_text(text_of(event("2025-10-09-b", title="D")))
    titles(log)
    opened = counted(monkeypatch)
    assert titles(log) == ["A", "D", "C"]
    assert opened == ["2025-10-09-b.yaml"]


def test_an_edit_of_the_same_size_and_time_is_seen(log: Log) -> None:
    path = path_of(log, "2025-10-09-b")
    times = path.stat()
    with path.open("r+") as file:
        file.write(text_of(event("2025-10-09-b", title="D")))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert titles(log) == ["A", "D", "C"]


@pytest.mark.parametrize("seconds", [-86_400, 86_400])
def test_a_clock_that_went_back_or_forth_hides_no_edit(log: Log, seconds: int) -> None:
    path = path_of(log, "2025-10-09-b")
    for title in ("D", "E"):
        path.write_text(text_of(event("2025-10-09-b", title=title)))
        os.utime(path, (time.time() + seconds,) * 2)
        assert titles(log) == ["A", title, "C"]


def test_the_same_bytes_at_two_paths_are_two_events(log: Log) -> None:
    copy = path_of(log, "2025-10-11-copy")
    copy.write_bytes(path_of(log, "2025-10-09-b").read_bytes())
    assert titles(log) == ["A", "B", "B", "C"]
    with Snapshot.open(log) as snapshot:
        assert snapshot.path_of("2025-10-09-b") == "events/2025/2025-10-09-b.yaml"
        assert snapshot.misplaced() == [("events/2025/2025-10-11-copy.yaml", "2025-10-09-b")]
    copy.unlink()
    assert titles(log) == ["A", "B", "C"]
    with Snapshot.open(log) as snapshot:
        assert [row.path for row in snapshot.search(snapshot.parse_query(["B"], None))]  # type: ignore[arg-type]


def test_a_link_and_a_pipe_are_not_read_and_are_named(log: Log, tmp_path: Path) -> None:
    path = path_of(log, "2025-10-09-b")
    path.rename(tmp_path / "elsewhere.yaml")
    path.symlink_to(tmp_path / "elsewhere.yaml")
    os.mkfifo(path_of(log, "2025-10-10-pipe"))
    (log.root / "events/2023").symlink_to(tmp_path)
    assert titles(log) == ["A", "C", "not-a-file", "not-a-file", "not-a-file"]


def test_a_name_that_is_not_utf8_is_named_and_hides_nothing(log: Log) -> None:
    with open(os.fsencode(log.root) + b"/events/2025/2025-\xff.yaml", "w") as file:
        file.write("x: 1\n")
    assert titles(log) == ["A", "B", "C", "unreadable"]
    assert titles(log) == ["A", "B", "C", "unreadable"]


def test_hidden_files_and_other_suffixes_are_not_read(log: Log) -> None:
    for name in (".2025-10-11-x.yaml", "2025-10-11-x.yml", "2025-10-11-x.yaml.orig"):
        (log.root / "events/2025" / name).write_text("[")
    (log.root / "events/.hidden").mkdir()
    (log.root / "events/.hidden/2025-10-11-y.yaml").write_text("[")
    (log.root / "events/2025-10-11-z.yaml").write_text("[")
    assert titles(log) == ["A", "B", "C"]


def test_content_that_came_back_is_not_parsed_again(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = path_of(log, "2025-10-09-b")
    old = path.read_bytes()
    path.unlink()
    assert titles(log) == ["A", "C"]
    path.write_bytes(old)
    monkeypatch.setattr(blobs, "parse_blob", None)
    assert titles(log) == ["A", "B", "C"]


def test_a_word_of_the_vocabulary_parses_no_event_again(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    (log.root / "vocabulary").mkdir()
    (log.root / "vocabulary/actors.yaml").write_text("- code: CN/own\n  name: Their own\n")
    monkeypatch.setattr(blobs, "parse_blob", None)
    with Snapshot.open(log) as snapshot:
        assert snapshot.names.is_known("actor", "CN/own")
        assert snapshot.names.find("actor", "their own") == "CN/own"
        assert snapshot.vocabulary.actor("Their own") == "CN/own"


def test_settings_and_their_faults_belong_to_the_version(log: Log) -> None:
    (log.root / "rexctl.yaml").write_text(
        "format: 1\ntitle: Ours\nqueries: {us: actor:US}\nother: x\n"
    )
    with Snapshot.open(log) as snapshot:
        assert snapshot.stored.settings.title == "Ours"
        assert snapshot.stored.settings.queries == {"us": "actor:US"}
        assert [finding.path for finding in snapshot.findings()] == ["rexctl.yaml"]


def test_full_text_follows_the_files(log: Log) -> None:
    def found(word: str) -> list[str]:
        with Snapshot.open(log) as snapshot:
            query = snapshot.parse_query([], None)  # type: ignore[arg-type]
            return [str(row.data["id"]) for row in snapshot.search(query._replace(words=(word,)))]

    put(log, event("2025-10-09-b", title="Licences for dysprosium"))
    assert found("licence") == ["2025-10-09-b"]
    put(log, event("2025-10-09-b", title="Nothing"), event("2025-10-12-d", title="稀土出口"))
    assert found("licence") == []
    assert found("稀土") == found("出口") == ["2025-10-12-d"]


def test_unused_blobs_are_deleted_when_there_are_many(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "_SPARE", 0)
    for number in range(8):
        put(log, event("2025-10-09-b", title=f"Number {number}"))
        assert titles(log) == ["A", f"Number {number}", "C"]
    with Snapshot.open(log) as snapshot:
        tables = ("blobs", "texts", "(SELECT DISTINCT blob FROM field_values)")
        for table in tables:
            assert next(snapshot.ask(f"SELECT count(*) FROM {table}"))[0] <= 7


def test_an_interrupted_build_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(tmp_path, *(event(f"2025-10-09-e{n}") for n in range(9)))
    monkeypatch.setattr(update, "_LOT", 2)
    monkeypatch.setattr("rexctl.cache.workers.CHUNK", 1)
    calls: list[int] = []
    real = blobs.parse_blob

    def parse(data: bytes) -> object:
        calls.append(1)
        if len(calls) == 6:
            raise KeyboardInterrupt
        return real(data)

    monkeypatch.setattr(blobs, "parse_blob", parse)
    with pytest.raises(KeyboardInterrupt):
        titles(log)
    calls[:] = [1] * 6
    assert len(ids(log)) == 9
    assert len(calls) == 6 + 9 - 4


def test_many_files_are_parsed_by_workers_and_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(tmp_path, *(event(f"2025-10-09-e{n:03}") for n in range(130)))
    monkeypatch.setattr("rexctl.cache.workers.FEW", 10)
    seen: list[tuple[int, int]] = []
    with Snapshot.open(log, on_progress=lambda done, of: seen.append((done, of))) as snapshot:
        assert len(snapshot.ids()) == 130
    assert seen[-1] == (130, 130)


@pytest.mark.slow
def test_a_killed_build_leaves_a_cache_that_is_right(tmp_path: Path) -> None:
    log = log_of(tmp_path, *(event(f"2025-10-09-e{n:04}") for n in range(400)))
    code = (
        "import sys; from pathlib import Path; from rexctl.store.log import Log; "
        "from rexctl.cache import update; update._LOT = 32; "
        "from rexctl.snapshot.snapshot import Snapshot; "
        "print(len(Snapshot.open(Log(Path(sys.argv[1]), Path(sys.argv[2]))).ids()))"
    )
    words = [sys.executable, "-c", code, str(log.root), str(log.cache)]
    for delay in (0.2, 0.3, 0.4, 0.5, 0.6, 0.8):
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True)
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert len(ids(log)) == 400
    assert cache_file(log).exists()


@pytest.mark.slow
def test_processes_at_once_build_the_cache_once(tmp_path: Path) -> None:
    log = log_of(tmp_path, *(event(f"2025-10-09-e{n:04}") for n in range(600)))
    code = (
        "import sys; from pathlib import Path; from rexctl.store.log import Log; "
        "from rexctl.cache import blobs; real = blobs.parse_blob; parsed = []; "
        "blobs.parse_blob = lambda data: (parsed.append(1), real(data))[1]; "
        "from rexctl.cache import workers; workers.FEW = 10**6; "
        "from rexctl.snapshot.snapshot import Snapshot; "
        "print(len(Snapshot.open(Log(Path(sys.argv[1]), Path(sys.argv[2]))).ids()), len(parsed))"
    )
    words = [sys.executable, "-c", code, str(log.root), str(log.cache)]
    running = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    said = [process.communicate(timeout=120)[0].split() for process in running]
    assert [one[0] for one in said] == ["600"] * 3
    assert sum(int(one[1]) for one in said) == 600


def test_who_waits_for_a_builder_without_progress_goes_on_in_memory(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    import filelock

    monkeypatch.setattr(caches, "_PATIENCE", 0.3)
    put(log, event("2026-01-01-d", title="D"))
    with filelock.FileLock(cache_file(log).with_suffix(".lock")), Snapshot.open(log) as snapshot:
        assert snapshot.cache_path == ""
        assert len(snapshot.ids()) == 4
