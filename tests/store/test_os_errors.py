from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from rexctl.errors import ConflictError, EnvironmentFaultError
from rexctl.store import os_errors
from rexctl.store.log import display_path


def fault(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_fault_of_the_machine_is_told_with_place_and_hint(number: int) -> None:
    error = os_errors.environment_error(fault(number), Path("events/x.yaml"))
    assert error.message.startswith("events/x.yaml cannot be written: ")
    assert "Errno" not in error.message
    assert error.hint.endswith("nothing was changed")
    assert error.exit_code == 7


def test_a_full_disk_says_what_to_do() -> None:
    error = os_errors.environment_error(fault(errno.ENOSPC), Path("x"))
    assert error.message == "x cannot be written: the disk is full"
    assert error.hint == "free some space and run it again; nothing was changed"


def test_faults_of_a_block_are_told_of_its_path() -> None:
    with (
        pytest.raises(EnvironmentFaultError, match="x cannot be written"),
        os_errors.translate(Path("x")),
    ):
        raise fault(errno.EROFS)


def test_paths_are_seen_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert display_path(tmp_path / "data" / "x") == str(Path("data") / "x")


def test_a_current_folder_that_is_gone_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> str:
        raise FileNotFoundError

    monkeypatch.setattr(os, "getcwd", gone)
    assert display_path(Path("/data/x")) == "/data/x"


@pytest.mark.parametrize(("error", "code"), [
    (os_errors.id_taken(Path("x")), "id-taken"),
    (os_errors.changed_meanwhile(Path("x")), "changed-meanwhile"),
    (os_errors.log_locked(Path("x")), "locked"),
])  # fmt: skip
def test_each_conflict_has_a_code_of_its_own(error: ConflictError, code: str) -> None:
    assert (error.code, error.exit_code) == (code, 5)
    assert error.hint


def test_what_stays_changed_is_never_said_to_be_unchanged() -> None:
    error = os_errors.not_undone(
        os_errors.environment_error(fault(errno.EIO), Path("x")), [Path("a"), Path("b")]
    )
    assert error.message.endswith("could not be restored: a, b")
    assert "nothing was changed" not in error.message + error.hint
