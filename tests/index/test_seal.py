from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from rexctl.index import seal
from tests.store.logs import tick

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "index.sqlite"
    made.write_bytes(b"as we left it")
    seal.press(made)
    tick(tmp_path)
    return made


def test_a_file_that_nobody_touched_is_believed(path: Path) -> None:
    assert seal.holds(path)
    assert sorted(p.name for p in path.parent.iterdir()) == ["index.sqlite", "index.sqlite.seal"]


def test_one_sign_written_elsewhere_breaks_the_seal_though_size_and_time_are_the_same(
    path: Path,
) -> None:
    about = path.stat()
    with path.open("r+b") as file:
        file.write(b"A")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert not seal.holds(path)


def test_a_copy_put_in_its_place_breaks_the_seal(path: Path) -> None:
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)
    assert not seal.holds(path)


@pytest.mark.parametrize("text", [b"", b"garbage", b"\xff\xfe", b"1 2 3 4\n"])
def test_a_seal_that_says_something_else_is_not_believed(path: Path, text: bytes) -> None:
    seal.path_of(path).write_bytes(text)
    assert not seal.holds(path)


def test_without_a_seal_or_without_the_file_nothing_is_believed(path: Path) -> None:
    path.rename(path.with_name("away"))
    assert not seal.holds(path)
    path.with_name("away").rename(path)
    seal.path_of(path).unlink()
    assert not seal.holds(path)


def test_a_link_or_a_pipe_is_no_seal(path: Path) -> None:
    own = seal.path_of(path)
    own.rename(own.with_name("moved"))
    own.symlink_to(own.with_name("moved"))
    assert not seal.holds(path)
    own.unlink()
    os.mkfifo(own)
    assert not seal.holds(path)


def test_a_seal_that_cannot_be_written_is_no_fault_and_leaves_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal.path_of(path).unlink()

    def full(*_: object) -> None:
        raise OSError(28, "no room")

    with monkeypatch.context() as disk:
        disk.setattr(type(path), "replace", full)
        seal.press(path)
    assert [p.name for p in path.parent.iterdir()] == ["index.sqlite"]
    monkeypatch.setattr(seal.os, "open", full)
    seal.press(path)
    assert [p.name for p in path.parent.iterdir()] == ["index.sqlite"]
