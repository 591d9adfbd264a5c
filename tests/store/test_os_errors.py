from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from rexctl.errors import ConflictError, EnvironmentFaultError
from rexctl.store.log import (
    changed_meanwhile,
    display_path,
    environment_error,
    id_taken,
    translate_os_errors,
)


def fault(number: int) -> OSError:
    return OSError(number, os.strerror(number))


@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_every_fault_of_the_machine_is_told_with_place_and_hint(number: int) -> None:
    error = environment_error(fault(number), Path("events/x.yaml"))
    assert error.message.startswith("events/x.yaml cannot be written: ")
    assert "Errno" not in error.message
    assert error.hint.endswith("nothing was changed")
    assert error.exit_code == 7


def test_a_full_disk_says_what_to_do() -> None:
    error = environment_error(fault(errno.ENOSPC), Path("x"))
    assert error.message == "x cannot be written: the disk is full"
    assert error.hint == "free some space and run it again; nothing was changed"


def test_faults_of_a_block_are_told_of_its_path() -> None:
    with (
        pytest.raises(EnvironmentFaultError, match="x cannot be written"),
        translate_os_errors(Path("x")),
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
    (id_taken(Path("x")), "id-taken"),
    (changed_meanwhile(Path("x")), "changed-meanwhile"),
])  # fmt: skip
def test_each_conflict_has_a_code_of_its_own(error: ConflictError, code: str) -> None:
    assert (error.code, error.exit_code) == (code, 5)
    assert error.hint
