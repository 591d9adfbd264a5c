"""Of all findings those that were asked for, with the paths by which their reader knows the files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rexctl.cli.log_paths import inside, under
from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo.run import Git
from rexctl.gitrepo.trees import list_changed_files, list_unmerged
from rexctl.records import Finding
from rexctl.store.log import find_repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rexctl.cli.context import Context
    from rexctl.store.log import Log

# Read by a host of code, not from the folder the command was given in.
_HOSTED = ("github", "gitlab", "sarif")


def wanted(log: Log, paths: Iterable[str]) -> list[str]:
    """Give the paths asked for as the log has them. Raises UsageError."""
    return [inside(log, Path(path)) for path in paths]


def asked(found: Iterable[Finding], paths: Sequence[str]) -> list[Finding]:
    """Give the findings below these paths of the log; all where there is none."""
    return [f for f in found if not paths or any(under(f.path, path) for path in paths)]


def changed(log: Log, found: Sequence[Finding], revision: str) -> list[Finding]:
    """Give the findings of files that a commit holds otherwise, or not at all.

    Raises UsageError and EnvironmentFaultError.
    """
    differing = list_changed_files(log.root, revision, {finding.path for finding in found})
    return [finding for finding in found if finding.path in differing]


def unmerged(log: Log) -> list[Finding]:
    """Return an error for each file that git's index holds unmerged.

    Empty outside a repository and where git cannot answer, as in a clone that another user owns:
    `check` works without git.
    """
    if find_repository(log.root) is None:
        return []
    try:
        unmerged = list_unmerged(Git(log.root))
    except EnvironmentFaultError:
        return []
    return [
        Finding("unmerged", f"git has not merged {path.rpartition('/')[2]}: {sides}", path,
                hint="write what is right, then run git add (git rm to delete it)")
        for path, sides in unmerged.items()
    ]  # fmt: skip


def named(context: Context, log: Log, found: Iterable[Finding], form: str) -> list[Finding]:
    """Give the findings in order, with paths for a person here or from the repository's root."""
    root = find_repository(log.root) if form in _HOSTED else None
    if root is None:
        located = context.located(log, found)
    else:
        located = [f._replace(path=(log.root / f.path).relative_to(root).as_posix()) for f in found]
    return sorted(located, key=lambda finding: finding.sort_key)
