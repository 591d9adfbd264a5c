from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from rexctl.plain.errors import EnvironmentFaultError
from rexctl.store.merging import program

if TYPE_CHECKING:
    from pathlib import Path


def test_it_runs_in_the_folder_without_a_shell(tmp_path: Path) -> None:
    program.git(tmp_path, "init", "-q")
    assert program.git(tmp_path, "rev-parse", "--is-inside-work-tree").stdout == b"true\n"
    assert program.git(tmp_path, "config", "--get", "a.b; touch x").returncode != 0
    assert not (tmp_path / "x").exists()


def test_a_machine_without_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentFaultError, match="git: no such program"):
        program.git(tmp_path, "version")


@pytest.mark.parametrize(
    ("fault", "said"),
    [(subprocess.TimeoutExpired("git", 1), "no answer in"), (PermissionError(13, "Permission denied"), "denied")],
)  # fmt: skip
def test_what_does_not_answer_or_run_is_told(
    fault: Exception, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(EnvironmentFaultError, match=said):
        program.git(tmp_path, "version")
