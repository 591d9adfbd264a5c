"""The findings that `check` reports, with paths for the reader: a person here, or a code host."""

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

# A code host knows paths from the root of the repository, not from the current folder.
_HOSTED = ("github", "gitlab", "sarif")


def paths_in_log(log: Log, paths: Iterable[str]) -> list[str]:
    """Return the paths of the command line relative to the log. Raises UsageError."""
    return [inside(log, Path(path)) for path in paths]


def below_paths(found: Iterable[Finding], paths: Sequence[str]) -> list[Finding]:
    """Return the findings of files below these paths, or all where there are none."""
    return [f for f in found if not paths or any(under(f.path, path) for path in paths)]


def of_changed_files(log: Log, found: Sequence[Finding], revision: str) -> list[Finding]:
    """Return the findings of files that differ from a commit or are not in it.

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


def sorted_for_reader(
    context: Context, log: Log, found: Iterable[Finding], form: str
) -> list[Finding]:
    """Return the findings sorted, with paths from the current folder or the repository's root."""
    root = find_repository(log.root) if form in _HOSTED else None
    if root is None:
        located = context.located(log, found)
    else:
        located = [f._replace(path=(log.root / f.path).relative_to(root).as_posix()) for f in found]
    return sorted(located, key=lambda finding: finding.sort_key)
