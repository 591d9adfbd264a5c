"""The past of events: what each commit made of them, read from as few blobs as that needs."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from rexctl.changes.blob_cache import Readings
from rexctl.changes.history_walk import Followed, steps
from rexctl.gitrepo import commits, revisions, trees
from rexctl.store.layout import id_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rexctl.gitrepo.commit import Commit, Seen
    from rexctl.gitrepo.comparing import Pair, Side
    from rexctl.gitrepo.run import Git

_CHUNK = 256  # commits read at a time: who asks for ten does not wait for all


class Told(NamedTuple):
    """A commit and what it did, as seen from each parent; `renamed` are new ids by the old ones."""

    commit: Commit
    sides: list[list[Seen]]
    renamed: list[dict[str, str]]


class History:
    """All that git knows of the events of the log at `root`, the working tree on top."""

    def __init__(self, git: Git, root: Path) -> None:
        self._readings = Readings(git, root)
        self._empty, head = revisions.nothing(git), revisions.head(git)
        self.commits = commits.commits(git, head) if head else []
        self._tree = {commit.name: commit.tree for commit in self.commits}
        top = commits.working(tuple(commit.name for commit in self.commits[:1]))
        self._differing = trees.differing(git, (t for c in self.commits for t in self._trees(c)))
        self._differing[self._trees(top)[0]] = trees.working(git, head or self._empty)
        self._all = [top, *self.commits]
        self._place = {commit.name: place for place, commit in enumerate(self._all)}
        self._before: dict[tuple[str, str], list[tuple[int, Side | None]]] = {}
        for place, commit in enumerate(self._all):
            for pair in (pair for side in self._sides(commit) for pair in side):
                if pair.new:
                    made = self._before.setdefault((pair.path, pair.new.blob), [])
                    made.append((place, pair.old))

    def ids(self) -> set[str]:
        """Give every id that a file has or had, whether it reads or not."""
        paths = {pair.path for found in self._differing.values() for pair in found}
        return {name for path in paths if (name := id_of(path))}

    def of(
        self, paths: Iterable[str] | None, wanted: Callable[[Commit], bool]
    ) -> Iterator[Told]:  # fmt: skip
        """Give what commits did to these files, newest first; None is all of them."""
        start = Followed(every=True) if paths is None else Followed(frozenset(paths))
        found = steps(self._all, self._sides, start, self._readings.renamed)
        some = (step for step in found if wanted(step.commit))
        while chunk := list(islice(some, _CHUNK)):
            turns = [turn for step in chunk for side in step.sides for turn in side]
            self._readings.ahead(file for turn in turns for file in turn)
            for step in chunk:
                place = self._place[step.commit.name]
                seen = [self._readings.seen(side, self._before, place) for side in step.sides]
                yield Told(step.commit, seen, [_renamed(moved) for moved in step.moved])

    def _trees(self, commit: Commit) -> list[tuple[str, str]]:
        """Give the pairs of trees to compare for a commit: one a parent, or one with nothing."""
        before = [self._tree[name] for name in commit.parents] or [self._empty]
        return [(tree, commit.tree) for tree in before]

    def _sides(self, commit: Commit) -> list[Sequence[Pair]]:
        return [self._differing[both] for both in self._trees(commit)]


def _renamed(moved: Mapping[str, str]) -> dict[str, str]:
    return {str(id_of(old)): str(id_of(new)) for new, old in moved.items()}
