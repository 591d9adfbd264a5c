"""A scratch repository with a small log in it, for tests that need a past."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any

from rexctl.gitrepo.run import Git
from tests.store.logs import log_of, put

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.store.log import Log

# No setting of the machine's own user reaches a test.
ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A",
         "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A",
         "GIT_COMMITTER_EMAIL": "a@example.org"}  # fmt: skip


class Repository:
    """A repository at `folder`, the log in its `data/`."""

    def __init__(self, folder: Path, *events: dict[str, Any]) -> None:
        self.folder = folder
        self.log: Log = log_of(folder, *events)
        self("init", "-q", "-b", "main")
        (folder / ".gitignore").write_text("/cache/\n")

    def __call__(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.folder, env={**os.environ, **ALONE}, check=check,
            capture_output=True, text=True, errors="surrogateescape",
        )  # fmt: skip
        return done.stdout.strip()

    def put(self, *events: dict[str, Any]) -> list[Path]:
        return put(self.log, *events)

    def commit(self, *events: dict[str, Any]) -> str:
        """Write events and commit all there is; gives the hash."""
        self.put(*events)
        return self.commit_all()

    def commit_all(self) -> str:
        self("add", "-A")
        self("commit", "-q", "--allow-empty", "-m", "one more")
        return self("rev-parse", "HEAD")

    @property
    def git(self) -> Git:
        return Git(self.log.root)
