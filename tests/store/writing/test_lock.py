from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest

from rexctl.errors import ConflictError, EnvironmentFaultError
from rexctl.store import lock

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "locks").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "locks"))
    monkeypatch.setattr(lock, "_TRIES", 3)
    monkeypatch.setattr(lock, "_PAUSE", 0.01)
    return tmp_path / "locks"


def test_the_lock_lies_in_the_temporary_folder_and_never_in_the_log(
    place: Path, tmp_path: Path
) -> None:
    with lock.locked(tmp_path):
        assert lock.lock_path(tmp_path).parent == place
        assert [path.name for path in tmp_path.iterdir()] == ["locks"]


def test_one_log_has_one_lock_by_whatever_way_it_is_reached(place: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "locks")
    assert lock.lock_path(tmp_path / "link") == lock.lock_path(tmp_path / "locks")
    assert lock.lock_path(tmp_path) != lock.lock_path(tmp_path / "locks")


def test_who_waits_too_long_is_told_and_heeds_signals_meanwhile(
    place: Path, tmp_path: Path
) -> None:
    heeded = []
    with (
        lock.locked(tmp_path),
        pytest.raises(ConflictError, match="another rexctl") as caught,
        lock.locked(tmp_path, lambda: heeded.append(1)),
    ):
        pytest.fail("two hold one lock")
    assert caught.value.code == "locked"
    assert len(heeded) == 3


def test_a_lock_is_free_again_after_its_block(place: Path, tmp_path: Path) -> None:
    entered = 0
    for _ in range(2):
        with pytest.raises(KeyError), lock.locked(tmp_path):
            entered += 1
            raise KeyError
    assert entered == 2


def test_another_log_is_not_held_up(place: Path, tmp_path: Path) -> None:
    entered = []
    with lock.locked(tmp_path), lock.locked(place):
        entered.append(1)
    assert entered


def test_a_machine_without_a_temporary_folder_is_told_of(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    with (
        pytest.raises(EnvironmentFaultError, match="cannot be locked") as caught,
        lock.locked(tmp_path),
    ):
        pytest.fail("there is no place for a lock")
    assert "TMPDIR" in caught.value.hint


def test_a_link_laid_in_the_place_of_the_lock_is_not_followed(place: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"keep")
    lock.lock_path(tmp_path).symlink_to(precious)
    with pytest.raises(EnvironmentFaultError), lock.locked(tmp_path):
        pytest.fail("the link was followed")
    assert precious.read_bytes() == b"keep"
