"""Every fault of the cache that safety.md names, beside every reading command: the answer is the same.

Each fault comes upon a log whose index is warm and long believed, so that the fast path is open:
bounded looks, kept findings, rows copied out. The answer wanted is that of a cache made anew.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rexctl.cache import cache as caches
from rexctl.store.log import Log
from tests.commands.door import environment
from tests.run import ROOT
from tests.snapshot.cached import aged, cache_file
from tests.store.logs import event, text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.commands.door import Door
    from tests.run import Result

    Fault = Callable[[Log], None]

QUESTIONS = [
    ["list", "date:2025"], ["list", "date:2024", "-F", "id,title"], ["list", "-c"], ["list", "-j"],
    ["list", "actor:CN", "--since", "2025-01-01"], ["show", "2025-10-09-first"], ["search", "tells"],
    ["search", "TELLS", "date:2025"], ["stats", "--by", "month"], ["stats", "--by", "type", "date:2025"],
    ["values", "actors"], ["check"],
]  # fmt: skip
EVENTS = [event("2024-03-04-other"), event("2025-10-09-first"), event("2025-10-10-second"),
          event("2025-spread", date="2024/2025")]  # fmt: skip
FIRST = "events/2025/2025-10-09-first.yaml"


def edited(log: Log) -> None:
    """A file of the same size, time and inode, with other bytes."""
    path = log.root / FIRST
    about = path.stat()
    with path.open("r+") as file:
        text = file.read().replace("tells", "TELLS")
        file.seek(0)
        file.write(text)
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert path.stat().st_size == about.st_size


def switched(log: Log) -> None:
    """Another branch, on which an event is gone, one is new and one is other."""
    who = ["-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "core.hooksPath=/dev/null"]

    def git(*words: str) -> None:
        subprocess.run(["git", "-C", str(log.root), *who, *words], check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "one")
    git("switch", "-qc", "side")
    (log.root / FIRST).unlink()
    (log.root / "events/2024/2024-05-06-new.yaml").write_text(text_of(event("2024-05-06-new")))
    git("add", ".")
    git("commit", "-qm", "two")
    git("switch", "-q", "main")
    aged(log)
    git("switch", "-q", "side")


def clock_back(log: Log) -> None:
    """The index says that it was stored tomorrow; the file is of yesterday."""
    path = log.root / FIRST
    path.write_text(path.read_text().replace("tells", "told"))
    os.utime(path, ns=(path.stat().st_mtime_ns - 86_400 * 10**9,) * 2)


def deleted(log: Log) -> None:
    """No cache."""
    assert log.cache is not None
    shutil.rmtree(log.cache)


def file_gone(log: Log) -> None:
    """An event less."""
    (log.root / FIRST).unlink()


def spoilt(log: Log) -> None:
    """Bytes of something else in the middle of the index."""
    with cache_file(log).open("r+b") as file:
        file.seek(5000)
        file.write(b"nonsense" * 2000)


def cut(log: Log) -> None:
    """Half of the index."""
    os.truncate(cache_file(log), cache_file(log).stat().st_size // 2)


def newer(log: Log) -> None:
    """The index of a release to come, which says other things."""
    with sqlite3.connect(cache_file(log)) as db:
        db.execute("UPDATE meta SET value = 'old' WHERE key = 'key'")
        db.execute("UPDATE blobs SET json = '{}'")
    (log.root / FIRST).write_text(text_of(event("2025-10-09-first", title="Another title")))


def locked(log: Log) -> None:
    """Another process writes into the index, and does not end while it is asked."""
    code = ("import sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None); "
            "db.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()")  # fmt: skip
    HELD.append(subprocess.Popen([sys.executable, "-c", code, str(cache_file(log))], text=True,
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE))  # fmt: skip
    assert HELD[-1].stdout is not None
    assert HELD[-1].stdout.readline() == "held\n"


HELD: list[subprocess.Popen[str]] = []


def linked(log: Log) -> None:
    """A link in the place of a file, to one that is just as good."""
    path = log.root / FIRST
    path.rename(log.root / "elsewhere.yaml")
    path.symlink_to(log.root / "elsewhere.yaml")


def index_linked(log: Log) -> None:
    """A link in the place of the index, to that of another time."""
    path = cache_file(log)
    path.rename(path.with_name("old"))
    path.symlink_to(path.with_name("old"))
    edited(log)


def year_spoilt(log: Log) -> None:
    """A file that names the year alone and moves into another year, and one that is no event."""
    moved = event("2025-spread", date="2023/2024", title="Moved")
    (log.root / "events/2025/2025-spread.yaml").write_text(text_of(moved))
    (log.root / "events/2024/2024-03-04-other.yaml").write_text("[")


FAULTS: list[Fault] = [edited, switched, clock_back, deleted, file_gone, spoilt, cut, newer, locked,
                       linked, index_linked, year_spoilt]  # fmt: skip


@pytest.fixture
def log(rexctl: Door, tmp_path: Path) -> Log:
    found = Log((rexctl.folder / "data").resolve(), tmp_path / "cache")
    for data in EVENTS:
        rexctl.put(f"{data['id']}.yaml", text_of(data))
    return found


def warmed(rexctl: Door, log: Log) -> list[Result]:
    """Let every question have been answered, and the answers be long believed; return them."""
    for words in QUESTIONS:
        rexctl(*words)
    aged(log)
    return [rexctl(*words) for words in QUESTIONS]


def truths(rexctl: Door, log: Log, folder: Path) -> list[Result]:
    """What is said to each question with a cache that is made anew after the fault."""
    rexctl.patch.setenv("REXCTL_CACHE", str(folder / "new"))
    try:
        return [rexctl(*words) for words in QUESTIONS]
    finally:
        rexctl.patch.setenv("REXCTL_CACHE", str(log.cache))


@pytest.mark.parametrize(
    "first", [0, pytest.param(6, marks=pytest.mark.slow)]
)  # an answer mends the index for the next
@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_of_the_cache_changes_an_answer(
    rexctl: Door,
    log: Log,
    fault: Fault,
    first: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if fault is switched and not shutil.which("git"):
        pytest.skip("git is not here")
    monkeypatch.setattr(caches, "_BUSY", 0.01)  # nobody waits for a lock that is held on purpose
    before = warmed(rexctl, log)
    fault(log)
    try:
        wanted = truths(rexctl, log, tmp_path)
        for number in [*range(first, len(QUESTIONS)), *range(first)]:
            assert rexctl(*QUESTIONS[number]) == wanted[number], QUESTIONS[number]
    finally:
        while HELD:
            HELD.pop().communicate("")
    # A fault of the log itself shows; one of the cache alone does not.
    alone = {deleted, spoilt, cut, locked}
    assert (wanted != before) == (fault not in alone)


@pytest.mark.slow
def test_two_processes_at_once_answer_alike(rexctl: Door, log: Log, tmp_path: Path) -> None:
    warmed(rexctl, log)
    edited(log)
    wanted = [result.out for result in truths(rexctl, log, tmp_path)[:6]]
    env = {**os.environ, **environment(tmp_path), "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen([sys.executable, "-m", "rexctl", *words], cwd=rexctl.folder, env=env, text=True,
                         stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        for words in QUESTIONS[:6] for _ in range(2)
    ]  # fmt: skip
    said = [process.communicate(timeout=120)[0] for process in running]
    assert said == [one for one in wanted for _ in range(2)]
