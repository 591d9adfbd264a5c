"""The history of events: what each commit did to them, followed through renames and merges.

At a merge a file has its history in the first parent in which it is the same: what another branch
did to it had no effect here, or is what this branch did as well. A file that differs from every
parent has its history in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from heapq import heapify, heappop, heappush
from itertools import islice
from typing import NamedTuple

from rexctl.changes.changes import (
    compare_pairs,
    make_change,
    match_renames,
    narrow,
)
from rexctl.gitrepo import commits, revisions, trees
from rexctl.gitrepo.commits import Commit
from rexctl.gitrepo.run import Git
from rexctl.gitrepo.trees import FileChange, FileVersion
from rexctl.records import ADDED, READABLE, THERE, UNREADABLE, Change, Event, Finding
from rexctl.store.layout import id_of

Parsed = tuple[Event | None, Sequence[Finding]]
# From files to the event or the findings of each. Called with many at a time.
ReadFiles = Callable[[Iterable[FileVersion]], Mapping[FileVersion, Parsed]]

_CHUNK = 256  # commits whose files are read at a time: who wants ten does not wait for all
Changes = Sequence[FileChange]
Paths = frozenset[str]
# From files added and files removed to the old path of each renamed one.
FindRenames = Callable[[Changes, Changes], Mapping[str, str]]


class EventChange(NamedTuple):
    """An event before and after a commit, None where there is none.

    `fault` says why the file does not parse as the commit has it; then `new` is None. With
    `was_unreadable` it parses where it did not before, and `old` is the last version that parsed.
    """

    path: str
    old: Event | None
    new: Event | None
    fault: Finding | None = None
    was_unreadable: bool = False


class MergedEvent(NamedTuple):
    """An event that parents of a merge changed differently: as it was, as it is, and in each parent."""

    base: Event | None
    new: Event
    parents: list[Event]


class CommitEvents(NamedTuple):
    """A commit and what it did to events, by parent; `renamed` has the new ids by the old ones."""

    commit: Commit
    by_parent: list[list[EventChange]]
    renamed: list[dict[str, str]]
    merged: list[MergedEvent]


class History:
    """All commits that touched the events of a log, the working tree on top.

    `uncommitted` has the files of the working tree that differ from the last commit. `read_files`
    returns the events of files; those of one answer are read together.
    """

    def __init__(self, git: Git, uncommitted: list[FileChange], read_files: ReadFiles) -> None:
        self._read_files = read_files
        head, empty = revisions.find_head(git), revisions.empty_tree(git)
        self.commits = commits.list_commits(git, head) if head else []
        # The folders of the log before the present one, each with the commit that moved it from there.
        self.moves: list[tuple[str, Commit]] = []
        self._find_moves(git, head)
        top = commits.working_tree_commit(tuple(commit.hash for commit in self.commits[:1]))
        self._all = [top, *self.commits]
        trees_of = {commit.hash: commit.tree for commit in self.commits}
        if self.moves:
            folders = [git.prefix, *(folder for folder, _ in self.moves)]
            own = trees.trees_of_log(git, list(trees_of), folders)
            trees_of = {name: own.get(name, empty) for name in trees_of}
        self._compare = partial(trees.compare_trees, git, of_log=bool(self.moves))
        self._trees = trees_of
        # The trees to compare for a commit: one pair a parent, or one with the empty tree.
        pairs = {
            commit.hash: [(trees_of[name], trees_of.get(commit.hash, "")) for name in commit.parents]
            or [(empty, trees_of.get(commit.hash, ""))] for commit in self._all
        }  # fmt: skip
        compared = self._compare(p for one in self.commits for p in pairs[one.hash])
        compared[pairs[top.hash][0]] = uncommitted
        self._changes = {name: [compared[pair] for pair in sides] for name, sides in pairs.items()}
        self._position = {commit.hash: n for n, commit in enumerate(self._all)}
        self._paths = {change.path for sides in self._changes.values() for side in sides
                       for change in side}  # fmt: skip
        # By a version of a file: at which commits it was made, the latest first, and from which.
        self._origins: dict[FileVersion, list[tuple[int, FileVersion | None]]] = {}
        for n, commit in enumerate(self._all):
            for change in (change for side in self._changes[commit.hash] for change in side):
                if change.new:
                    self._origins.setdefault(change.new, []).append((n, change.old))

    def _find_moves(self, git: Git, head: str) -> None:
        """Find the earlier folders of the log, and list the commits that touched events there."""
        version = f"{self.commits[-1].hash}^" if self.commits else head
        while version and (folder := trees.former_folder(git, version)) is not None:
            if folder in (known for known, _ in self.moves):
                return
            moved = self.commits[-1] if self.commits else commits.working_tree_commit(())
            self.moves.append((folder, moved))
            folders = [trees.relative_to_log(git, one) for one, _ in self.moves]
            self.commits = commits.list_commits(git, head, ["", *folders])
            version = f"{self.commits[-1].hash}^"

    def ids(self) -> set[str]:
        """Return every id that a file has or had, whether it parses or not."""
        return {name for path in self._paths if (name := id_of(path))}

    def walk(
        self, paths: Iterable[str] | None, is_wanted: Callable[[Commit], bool]
    ) -> Iterator[CommitEvents]:
        """Yield what commits did to these files, newest first; None is all files."""
        start = frozenset(self._paths if paths is None else paths)
        walked = walk_commits(self._all, self._changes, start, self._find_renames)
        matches = (step for step in walked if is_wanted(step.commit))
        while chunk := list(islice(matches, _CHUNK)):
            changes = [change for step in chunk for side in step.by_parent for change in side]
            both = self._changed_on_both(chunk)
            files = [*changes, *(versions for merge in both.values() for versions in merge)]
            parsed = self._read_files(dict.fromkeys(f for group in files for f in group if f))
            for step in chunk:
                position = self._position[step.commit.hash]
                events = [[self._event_change(change, parsed, position) for change in side]
                          for side in step.by_parent]  # fmt: skip
                renamed = [{str(id_of(old)): str(id_of(new)) for new, old in side.items()}
                           for side in step.renames]  # fmt: skip
                versions = ([parsed[file][0] if file else None for file in one]
                            for one in both.get(step.commit.hash, ()))  # fmt: skip
                merged = [MergedEvent(base, new, [one for one in parents if one])
                          for base, new, *parents in versions if new and all(parents)]  # fmt: skip
                if events or merged:
                    yield CommitEvents(step.commit, events, renamed, merged)

    def _changed_on_both(
        self, steps: Sequence[CommitFiles]
    ) -> dict[str, list[list[FileVersion | None]]]:
        """Return, by merge commit, the followed files that parents changed differently.

        Of each the versions in the base of the merge, in the merge commit and in its parents.
        """
        bases = {step.commit: self._merge_base(step.commit.parents) for step in steps
                 if len(step.commit.parents) > 1}  # fmt: skip
        pairs = {commit: [(self._trees[base], self._trees[one]) for one in commit.parents]
                 for commit, base in bases.items() if base and base not in commit.parents}  # fmt: skip
        compared = self._compare(pair for one in pairs.values() for pair in one) if pairs else {}
        versions_by_commit: dict[str, list[list[FileVersion | None]]] = {}
        for commit, here in ((step.commit, step.here) for step in steps if step.commit in pairs):
            sides = [{one.path: one for one in compared[pair]} for pair in pairs[commit]]
            own = {one.path: one.new for one in self._changes[commit.hash][0]}
            for path in dict.fromkeys(path for side in sides for path in side):
                changed = [side[path] for side in sides if path in side]
                if len({one.new for one in changed}) < 2 or path not in here:
                    continue
                base = changed[0].old
                versions = [side[path].new if path in side else base for side in sides]
                new = own[path] if path in own else versions[0]
                if new and all(versions):
                    versions_by_commit.setdefault(commit.hash, []).append([base, new, *versions])
        return versions_by_commit

    def _merge_base(self, parents: Sequence[str]) -> str:
        """Return the last commit that all parents come from; "" where there is none."""
        reached = {name: {n} for n, name in enumerate(parents)}
        queue = [self._position[name] for name in reached if name in self._position]
        heapify(queue)
        while queue:
            commit = self._all[heappop(queue)]  # every commit that comes from it was here before
            if len(reached[commit.hash]) == len(parents):
                return commit.hash
            for name in commit.parents:
                if name not in reached and name in self._position:
                    heappush(queue, self._position[name])
                reached.setdefault(name, set()).update(reached[commit.hash])
        return ""

    def _find_renames(
        self, added: Sequence[FileChange], removed: Sequence[FileChange]
    ) -> dict[str, str]:
        """Return the old path of each added file that is an event renamed."""
        new, old = ([file for change in side for file in change if file]
                    for side in (added, removed))  # fmt: skip
        parsed = self._read_files([*new, *old])
        return match_renames(*(
            {file.path: event for file in files if (event := parsed[file][0])} for files in (new, old)
        ))  # fmt: skip

    def _event_change(
        self, change: FileChange, parsed: Mapping[FileVersion, Parsed], position: int
    ) -> EventChange:
        old, old_findings = parsed[change.old] if change.old else (None, ())
        new, findings = parsed[change.new] if change.new else (None, ())
        if change.old and old_findings:
            old = self._last_parsed(change.old, position)
        first = min(findings, key=lambda finding: finding.sort_key, default=None)
        return EventChange(change.path, old, new, first, was_unreadable=bool(old_findings))

    def _last_parsed(self, file: FileVersion, position: int) -> Event | None:
        """Return the last version that parsed, before one that does not.

        Otherwise what was changed while the file did not parse would be nobody's change. The same bad
        bytes may have come from one version and, later, from another.
        """
        here: FileVersion | None = file
        while here is not None:
            origins = self._origins.get(here, ())
            position, here = next((one for one in origins if one[0] > position), (position, None))
            if here is not None:
                event, findings = self._read_files([here])[here]
                if not findings:
                    return event
        return None


class CommitFiles(NamedTuple):
    """A commit, and the followed files that it changed, compared with each of its parents.

    Of a merge, only files that differ from every parent: there may be none. `renames` has, for each
    parent, the old path of every file that the commit renamed, followed or not: links that follow it
    are no change. `here` are the files followed.
    """

    commit: Commit
    by_parent: list[list[FileChange]]
    renames: list[Mapping[str, str]]
    here: Paths


def walk_commits(
    commits: Sequence[Commit], changes: Mapping[str, Sequence[Changes]],
    start: Paths, find_renames: FindRenames,
) -> Iterator[CommitFiles]:  # fmt: skip
    """Yield what each commit did to the files followed, those of `start` at the first commit.

    Children must come before their parents. `changes` has, by the hash of a commit, the files that
    differ from each of its parents.
    """
    followed = {commits[0].hash: start}
    for commit in commits:
        here = followed.pop(commit.hash, frozenset())
        if not here:
            continue
        sides = changes[commit.hash]
        renames = [_find_renames(side, here, find_renames) for side in sides]
        changed = [frozenset(change.path for change in side) for side in sides]
        in_all = frozenset.intersection(*changed) if changed else frozenset()
        for number, parent in enumerate(commit.parents):
            paths = _paths_in_parent(here, changed, in_all, number)
            if renames[number]:
                paths = frozenset(renames[number].get(path, path) for path in paths)
            followed[parent] = _union(paths, followed.get(parent, frozenset()))
        by_parent = [_own_changes(*side, here, in_all) for side in zip(sides, renames, strict=True)]
        has_own = all(by_parent)
        if by_parent and (has_own or len(by_parent) > 1):
            yield CommitFiles(commit, by_parent if has_own else [], renames, here)


def _paths_in_parent(here: Paths, changed: Sequence[Paths], in_all: Paths, number: int) -> Paths:
    """Return the files that have a history in a parent, by their paths in the commit.

    `changed` has the files that differ from each parent, `in_all` those that differ from every one.
    Of a merge that differs from its parents in (a, b) and in (a, c), c has its history in the first
    parent, b in the second, a in both, and any other file in the first.
    """
    if number:
        return here & (in_all | (frozenset.intersection(*changed[:number]) - changed[number]))
    elsewhere = changed[0] - in_all
    return here - elsewhere if elsewhere else here  # `here` may be of thousands of files


def _union(one: Paths, other: Paths) -> Paths:
    """Return the files of both; without a copy where one has them all."""
    few, many = sorted((one, other), key=len)
    return many if few <= many else many | few


def _own_changes(
    side: Changes, renames: Mapping[str, str], here: Paths, in_all: Paths
) -> list[FileChange]:
    """Return the followed files that differ from a parent, and from every other one as well."""
    former = set(renames.values())
    old = {change.path: change.old for change in side if change.path in former}
    own = []
    for change in side:
        name = renames.get(change.path, change.path)
        is_followed = change.path in here or name in here
        if is_followed and change.path in in_all and change.path not in former:
            own.append(FileChange(old.get(name, change.old), change.new))
    return own


def _find_renames(side: Changes, here: Paths, find_renames: FindRenames) -> Mapping[str, str]:
    """Return the old path of each renamed file; events are read only where one may be renamed."""
    added = [change for change in side if change.old is None]
    removed = [change for change in side if change.new is None]
    if added and removed and any(change.path in here for change in side):
        return find_renames(added, removed)
    return {}


def describe_commit(
    by_parent: Sequence[Sequence[EventChange]], field: str = "", *,
    renamed: Sequence[Mapping[str, str]] = (), is_boundary: bool = False,
) -> list[Change]:  # fmt: skip
    """Return what a commit changed, from the events that differ from each parent.

    Of a merge, what no parent has; where a shallow clone ends, what was there before. `renamed` has
    the new ids by the old ones for each parent, so that a link which follows a rename is known.
    """
    sides = [_compare(events, renamed[n] if renamed else {}) for n, events in enumerate(by_parent)]
    changes = _common_changes(sides)
    if is_boundary:
        changes = [_as_present(change) for change in changes]
    return [one for change in changes for one in narrow(change, field)] if field else changes


def _common_changes(by_parent: list[list[Change]]) -> list[Change]:
    """Return the changes from every parent.

    A parent that lacks the event does not count unless all do: the event came with the other branch.
    """
    if len(by_parent) < 2:
        return [change for changes in by_parent for change in changes]
    added = [{change.event for change in side if change.kind == ADDED} for side in by_parent]
    added_by_all = set.intersection(*added)
    common = []
    for event in dict.fromkeys(change.event for side in by_parent for change in side):
        sides = [side for side, names in zip(by_parent, added, strict=True)
                 if event in added_by_all or event not in names]  # fmt: skip
        common += [change for change in sides[0] if change.event == event
                   and all(_is_among(change, other) for other in sides[1:])]  # fmt: skip
    return common


def _compare(events: Sequence[EventChange], renamed: Mapping[str, str]) -> list[Change]:
    """Return what changed in events, a file that no longer parses included: its commit broke it."""
    changes = compare_pairs([(e.old, e.new) for e in events if e.fault is None], renamed)
    for event in events:
        if event.fault is not None:
            name = event.path.rsplit("/", 1)[-1].removesuffix(".yaml")
            line = f"line {event.fault.line}: " if event.fault.line > 1 else ""
            sentence = f"does not read: {line}{event.fault.message}"
            file = {**(event.old or {}), "id": name}
            changes.append(make_change(file, UNREADABLE, "", None, None, sentence))
        elif event.was_unreadable and event.new is not None:
            name = str(event.new["id"])
            first = next((n for n, c in enumerate(changes) if c.event == name), len(changes))
            change = make_change(event.new, READABLE, "", None, None, "valid again")
            changes.insert(first, change)
    return changes


def _is_among(change: Change, others: Sequence[Change]) -> bool:
    """Return whether a change is one from another parent too; its old value may be another there."""
    return any(
        (change.event, change.kind, change.field, change.new)
        == (other.event, other.kind, other.field, other.new)
        # The same values in another sentence are of another part.
        and (change.sentence == other.sentence or change.old != other.old)
        for other in others
    )


def _as_present(change: Change) -> Change:
    """Return an added event as one that was there: nobody added what a shallow clone begins with."""
    if change.kind != ADDED:
        return change
    sentence = change.sentence.removeprefix(f"{ADDED}: ")
    return change._replace(kind=THERE, sentence=f"there already: {sentence}")
