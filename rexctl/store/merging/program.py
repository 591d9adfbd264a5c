"""The git program, called by its plumbing: a list of words, no shell, a limit of time."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from rexctl.plain.errors import EnvironmentFaultError

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 30
# What a hostile `.git/config` could have run at any call that looks at the files of the work tree.
_QUIET = ("--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false",
          "-c", "core.hooksPath=/dev/null")  # fmt: skip


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder and give what it said. Raises EnvironmentFaultError where it cannot run."""
    try:
        return subprocess.run(  # noqa: S603 - a list of words; none of them is a path to a program
            ["git", "-C", str(folder), *_QUIET, *words],  # noqa: S607 - the git of the PATH is meant
            stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise EnvironmentFaultError("git: no such program", "install git") from None
    except subprocess.TimeoutExpired:
        raise EnvironmentFaultError(f"git {words[0]}: no answer in {_SECONDS} seconds") from None
    except OSError as fault:
        why = (fault.strerror or str(fault)).lower()
        raise EnvironmentFaultError(f"git {words[0]}: {why}") from None
