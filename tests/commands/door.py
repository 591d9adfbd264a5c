"""What the tests of the commands share: a small log of its own, and the door in this process."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from rexctl.store.log import Log
from tests import forkserver
from tests.run import ROOT, Result, run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TODAY = "2025-10-19"
SWINE = [
    "add", "tariff", "Norway charges 10% on live swine", "--actor", "NO", "--product", "hs:0103",
    "--date", "2025-10-09", "--time", "13:01", "--tz", "Europe/Oslo", "--rate", "10",
    "--status", "adopted", "--effective", "2025-11-01", "--source", "https://example.org/x",
]  # fmt: skip
SWINE_ID = "2025-10-09-no-charges-10-live-swine"
STATEMENT = [
    "--actor", "SE", "--date", "2025-10-11", "--status", "made", "--source", "https://example.org/s",
]  # fmt: skip


class Door:
    """Runs the command line in this process, in a folder of its own."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch = folder, patch

    def __call__(self, *words: str, stdin: bytes | None = b"") -> Result:
        return run(*words, stdin=stdin)

    @property
    def files(self) -> dict[str, str]:
        """The events of the log: each file by its name."""
        found = sorted((self.folder / "data" / "events").rglob("*"))
        return {path.name: path.read_text(encoding="utf-8") for path in found if path.is_file()}

    def put(self, name: str, text: str) -> Path:
        """Put a file into the folder of a year of the log, as a person's editor would."""
        path = self.folder / "data" / "events" / name[:4] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


def door(folder: Path, patch: pytest.MonkeyPatch, *, log: bool = True) -> Door:
    """Make a folder, with an empty log where that is wanted, and go into it."""
    home = folder / "home"
    home.mkdir()
    found = enter(folder, patch)
    if log:
        (home / "data" / "events").mkdir(parents=True)
        (home / "data" / "rexctl.yaml").write_text("format: 1\n", encoding="utf-8")
    return found


def enter(folder: Path, patch: pytest.MonkeyPatch) -> Door:
    """Go into the home of a folder, with the environment of a call."""
    home = folder / "home"
    for name in ("REXCTL_LOG", "CI", "NO_COLOR", "EDITOR", "VISUAL", "XDG_CACHE_HOME"):
        patch.delenv(name, raising=False)
    for name, value in environment(folder).items():
        patch.setenv(name, value)
    patch.chdir(home)
    return Door(home, patch)


def fill(door: Door) -> Door:
    """Add three events to the log of a door."""
    assert door(*SWINE).code == 0
    for title in ("Sweden speaks of swine", "Sweden speaks again"):
        own = STATEMENT if "swine" in title else [*STATEMENT[:-1], "https://example.org/s2"]
        assert door("add", "statement", title, *own).code == 0
    return door


def copy_of(template: Path, folder: Path, patch: pytest.MonkeyPatch) -> Door:
    """Copy the log that a door made in another folder, with its cache and its undo history."""
    found = door(folder, patch, log=False)
    shutil.copytree(template, folder, dirs_exist_ok=True)
    old, new = log_in(template), log_in(folder)
    for path in sorted(folder.rglob(f"{old.key}*")):
        path = path.rename(path.with_name(path.name.replace(old.key, new.key)))
        for step in path.rglob("*.json"):
            text = step.read_text(encoding="utf-8")
            step.write_text(text.replace(f'"{old.root}"', f'"{new.root}"'), encoding="utf-8")
    return found


def log_in(folder: Path) -> Log:
    """Return the log of the door that was made in a folder."""
    return Log((folder / "home" / "data").resolve(), folder / "cache")


def environment(folder: Path) -> dict[str, str]:
    """What the environment of a call holds, beside the path."""
    return {
        "HOME": str(folder / "home"), "REXCTL_CACHE": str(folder / "cache"),
        "REXCTL_TODAY": TODAY, "COLUMNS": "100", "TERM": "xterm",
    }  # fmt: skip


def outside(
    folder: Path, shell: str, *, real: bool = False, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a line of bash in the folder of a door; `rexctl` is this one.

    With `real` it is a Python of its own, else forked from one that has loaded rexctl.
    """
    words = [sys.executable, "-m", "rexctl"] if real else forkserver.client()
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        ["bash", "-c", f'rexctl() {{ {shlex.join(words)} "$@"; }}; {shell}'], cwd=folder / "home",
        env=env | environment(folder) | more, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
