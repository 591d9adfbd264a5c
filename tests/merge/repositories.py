"""Repositories in a folder, with the git of this machine and nobody's settings."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from tests import forkserver
from tests.run import ROOT, Result

if TYPE_CHECKING:
    from pathlib import Path

EVENT = "data/events/2025/2025-10-09-cn-a.yaml"


class Repository:
    """A project with a log, of which two people have a branch each."""

    def __init__(self, folder: Path, text: str = "", path: str = EVENT) -> None:
        """Make it with a commit of an event; without a text, one that is there already."""
        self.folder, self.path = folder, path
        if not text:
            return
        (folder / "data").mkdir(parents=True)
        (folder / "data" / "rexctl.yaml").write_text("format: 1\n")
        self.git("init", "-q", "-b", "main")
        self.put(text)
        self.commit("base")

    @property
    def event(self) -> Path:
        return self.folder / self.path

    def env(self) -> dict[str, str]:
        keep = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        who = {
            f"GIT_{a}_{b}": "a@example.org"
            for a in ("AUTHOR", "COMMITTER")
            for b in ("NAME", "EMAIL")
        }
        nobody = {"HOME": str(self.folder.parent), "GIT_CONFIG_NOSYSTEM": "1",
                  "REXCTL_CACHE": str(self.folder.parent / "cache")}  # fmt: skip
        return keep | who | nobody

    def git(self, *words: str, ok: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            ["git", *words], cwd=self.folder, env=self.env(), capture_output=True, text=True
        )
        assert done.returncode == 0 or not ok, done.stderr
        return done

    def rexctl(self, *words: str) -> Result:
        ended = forkserver.call(*words, cwd=self.folder, env=self.env())
        return Result(ended.code, ended.out.decode(), ended.err.decode())

    def put(self, text: str) -> None:
        self.event.parent.mkdir(parents=True, exist_ok=True)
        self.event.write_text(text, encoding="utf-8")

    def commit(self, said: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", said, "--no-verify")

    def merged(self, ours: str, theirs: str) -> subprocess.CompletedProcess[str]:
        """Let one side write `theirs`, the other `ours`, and merge."""
        self.git("switch", "-qc", "theirs")
        self.put(theirs)
        self.commit("theirs")
        self.git("switch", "-q", "main")
        self.put(ours)
        self.commit("ours")
        return self.git("merge", "-q", "theirs", "-m", "merged", ok=False)
