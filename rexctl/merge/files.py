"""The three files that git hands to a merge driver, and the one that it takes back."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from rexctl.errors import EnvironmentFaultError, InputRefusedError
from rexctl.gitrepo.run import GitProgram
from rexctl.merge.driver import as_conflict, merge, new_faults
from rexctl.records import Finding
from rexctl.store import os_errors
from rexctl.store.safe_open import LARGEST, read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        _write(ours, _lines(base, ours, theirs)[0])
        raise
    if outcome is None:
        return _by_lines(base, ours, theirs, name)
    _write(ours, outcome.data)
    return Merged(not outcome.findings, outcome.findings)


def _bytes(path: Path) -> bytes:
    found = read_bytes(path, str(path))
    if not isinstance(found, Finding):
        return found
    if found.code == "too-large":  # no event; git's own merge has no such limit
        return b"\0"
    raise InputRefusedError([found])


def _by_lines(base: Path, ours: Path, theirs: Path, name: str) -> Merged:
    """Merge as git does without us, and mark both sides where the result does not parse."""
    data, conflicts = _lines(base, ours, theirs)
    findings = () if conflicts else _faults(data, ours, theirs, name)
    if findings:
        # Without a base, git marks whatever differs between the two.
        with TemporaryDirectory() as folder:
            empty = Path(folder, "empty")
            empty.touch()
            data, conflicts = _lines(empty, ours, theirs, style=())
        line = data.partition(b"<<<<<<< ours")[0].count(b"\n") + 1
        findings = as_conflict(findings, name, line)
    _write(ours, data)
    return Merged(not conflicts and not findings, tuple(findings), by_lines=True)


def _faults(data: bytes, ours: Path, theirs: Path, name: str) -> Sequence[Finding]:
    if len(data) > LARGEST:
        return [Finding("too-large", f"{name} is larger than 1 MiB", name)]
    return new_faults(data, _bytes(ours), _bytes(theirs), name)


def _lines(
    base: Path, ours: Path, theirs: Path, style: Sequence[str] = ("--diff3",)
) -> tuple[bytes, int]:
    """Return the merged text of git merge-file, and the number of its conflicts.

    Raises EnvironmentFaultError for what is no text.
    """
    done = GitProgram(Path()).run(
        "merge-file", "-p", *style, "-L", "ours", "-L", "base", "-L", "theirs",
        *(str(path.absolute()) for path in (ours, base, theirs)),
    )  # fmt: skip
    if done.returncode > _MOST_CONFLICTS:
        said = done.stderr.decode("utf-8", "replace").strip() or "cannot merge the file"
        raise EnvironmentFaultError(f"git merge-file: {said}")
    return done.stdout, done.returncode


def _write(path: Path, data: bytes) -> None:
    with os_errors.telling(path):
        path.write_bytes(data)
