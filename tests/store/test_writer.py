"""What the writer promises where nothing is injected: real disks, real rights, real crowds."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import tempfile
from typing import TYPE_CHECKING

import pytest

from rexctl.errors import ConflictError, EnvironmentFaultError
from rexctl.store import writer
from rexctl.store.writer import digest
from tests.store.logs import create, create_batch, replace
from tests.store.saboteur import Saboteur, at_work, failing, in_child, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

A, B = "events/2025/2025-10-01-a.yaml", "events/2025/2025-10-02-b.yaml"
forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes")


@pytest.fixture(autouse=True)
def _locks_elsewhere(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("locks")))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(place)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except OSError:
        pytest.skip("no mount on this machine")
    if done.returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def crowd(count: int, do: Callable[[int], int]) -> list[int]:
    """Run that many processes, let go at one moment; gives their exit codes."""
    gate, opener = os.pipe()
    children = []
    for number in range(count):
        child = os.fork()
        if not child:
            code = 99
            try:
                os.close(opener)
                os.read(gate, 1)  # ends for all when the parent closes its end
                code = do(number)
            finally:
                os._exit(code)
        children.append(child)
    os.close(gate)
    os.close(opener)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def test_a_new_file_holds_just_the_bytes_given(tmp_path: Path) -> None:
    create(tmp_path, A, b"title: x\n")
    assert tree(tmp_path) == {"events": None, "events/2025": None, A: b"title: x\n"}


def test_a_new_file_has_the_rights_the_person_gives_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        create(tmp_path, A, b"x")
    finally:
        os.umask(before)
    assert (tmp_path / A).stat().st_mode & 0o777 == 0o640


def test_a_name_that_is_held_is_a_conflict_and_stays(tmp_path: Path) -> None:
    create(tmp_path, A, b"first")
    with pytest.raises(ConflictError, match="already exists") as caught:
        create(tmp_path, A, b"second")
    assert (caught.value.code, caught.value.exit_code) == ("id-taken", 5)
    assert tree(tmp_path)[A] == b"first"


def test_of_a_batch_with_one_name_held_nothing_is_written(tmp_path: Path) -> None:
    create(tmp_path, B, b"first")
    before = tree(tmp_path)
    with pytest.raises(ConflictError):
        create_batch(tmp_path, [(A, b"x"), ("events/2026/2026-01-01-x.yaml", b"x"), (B, b"")])
    assert tree(tmp_path) == before


def test_a_batch_that_names_one_file_twice_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConflictError):
        create_batch(tmp_path, [(A, b"x"), (A, b"y")])
    assert tree(tmp_path) == {}


def test_an_empty_batch_is_no_work(tmp_path: Path) -> None:
    create_batch(tmp_path, [])
    assert writer.change_batch(tmp_path, []) == []
    assert tree(tmp_path) == {}


def test_a_thousand_files_need_no_thousand_open_files(tmp_path: Path) -> None:
    items = [(f"events/2025/2025-{n}.yaml", b"x") for n in range(1500)]
    create_batch(tmp_path, items)
    assert len(list((tmp_path / "events" / "2025").iterdir())) == 1500


def test_a_log_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFaultError, match="folder does not exist"):
        create(tmp_path / "moved", A, b"x")
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("name", ["../x.yaml", "events/../../x.yaml", "/etc/x.yaml", ""])
def test_a_name_outside_the_log_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="inside the log"):
        create(tmp_path, name, b"x")


@pytest.mark.parametrize("link", ["events", "events/2025"])
def test_nothing_is_written_through_a_link_to_a_folder(tmp_path: Path, link: str) -> None:
    root, outside = tmp_path / "log", tmp_path / "outside"
    (outside / "2025").mkdir(parents=True)
    (outside / "2025-10-01-a.yaml").write_bytes(b"old")
    (outside / "2025" / "2025-10-01-a.yaml").write_bytes(b"old")
    (root / link).parent.mkdir(parents=True)
    (root / link).symlink_to(outside)
    before = tree(outside)
    with pytest.raises(EnvironmentFaultError, match="is a symbolic link"):
        create(root, B, b"x")
    with pytest.raises(EnvironmentFaultError, match="is a symbolic link"):
        replace(root, A, b"x", digest(b"old"))
    assert tree(outside) == before


def test_nothing_is_written_through_a_link_to_a_file(tmp_path: Path) -> None:
    root, outside = tmp_path / "log", tmp_path / "outside"
    (root / A).parent.mkdir(parents=True)
    (root / A).symlink_to(outside)
    with pytest.raises(EnvironmentFaultError, match="is a symbolic link"):
        create(root, A, b"x")
    assert not outside.exists()
    outside.write_bytes(b"old")
    for write in (lambda: replace(root, A, b"x", digest(b"old")),
                  lambda: writer.overwrite(root, A, b"x")):  # fmt: skip
        with pytest.raises(EnvironmentFaultError, match="a symbolic link"):
            write()
    assert outside.read_bytes() == b"old"
    assert (root / A).is_symlink()


def test_a_log_that_is_itself_reached_by_a_link_is_written(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    create(tmp_path / "link", A, b"x")
    assert tree(tmp_path / "real")[A] == b"x"


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    create(tmp_path, A, b"old")
    (tmp_path / A).chmod(0o604)
    assert replace(tmp_path, A, b"new", digest(b"old"))
    assert (tmp_path / A).stat().st_mode & 0o777 == 0o604
    assert tree(tmp_path)[A] == b"new"


def test_a_file_given_back_by_root_keeps_its_owner(tmp_path: Path) -> None:
    if not hasattr(os, "geteuid") or os.geteuid():
        pytest.skip("only root may give files away")
    create(tmp_path, A, b"old")
    os.chown(tmp_path / A, 12345, 12345)
    replace(tmp_path, A, b"new", digest(b"old"))
    about = (tmp_path / A).stat()
    assert (about.st_uid, about.st_gid) == (12345, 12345)


def test_an_unchanged_file_is_not_written(tmp_path: Path) -> None:
    create(tmp_path, A, b"old")
    before = (tmp_path / A).stat()
    assert not replace(tmp_path, A, b"old", digest(b"old"))
    assert (tmp_path / A).stat() == before


def test_a_file_changed_since_it_was_read_is_a_conflict_and_stays(tmp_path: Path) -> None:
    create_batch(tmp_path, [(A, b"a"), (B, b"theirs")])
    before = tree(tmp_path)
    with pytest.raises(ConflictError, match="has changed") as caught:
        writer.change_batch(tmp_path, [(A, b"x", digest(b"a")), (B, b"x", digest(b"mine"))])
    assert (caught.value.code, caught.value.exit_code) == ("changed-meanwhile", 5)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("there", ["nothing", "folder", "pipe"])
def test_a_file_that_is_no_file_any_more_is_a_conflict(tmp_path: Path, there: str) -> None:
    path = tmp_path / A
    path.parent.mkdir(parents=True)
    if there == "folder":
        path.mkdir()
    elif there == "pipe":
        os.mkfifo(path)
    with pytest.raises(ConflictError, match="has changed"):
        replace(tmp_path, A, b"x", digest(b"old"))
    assert [p.name for p in path.parent.iterdir()] == ([] if there == "nothing" else [path.name])


def test_a_generated_file_is_written_whatever_stood_there(tmp_path: Path) -> None:
    assert writer.overwrite(tmp_path, "schema/x.json", b"1")
    assert not writer.overwrite(tmp_path, "schema/x.json", b"1")
    (tmp_path / "schema" / "x.json").write_bytes(b"spoiled")
    assert writer.overwrite(tmp_path, "schema/x.json", b"2")
    assert tree(tmp_path) == {"schema": None, "schema/x.json": b"2"}


def test_a_folder_in_the_place_of_a_generated_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "schema" / "x.json").mkdir(parents=True)
    with pytest.raises(EnvironmentFaultError, match="is a folder, not a file"):
        writer.overwrite(tmp_path, "schema/x.json", b"1")


@pytest.mark.slow
@forks
def test_a_hundred_at_once_make_a_hundred_files(tmp_path: Path) -> None:
    def add(number: int) -> int:
        create(tmp_path, f"events/2025/2025-10-{number}.yaml", str(number).encode() * 999)
        return 0

    assert crowd(100, add) == [0] * 100
    found = tree(tmp_path / "events" / "2025")
    assert found == {f"2025-10-{n}.yaml": str(n).encode() * 999 for n in range(100)}


@pytest.mark.slow
@forks
def test_of_a_hundred_at_once_on_one_name_one_wins_and_the_others_are_told(tmp_path: Path) -> None:
    def add(number: int) -> int:
        try:
            create(tmp_path, A, str(number).encode() * 999)
        except ConflictError as error:
            return error.exit_code
        return 0

    codes = crowd(100, add)
    assert sorted(codes) == [0] + [5] * 99
    assert tree(tmp_path / "events" / "2025") == {
        "2025-10-01-a.yaml": str(codes.index(0)).encode() * 999
    }


@forks
def test_no_change_is_lost_where_many_change_one_file(tmp_path: Path) -> None:
    create(tmp_path, A, b"0")

    def count_up(_: int) -> int:
        while True:
            there = (tmp_path / A).read_bytes()
            try:
                replace(tmp_path, A, str(int(there) + 1).encode(), digest(there))
            except ConflictError:
                continue
            return 0

    assert crowd(20, count_up) == [0] * 20
    assert tree(tmp_path / "events" / "2025") == {"2025-10-01-a.yaml": b"20"}


@forks
@pytest.mark.slow
def test_failing_writes_do_not_take_the_new_folder_from_under_others(tmp_path: Path) -> None:
    def add(number: int) -> int:
        name = f"events/2025/2025-10-{number}.yaml"
        items = [(name, b"x"), (name, b"x")] if number % 2 else [(name, b"x")]
        try:
            create_batch(tmp_path, items)
        except ConflictError:
            return 5
        return 0

    assert crowd(60, add) == [0, 5] * 30
    assert len(tree(tmp_path / "events" / "2025")) == 30


@forks
def test_a_folder_without_rights_is_told_and_unchanged(tmp_path: Path) -> None:
    create(tmp_path, A, b"old")
    before = tree(tmp_path)
    (tmp_path / "events" / "2025").chmod(0o555)

    def as_nobody() -> int:
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        said = 0
        for write in (lambda: create(tmp_path, B, b"x"),
                      lambda: replace(tmp_path, A, b"x", digest(b"old"))):  # fmt: skip
            try:
                write()
            except EnvironmentFaultError as error:
                said += "no right to write" in error.message
        return said

    for folder in (tmp_path, *list(tmp_path.parents)[:2]):
        folder.chmod(folder.stat().st_mode | 0o055)
    assert in_child(as_nobody) == 2
    assert tree(tmp_path) == before
    (tmp_path / "events" / "2025").chmod(0o755)


def test_a_full_disk_is_told_and_unchanged(small_disk: Path) -> None:
    create(small_disk, A, b"old")
    before = tree(small_disk)
    large = b"x" * 100_000
    for write in (lambda: create(small_disk, B, large),
                  lambda: replace(small_disk, A, large, digest(b"old"))):  # fmt: skip
        with pytest.raises(EnvironmentFaultError, match="the disk is full") as caught:
            write()
        assert caught.value.exit_code == 7
        assert tree(small_disk) == before


def test_a_disk_full_in_the_middle_of_a_batch_takes_all_back(small_disk: Path) -> None:
    items = [(f"events/{2000 + n}/{2000 + n}-x.yaml", b"x" * 5000) for n in range(40)]
    with pytest.raises(EnvironmentFaultError, match="the disk is full"):
        create_batch(small_disk, items)
    assert tree(small_disk) == {}


def test_a_disk_for_reading_only_is_told(small_disk: Path) -> None:
    create(small_disk, A, b"old")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    for write in (lambda: create(small_disk, B, b"x"),
                  lambda: create(small_disk, "events/2026/2026-x.yaml", b"x"),
                  lambda: replace(small_disk, A, b"x", digest(b"old"))):  # fmt: skip
        with pytest.raises(EnvironmentFaultError, match="disk is read-only"):
            write()


@forks
def test_a_process_killed_leaves_no_lock_behind(tmp_path: Path) -> None:
    create(tmp_path, A, b"old")

    def dies() -> int:
        def struck(*_: object) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        os.replace = struck  # type: ignore[assignment]
        replace(tmp_path, A, b"x", digest(b"old"))
        return 0

    assert in_child(dies) == -signal.SIGKILL
    assert replace(tmp_path, A, b"new", digest(b"old"))


def test_files_come_change_and_go_together(tmp_path: Path) -> None:
    root = tmp_path
    (root / "events/2025").mkdir(parents=True)
    old = {name: root / "events/2025" / name for name in ("a.yaml", "b.yaml")}
    for path in old.values():
        path.write_bytes(b"old")
    was = writer.digest(b"old")
    items = [("events/2024/c.yaml", b"new", None), ("events/2025/a.yaml", b"other", was),
             ("events/2025/b.yaml", None, was)]  # fmt: skip
    writer.change_batch(root, items)
    found = {path.name: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert found == {"c.yaml": b"new", "a.yaml": b"other"}


def test_new_names_are_synced_before_a_file_is_removed(tmp_path: Path) -> None:
    (tmp_path / "events/2025").mkdir(parents=True)
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / "events/2025" / name).write_bytes(b"old")
    was = writer.digest(b"old")
    items = [("events/2025/c.yaml", b"new", None), ("events/2025/a.yaml", b"other", was),
             ("events/2025/b.yaml", None, was)]  # fmt: skip
    with at_work(Saboteur()) as saboteur:
        writer.change_batch(tmp_path, items)
    removed = saboteur.seen.index("unlink")
    published = removed - saboteur.seen[removed::-1].index("replace")
    assert saboteur.seen[published:removed].count("fsync") == 3, "the root, events and 2025"


@pytest.mark.parametrize("call", range(1, 60))
def test_a_change_that_fails_anywhere_is_taken_back_whole(tmp_path: Path, call: int) -> None:
    (tmp_path / "events/2025").mkdir(parents=True)
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / "events/2025" / name).write_bytes(b"old")
    was = writer.digest(b"old")
    items = [("events/2024/c.yaml", b"new", None), ("events/2025/a.yaml", b"other", was),
             ("events/2025/b.yaml", None, was)]  # fmt: skip
    saboteur = failing(
        errno.EIO,
        lambda count, name: count == call and name not in ("close", "stat", "lstat", "fstat"),
    )
    with at_work(saboteur):
        try:
            writer.change_batch(tmp_path, items)
        except (EnvironmentFaultError, ConflictError):
            whole = {"a.yaml": b"old", "b.yaml": b"old"}
        else:
            whole = {"c.yaml": b"new", "a.yaml": b"other"}
    found = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == whole


def test_a_new_name_that_is_held_stops_the_change(tmp_path: Path) -> None:
    (tmp_path / "events/2025").mkdir(parents=True)
    (tmp_path / "events/2025/a.yaml").write_bytes(b"old")
    with pytest.raises(ConflictError):
        writer.change_batch(tmp_path, [("events/2025/a.yaml", b"new", None)])
    with pytest.raises(ConflictError):
        writer.change_batch(tmp_path, [("events/2025/a.yaml", None, writer.digest(b"another"))])
    assert (tmp_path / "events/2025/a.yaml").read_bytes() == b"old"
