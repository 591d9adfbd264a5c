"""The three files that git hands to a merge driver, and the one that it takes back."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from rexctl.errors import EnvironmentFaultError, InputRefusedError
from rexctl.gitrepo.run import GitProgram
from rexctl.merge.driver import merge
from rexctl.records import Finding
from rexctl.store import os_errors
from rexctl.store.safe_open import read_bytes

# git merge-file ends with the number of conflicts, at most 127; beyond that it could not work.
_MOST_CONFLICTS = 127


class Merged(NamedTuple):
    """Whether nothing is left to settle, what is, and whether git's own merge had to do it."""

    done: bool
    findings: tuple[Finding, ...] = ()
    by_lines: bool = False


def merge_files(base: Path, ours: Path, theirs: Path, name: str) -> Merged:
    """Merge into the file `ours`; tells whether that is done, and what a person must settle.

    Raises InputRefusedError for what is no file, and EnvironmentFaultError; `ours` stays then.
    """
    try:
        outcome = merge(_bytes(base), _bytes(ours), _bytes(theirs), name)
    except (InputRefusedError, EnvironmentFaultError):
        raise
    except Exception:
        # git takes the file as it lies: were ours left there, theirs would be lost without a trace.
        _by_lines(base, ours, theirs)
        raise
    if outcome is None:
        return Merged(_by_lines(base, ours, theirs), by_lines=True)
    with os_errors.telling(ours):
        ours.write_bytes(outcome.data)
    return Merged(not outcome.findings, outcome.findings)


def _bytes(path: Path) -> bytes:
    found = read_bytes(path, str(path))
    if not isinstance(found, Finding):
        return found
    if found.code == "too-large":  # no event; git's own merge has no such limit
        return b"\0"
    raise InputRefusedError([found])


def _by_lines(base: Path, ours: Path, theirs: Path) -> bool:
    """Merge as git does without us; tells whether nothing is left to settle."""
    done = GitProgram(Path()).run(
        "merge-file", "--diff3", "-L", "ours", "-L", "base", "-L", "theirs",
        *(str(path.absolute()) for path in (ours, base, theirs)),
    )  # fmt: skip
    if done.returncode > _MOST_CONFLICTS:
        said = done.stderr.decode("utf-8", "replace").strip() or "cannot merge the file"
        raise EnvironmentFaultError(f"git merge-file: {said}")
    return done.returncode == 0
