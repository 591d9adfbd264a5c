"""Whose past is told: which files are followed at each commit, through renames and merges.

At a merge a file has its past where it is the same, in the first such parent: what another branch
did to it came to nothing here, or is what this one did as well. A file that is like no parent's
has its past in all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from rexctl.gitrepo.commit import Commit
    from rexctl.gitrepo.comparing import Pair, Side

    Pairs = Sequence[Pair]
    # Of files that came and files that went, the old path of each new one.
    Renamed = Callable[[Pairs, Pairs], Mapping[str, str]]

_NONE: Mapping[str, str] = {}


class Turn(NamedTuple):
    """A file before and after a commit, each with its path; None is no file."""

    old: tuple[str, Side] | None
    new: tuple[str, Side] | None

    @property
    def path(self) -> str:
        """Where the file lies now, or lay."""
        return (self.new or self.old or ("",))[0]


class Followed(NamedTuple):
    """Files followed at a commit: these; or where `every` is set, all but these."""

    names: frozenset[str] = frozenset()
    every: bool = False

    def has(self, path: str) -> bool:
        """Tell whether a file is followed."""
        return (path in self.names) != self.every

    def joined(self, other: Followed) -> Followed:
        """Give what one of the two follows."""
        if self.every and other.every:
            return Followed(self.names & other.names, every=True)
        if self.every or other.every:
            out, more = (self, other) if self.every else (other, self)
            return Followed(out.names - more.names, every=True)
        return Followed(self.names | other.names)


class Step(NamedTuple):
    """A commit, and the files followed that it made other, as seen from each of its parents.

    Of a merge, only files that are like no parent's. `moved` has the old path of each file that was
    renamed in the same commit, followed or not: links to it that follow are no change.
    """

    commit: Commit
    sides: list[list[Turn]]
    moved: list[Mapping[str, str]]


def steps(
    commits: Iterable[Commit], sides_of: Callable[[Commit], list[Pairs]],
    start: Followed, renamed: Renamed,
) -> Iterator[Step]:  # fmt: skip
    """Give what each commit did to the files followed; children must stand before their parents."""
    nothing = Followed()
    followed: dict[str, Followed] = {}
    here = start
    for place, commit in enumerate(commits):
        if place:
            here = followed.pop(commit.name, nothing)
        if not here.names and not here.every:
            continue
        crossing = _Crossing(sides_of(commit), here, renamed)
        for number, parent in enumerate(commit.parents):
            before = crossing.led(number)
            known = followed.get(parent)
            followed[parent] = known.joined(before) if known else before
        turns = [crossing.turns(number) for number in range(len(crossing.sides))]
        if turns and all(turns):
            yield Step(commit, turns, crossing.moved)


class _Crossing:
    """One commit: from what is followed there to what is followed in each parent."""

    def __init__(self, sides: list[Pairs], here: Followed, renamed: Renamed) -> None:
        self.sides, self.here = sides, here
        self.moved = [_moved(pairs, here, renamed) for pairs in sides]
        self._paths = [{pair.path for pair in pairs} for pairs in sides]
        self._own = set.intersection(*self._paths) if sides else set()

    def turns(self, number: int) -> list[Turn]:
        """Give what differs from a parent, and from every other one as well."""
        moved = self.moved[number]
        left = set(moved.values())
        old = {pair.path: pair.old for pair in self.sides[number] if pair.path in left}
        found = []
        for pair in self.sides[number]:
            former = moved.get(pair.path, pair.path)
            if pair.path in left or pair.path not in self._own:
                continue
            if self.here.has(pair.path) or self.here.has(former):
                before = old.get(former, pair.old)
                found.append(Turn(before and (former, before), pair.new and (pair.path, pair.new)))
        return found

    def led(self, number: int) -> Followed:
        """Give what is followed in a parent."""
        moved, here = self.moved[number], self.here
        if number:  # what no side has otherwise has its past in the first parent
            known = set().union(*self._paths)
            names = {path for path in known if here.has(path) and self._goes(path, number)}
            return Followed(frozenset(moved.get(path, path) for path in names))
        away = {path for path in self._paths[0] if not self._goes(path, 0)}
        if not away and not moved:  # nearly always; a query may follow thousands
            return here
        if not here.every:
            kept = here.names - away
            back = {moved[path] for path in moved if path in kept}
            return Followed((kept - moved.keys()) | back)
        out = here.names | away
        lost = {moved[path] for path in moved if path in out}
        back = {moved[path] for path in moved if path not in out}
        return Followed((out | lost) - back, every=True)

    def _goes(self, path: str, number: int) -> bool:
        """Tell whether a file has a past in this parent."""
        same = (place for place, paths in enumerate(self._paths) if path not in paths)
        return next(same, number) == number


def _moved(pairs: Pairs, here: Followed, renamed: Renamed) -> Mapping[str, str]:
    """Give the old path of each file renamed; contents are looked at only where one may have been."""
    come = [pair for pair in pairs if pair.old is None]
    gone = [pair for pair in pairs if pair.new is None]
    if come and gone and any(here.has(pair.path) for pair in pairs):
        return renamed(come, gone)
    return _NONE
