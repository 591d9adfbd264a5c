"""The history of events: what each commit did to them, read from as few files as that needs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from rexctl.changes.changes import match_renames
from rexctl.changes.history_walk import PathSet, walk_commits
from rexctl.gitrepo import commits, revisions, trees
from rexctl.gitrepo.commits import Commit
from rexctl.gitrepo.run import Git
from rexctl.gitrepo.trees import FileChange, FileVersion
from rexctl.records import Finding
from rexctl.store.layout import id_of

Event = Mapping[str, Any]
Parsed = tuple[Event | None, Sequence[Finding]]
# From files to the event or the findings of each. Called with many at a time.
ReadFiles = Callable[[Iterable[FileVersion]], Mapping[FileVersion, Parsed]]

_CHUNK = 256  # commits whose files are read at a time: who wants ten does not wait for all


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


class CommitEvents(NamedTuple):
    """A commit and what it did to events, by parent; `renamed` has the new ids by the old ones."""

    commit: Commit
    by_parent: list[list[EventChange]]
    renamed: list[dict[str, str]]


class History:
    """All commits that touched the events of a log, the working tree on top.

    `uncommitted` has the files of the working tree that differ from the last commit. `read_files`
    returns the events of files; those of one answer are read together.
    """

    def __init__(self, git: Git, uncommitted: list[FileChange], read_files: ReadFiles) -> None:
        self._read_files = read_files
        head, empty = revisions.find_head(git), revisions.empty_tree(git)
        self.commits = commits.list_commits(git, head) if head else []
        top = commits.working_tree_commit(tuple(commit.hash for commit in self.commits[:1]))
        self._all = [top, *self.commits]
        trees_of = {commit.hash: commit.tree for commit in self.commits}
        # The trees to compare for a commit: one pair a parent, or one with the empty tree.
        pairs = {
            commit.hash: [(trees_of[name], commit.tree) for name in commit.parents]
            or [(empty, commit.tree)] for commit in self._all
        }  # fmt: skip
        compared = trees.compare_trees(git, (p for one in self.commits for p in pairs[one.hash]))
        compared[pairs[top.hash][0]] = uncommitted
        self._changes = {name: [compared[pair] for pair in sides] for name, sides in pairs.items()}
        self._position = {commit.hash: n for n, commit in enumerate(self._all)}
        # By a version of a file: at which commits it was made, the latest first, and from which.
        self._made: dict[FileVersion, list[tuple[int, FileVersion | None]]] = {}
        for n, commit in enumerate(self._all):
            for change in (change for side in self._changes[commit.hash] for change in side):
                if change.new:
                    self._made.setdefault(change.new, []).append((n, change.old))

    def ids(self) -> set[str]:
        """Return every id that a file has or had, whether it parses or not."""
        paths = {change.path for sides in self._changes.values() for side in sides
                 for change in side}  # fmt: skip
        return {name for path in paths if (name := id_of(path))}

    def walk(
        self, paths: Iterable[str] | None, is_wanted: Callable[[Commit], bool]
    ) -> Iterator[CommitEvents]:
        """Yield what commits did to these files, newest first; None is all files."""
        start = PathSet(inverted=True) if paths is None else PathSet(frozenset(paths))
        walked = walk_commits(self._all, self._changes, start, self._find_renames)
        wanted = (step for step in walked if is_wanted(step.commit))
        while chunk := list(islice(wanted, _CHUNK)):
            changes = [change for step in chunk for side in step.by_parent for change in side]
            files = dict.fromkeys(file for change in changes for file in change if file)
            parsed = self._read_files(files)
            for step in chunk:
                position = self._position[step.commit.hash]
                events = [[self._event_change(change, parsed, position) for change in side]
                          for side in step.by_parent]  # fmt: skip
                renamed = [{str(id_of(old)): str(id_of(new)) for new, old in side.items()}
                           for side in step.renames]  # fmt: skip
                yield CommitEvents(step.commit, events, renamed)

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
            made = self._made.get(here, ())
            position, here = next((one for one in made if one[0] > position), (position, None))
            if here is not None:
                event, findings = self._read_files([here])[here]
                if not findings:
                    return event
        return None
