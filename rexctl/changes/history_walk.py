"""Walk the commits from the newest on, and follow files through renames and merges.

At a merge a file has its history in the first parent in which it is the same: what another branch
did to it had no effect here, or is what this branch did as well. A file that differs from every
parent has its history in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rexctl.gitrepo.commits import Commit
from rexctl.gitrepo.trees import FileChange

Changes = Sequence[FileChange]
# From files added and files removed to the old path of each renamed one.
FindRenames = Callable[[Changes, Changes], Mapping[str, str]]

_NO_RENAMES: Mapping[str, str] = {}


class PathSet(NamedTuple):
    """The files followed at a commit: these; or, if `inverted`, all but these."""

    paths: frozenset[str] = frozenset()
    inverted: bool = False

    def contains(self, path: str) -> bool:
        """Return whether a file is followed."""
        return (path in self.paths) != self.inverted

    def union(self, other: PathSet) -> PathSet:
        """Return what one of the two contains."""
        if self.inverted and other.inverted:
            return PathSet(self.paths & other.paths, inverted=True)
        if self.inverted or other.inverted:
            all_but, some = (self, other) if self.inverted else (other, self)
            return PathSet(all_but.paths - some.paths, inverted=True)
        return PathSet(self.paths | other.paths)


class CommitFiles(NamedTuple):
    """A commit, and the followed files that it changed, compared with each of its parents.

    Of a merge, only files that differ from every parent. `renames` has, for each parent, the old path
    of every file that the commit renamed, followed or not: links that follow it are no change.
    """

    commit: Commit
    by_parent: list[list[FileChange]]
    renames: list[Mapping[str, str]]


def walk_commits(
    commits: Iterable[Commit], changes_of: Callable[[Commit], list[Changes]],
    start: PathSet, find_renames: FindRenames,
) -> Iterator[CommitFiles]:  # fmt: skip
    """Yield what each commit did to the files followed; children must come before their parents."""
    nothing = PathSet()
    followed: dict[str, PathSet] = {}
    here = start
    for place, commit in enumerate(commits):
        if place:
            here = followed.pop(commit.hash, nothing)
        if not here.paths and not here.inverted:
            continue
        step = _CommitStep(changes_of(commit), here, find_renames)
        for number, parent in enumerate(commit.parents):
            paths = step.followed_in_parent(number)
            known = followed.get(parent)
            followed[parent] = known.union(paths) if known else paths
        by_parent = [step.own_changes(number) for number in range(len(step.changes))]
        if by_parent and all(by_parent):
            yield CommitFiles(commit, by_parent, step.renames)


class _CommitStep:
    """One commit: from the files followed there to the files followed in each parent."""

    def __init__(self, changes: list[Changes], here: PathSet, find_renames: FindRenames) -> None:
        self.changes, self.here = changes, here
        self.renames = [_find_renames(side, here, find_renames) for side in changes]
        self._paths = [{change.path for change in side} for side in changes]
        self._own = set.intersection(*self._paths) if changes else set()

    def own_changes(self, number: int) -> list[FileChange]:
        """Return the followed files that differ from a parent, and from every other one as well."""
        renames = self.renames[number]
        sources = set(renames.values())
        old = {change.path: change.old for change in self.changes[number] if change.path in sources}
        own = []
        for change in self.changes[number]:
            former = renames.get(change.path, change.path)
            if change.path in sources or change.path not in self._own:
                continue
            if self.here.contains(change.path) or self.here.contains(former):
                own.append(FileChange(old.get(former, change.old), change.new))
        return own

    def followed_in_parent(self, number: int) -> PathSet:
        """Return the files to follow in a parent."""
        renames, here = self.renames[number], self.here
        if number:  # a file that differs from no parent has its history in the first one
            known = set().union(*self._paths)
            led = (path for path in known if here.contains(path) and self._leads_to(path, number))
            return PathSet(frozenset(renames.get(path, path) for path in led))
        elsewhere = {path for path in self._paths[0] if not self._leads_to(path, 0)}
        if not elsewhere and not renames:  # nearly always; a query may follow thousands of files
            return here
        if not here.inverted:
            paths = here.paths - elsewhere
            old_paths = {renames[path] for path in renames if path in paths}
            return PathSet(frozenset((paths - renames.keys()) | old_paths))
        excluded = here.paths | elsewhere
        lost = {renames[path] for path in renames if path in excluded}
        old_paths = {renames[path] for path in renames if path not in excluded}
        return PathSet(frozenset((excluded | lost) - old_paths), inverted=True)

    def _leads_to(self, path: str, number: int) -> bool:
        """Return whether a file has a history in this parent."""
        same = (place for place, paths in enumerate(self._paths) if path not in paths)
        return next(same, number) == number


def _find_renames(side: Changes, here: PathSet, find_renames: FindRenames) -> Mapping[str, str]:
    """Return the old path of each renamed file; events are read only where one may be renamed."""
    added = [change for change in side if change.old is None]
    removed = [change for change in side if change.new is None]
    if added and removed and any(here.contains(change.path) for change in side):
        return find_renames(added, removed)
    return _NO_RENAMES
