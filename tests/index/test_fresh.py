from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from typing import TYPE_CHECKING, Any

import pytest

from rexctl.index import fresh, select, tables
from rexctl.index.freshness import compare
from rexctl.model import legal
from rexctl.query import Query
from rexctl.store import judging
from rexctl.store.log import Log
from rexctl.store.publish import publish
from tests.store.logs import aged, counted, event, file_of, lines, log_of, put, text_of

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = event("2025-10-09-first"), event("2025-10-10-second", actors=["US"])
THIRD = event("2025-10-11-third")


def log_with(folder: Path, *events: dict[str, Any]) -> Log:
    log = log_of(folder, *events)
    aged(log)
    return log


def ids(log: Log) -> list[str]:
    index = log.index()
    found = [str(row.data["id"]) for row in select.rows(index, Query())]
    assert lines(index) == lines(Log(log.root, None).index())
    index.db.close()
    return found


def test_what_has_not_changed_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = log_with(tmp_path, FIRST, SECOND)
    read = counted(monkeypatch)
    index = log.index()
    assert len(lines(index)) == 2
    assert read == []


def test_after_one_change_one_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = log_with(tmp_path, FIRST, SECOND)
    put(log, {**SECOND, "title": "Something else"})
    read = counted(monkeypatch)
    assert any("Something else" in line for line in lines(log.index()))
    assert read == ["2025-10-10-second.yaml"]


def test_a_new_file_is_read_and_a_gone_one_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_with(tmp_path, FIRST, SECOND)
    (log.root / "events/2025/2025-10-09-first.yaml").unlink()
    put(log, THIRD)
    read = counted(monkeypatch)
    index = log.index()
    assert select.all_ids(index) == ["2025-10-10-second", "2025-10-11-third"]
    assert read == ["2025-10-11-third.yaml"]
    left = index.ask("SELECT count(*) FROM vals WHERE n NOT IN (SELECT n FROM events)")
    assert next(left) == (0,)


def test_a_file_changed_just_before_it_was_stored_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(tmp_path, FIRST)
    log.index().db.close()
    read = counted(monkeypatch)
    assert len(lines(log.index())) == 1
    assert read == ["2025-10-09-first.yaml"]


def test_the_same_size_and_time_do_not_hide_an_edit(tmp_path: Path) -> None:
    log = log_with(tmp_path, FIRST)
    path = log.root / "events/2025/2025-10-09-first.yaml"
    about = path.stat()
    with path.open("r+") as file:  # the inode stays the same too
        text = file.read().replace("tells", "TELLS")
        file.seek(0)
        file.write(text)
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (
        about.st_size, about.st_mtime_ns, about.st_ino,
    )  # fmt: skip
    assert "TELLS" in lines(log.index())[0]


def test_another_file_in_its_place_is_seen_by_its_inode(tmp_path: Path) -> None:
    log = log_with(tmp_path, FIRST)
    index = log.index()
    ((lines_then,),) = index.db.execute("SELECT lines FROM folders WHERE name = 'events/2025'")
    mtime, ctime, size, inode, name = lines_then.split(" ")
    other = f"{mtime} {ctime} {size} {int(inode) + 1} {name}"
    index.db.execute("UPDATE folders SET lines = ? WHERE name = 'events/2025'", (other,))
    (news,) = compare.news(index, str(log.root), None, known=True)
    assert list(news.changed) == ["events/2025/2025-10-09-first.yaml"]
    assert news.gone == []


def test_a_clock_that_went_back_hides_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(tmp_path, FIRST)
    now = time.time_ns()
    with monkeypatch.context() as clock:
        clock.setattr(compare.time, "time_ns", lambda: now + 86_400 * 10**9)
        log.index().db.close()
    path = put(log, {**FIRST, "title": "Later by the truth"})[0]
    os.utime(path, ns=(now - 86_400 * 10**9,) * 2)
    assert "Later by the truth" in lines(log.index())[0]


def test_a_file_of_the_future_is_read_each_time_and_never_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_with(tmp_path, FIRST)
    path = log.root / "events/2025/2025-10-09-first.yaml"
    os.utime(path, ns=(time.time_ns() + 10**15,) * 2)
    for _ in range(2):
        read = counted(monkeypatch)
        assert ids(log) == ["2025-10-09-first"]
        assert "2025-10-09-first.yaml" in read


def test_a_link_in_the_place_of_a_file_is_refused_by_name(tmp_path: Path) -> None:
    log = log_with(tmp_path, FIRST, SECOND)
    path = log.root / "events/2025/2025-10-09-first.yaml"
    path.rename(tmp_path / "elsewhere.yaml")
    path.symlink_to(tmp_path / "elsewhere.yaml")
    index = log.index()
    assert select.all_ids(index) == ["2025-10-10-second"]
    (bad,) = select.bad_files(index)
    assert (bad.code, bad.path) == ("not-a-file", "events/2025/2025-10-09-first.yaml")


def test_a_name_that_is_no_text_is_told_and_stands_in_no_answer(tmp_path: Path) -> None:
    log = log_of(tmp_path, FIRST)
    try:
        (log.root / "events/2025" / os.fsdecode(b"2025-\xff.yaml")).write_text(text_of(SECOND))
    except OSError:
        pytest.skip("this file system takes no such name")
    index = log.index()
    assert select.all_ids(index) == ["2025-10-09-first"]
    (bad,) = select.bad_files(index)
    assert bad.path == "events/2025/2025-\\xff.yaml"


def test_names_with_a_dot_before_them_and_other_suffixes_are_passed_over(tmp_path: Path) -> None:
    log = log_of(tmp_path, FIRST)
    for name in (".2025-10-10-x.yaml", "notes.md", ".tmp/2025-10-10-x.yaml"):
        path = log.root / "events/2025" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("no event: [")
    (log.root / "events/.hidden").mkdir()
    (log.root / "events/.hidden/2025-10-10-x.yaml").write_text("no event: [")
    index = log.index()
    assert select.all_ids(index) == ["2025-10-09-first"]
    assert select.findings(index) == []


def test_a_word_of_the_vocabulary_judges_every_event_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = event("2025-10-11-mine", actors=["CN/ours"])
    log = log_with(tmp_path, FIRST, mine)
    assert ids(log) == ["2025-10-09-first"]
    words = log.root / "vocabulary" / "actors.yaml"
    words.parent.mkdir()
    words.write_text("- code: CN/ours\n  name: Our own office\n  source: https://example.org/\n")
    read = counted(monkeypatch)
    index = log.index()
    assert select.findings(index) == []
    assert select.all_ids(index) == ["2025-10-09-first", "2025-10-11-mine"]
    assert sorted(read) == ["2025-10-09-first.yaml", "2025-10-11-mine.yaml"]
    index.db.close()
    words.unlink()
    assert ids(log) == ["2025-10-09-first"]


def test_another_schema_judges_every_event_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_with(tmp_path, FIRST, SECOND)
    monkeypatch.setattr(legal, "VERSION", "another")
    read = counted(monkeypatch)
    assert len(lines(log.index())) == 2
    assert len(read) == 2
    aged(log)
    read.clear()
    log.index()
    assert read == []


def test_two_logs_and_a_log_by_another_name_have_their_own_keys(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = log_of(tmp_path / "one", FIRST), log_of(tmp_path / "two", SECOND)
    cache = tmp_path / "shared"
    both = [Log(log.root, cache) for log in (one, two)]
    assert [ids(log) for log in both] == [["2025-10-09-first"], ["2025-10-10-second"]]
    assert len({log.key for log in both}) == 2
    assert [ids(log) for log in both] == [["2025-10-09-first"], ["2025-10-10-second"]]


def test_a_log_put_in_the_place_of_another_is_read_anew(tmp_path: Path) -> None:
    log = log_with(tmp_path, FIRST)
    (tmp_path / "other").mkdir()
    other = log_of(tmp_path / "other", {**FIRST, "title": "Of another log"}, SECOND)
    shutil.rmtree(log.root)
    other.root.rename(log.root)
    assert ids(log) == ["2025-10-09-first", "2025-10-10-second"]


def test_a_branch_switch_shows_the_events_of_the_branch(tmp_path: Path) -> None:
    if not shutil.which("git"):
        pytest.skip("git is not here")
    log = log_of(tmp_path, FIRST)

    def git(*words: str) -> None:
        who = [
            "-c",
            "user.name=n",
            "-c",
            "user.email=e@example.org",
            "-c",
            "core.hooksPath=/dev/null",
        ]
        subprocess.run(["git", "-C", str(log.root), *who, *words], check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "one")
    git("switch", "-qc", "side")
    put(log, SECOND, {**FIRST, "title": "What 2025-10-09-first TELLS"})
    git("add", ".")
    git("commit", "-qm", "two")
    assert ids(log) == ["2025-10-09-first", "2025-10-10-second"]
    git("switch", "-q", "main")
    assert ids(log) == ["2025-10-09-first"]
    git("switch", "-q", "side")
    assert "TELLS" in lines(log.index())[0]


def test_a_fault_on_the_way_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    log = log_with(tmp_path, FIRST)
    put(log, SECOND)
    index = tables.open_index(log.cache, log.key)

    def broken(*_: Any) -> None:
        publish(*_)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fresh.refresh(index, log.root, broken, legal.VERSION)
    assert not index.db.in_transaction
    assert select.all_ids(index) == ["2025-10-09-first"]
    index.db.close()
    assert ids(log) == ["2025-10-09-first", "2025-10-10-second"]


def test_a_log_without_events_is_empty(tmp_path: Path) -> None:
    log = log_of(tmp_path)
    (log.root / "events").rmdir()
    assert ids(log) == []
    (log.root / "events").write_text("no folder")
    assert ids(log) == []


def test_what_was_read_before_an_interruption_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(tmp_path, *(event(f"2025-10-{day:02}-x") for day in range(1, 20)))
    index = tables.open_index(log.cache, log.key)

    def interrupted(*given: Any) -> Any:
        for number, path in enumerate(publish(*given)):
            if number == 9:
                raise KeyboardInterrupt
            yield path

    with pytest.raises(KeyboardInterrupt):
        fresh.refresh(index, log.root, interrupted, legal.VERSION)
    index.db.close()
    read = counted(monkeypatch)
    index = log.index()
    assert len(lines(index)) == 19
    young = {f"2025-10-{day:02}-x.yaml" for day in range(1, 9)}
    assert len([name for name in read if name not in young]) == 11


def test_what_is_read_is_kept_every_now_and_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_of(tmp_path, *(event(f"2025-10-{day:02}-x") for day in range(1, 20)))
    monkeypatch.setattr(fresh, "_KEPT", 0.0)
    seen: list[int] = []

    def look(done: int, of: int) -> None:
        with sqlite3.connect(file_of(log)) as db:
            seen.extend(db.execute("SELECT count(*) FROM events").fetchone())

    log.index(look)
    assert seen == list(range(19))
    assert len(lines(log.index())) == 19


def test_a_file_whose_content_came_back_is_not_judged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = log_with(tmp_path, FIRST, SECOND)
    for path in (log.root / "events/2025").iterdir():
        path.touch()
    monkeypatch.setattr(judging, "parse", None)
    assert len(lines(log.index())) == 2
