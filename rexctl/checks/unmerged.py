"""Find the files of the log that git's index has unmerged."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo.run import Git
from rexctl.gitrepo.trees import list_unmerged
from rexctl.records import Finding

if TYPE_CHECKING:
    from pathlib import Path

_REASONS = {
    "123": "both sides changed it", "23": "both sides added it", "1": "both sides moved or deleted it",
    "12": "ours changed it, theirs deleted it", "13": "ours deleted it, theirs changed it",
    "2": "ours moved it here", "3": "theirs moved it here",
}  # fmt: skip


def find_unmerged(root: Path) -> list[Finding]:
    """Return an error for each unmerged file of the log at `root`.

    The file itself may have no conflict marker: one side deleted it, or the driver failed. Empty
    where git cannot answer, as in a clone that another user owns: `check` works without git.
    """
    try:
        unmerged = list_unmerged(Git(root))
    except EnvironmentFaultError:
        return []
    findings = []
    for name, stages in unmerged.items():
        path = os.fsencode(name).decode("utf-8", "backslashreplace")
        message = f"git has not merged {path.rpartition('/')[2]}: {_REASONS[stages]}"
        hint = "write what is right, then run git add (git rm to delete it)"
        findings.append(Finding("unmerged", message, path, hint=hint))
    return findings
