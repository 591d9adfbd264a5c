from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from rexctl.store.atomic import PREFIX, SUFFIX, TemporaryFile, sync_folder

if TYPE_CHECKING:
    from pathlib import Path


def refusing(number: int) -> object:
    def call(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return call


def test_a_temporary_hides_beside_its_target(tmp_path: Path) -> None:
    one, other = TemporaryFile(tmp_path), TemporaryFile(tmp_path)
    one.write(b"x")
    assert one.path.parent == tmp_path
    assert one.path.name.startswith(PREFIX)
    assert one.path.name.endswith(SUFFIX)
    assert one.path.name[0] == "."
    assert one.path != other.path


def test_removing_what_was_never_written_is_no_fault(tmp_path: Path) -> None:
    TemporaryFile(tmp_path).remove()
    assert list(tmp_path.iterdir()) == []


def test_a_claimed_name_cannot_be_claimed_again(tmp_path: Path) -> None:
    one, other = TemporaryFile(tmp_path), TemporaryFile(tmp_path)
    one.write(b"one")
    other.write(b"other")
    one.claim(tmp_path / "x")
    with pytest.raises(FileExistsError):
        other.claim(tmp_path / "x")
    assert one.is_at(tmp_path / "x")
    assert not other.is_at(tmp_path / "x")


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK])
def test_without_links_a_name_is_claimed_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "link", refusing(number))
    one, other = TemporaryFile(tmp_path), TemporaryFile(tmp_path)
    one.write(b"one")
    other.write(b"other")
    one.claim(tmp_path / "x")
    with pytest.raises(FileExistsError):
        other.claim(tmp_path / "x")
    other.remove()
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("x", b"one")]
    assert one.is_at(tmp_path / "x")
    assert not other.is_at(tmp_path / "x")


def test_a_machine_that_knows_no_links_at_all_is_served_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "link")
    one = TemporaryFile(tmp_path)
    one.write(b"one")
    one.claim(tmp_path / "x")
    assert (tmp_path / "x").read_bytes() == b"one"


def test_a_link_that_was_made_though_the_answer_was_lost_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.link

    def twice(old: Path, new: Path) -> None:
        real(old, new)
        real(old, new)

    one = TemporaryFile(tmp_path)
    one.write(b"one")
    monkeypatch.setattr(os, "link", twice)
    one.claim(tmp_path / "x")
    assert one.is_at(tmp_path / "x")


def test_a_kept_file_is_kept_by_link_or_by_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"old")
    path.chmod(0o604)
    linked, copied = TemporaryFile(tmp_path), TemporaryFile(tmp_path)
    linked.back_up(path, b"old", path.stat())
    monkeypatch.setattr(os, "link", refusing(errno.EPERM))
    copied.back_up(path, b"old", path.stat())
    for kept in (linked, copied):
        assert kept.path.read_bytes() == b"old"
        assert kept.path.stat().st_mode & 0o777 == 0o604


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_disk_that_cannot_sync_folders_is_served_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    asked = []

    def fsync(file: int) -> None:
        asked.append(file)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fsync)
    sync_folder(tmp_path)
    assert len(asked) == 1


def test_a_disk_that_fails_to_sync_a_folder_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", refusing(errno.EIO))
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        sync_folder(tmp_path)
