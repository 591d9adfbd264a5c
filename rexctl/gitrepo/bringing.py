"""From one commit to another: the blobs that differ, judged and taken into the index of the past."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Protocol

from rexctl.gitrepo.blobs import read_blobs
from rexctl.gitrepo.events import content, read_files
from rexctl.gitrepo.trees import compare_since
from rexctl.index import put
from rexctl.records import Finding
from rexctl.store.judging import packed_bytes
from rexctl.store.publish import publish_words, take_all
from rexctl.store.wording import vocabulary_in
from rexctl.values.limits import LIMITS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rexctl.gitrepo.run import Git
    from rexctl.gitrepo.trees import FileChange
    from rexctl.index.tables import Index

    Told = Callable[[int, int], None]

_AT_ONCE = 8192  # files whose contents are held in memory


class Then(Protocol):
    """A commit, and the blobs of its settings and vocabulary by their paths."""

    commit: str
    words_then: dict[str, str]


def bring(index: Index, git: Git, old: str, then: Then, told: Told | None) -> None:
    """Lead an index within its transaction from the commit `old`, or from nothing, to another.

    The words of the log are the same in both, or `old` is empty. Raises EnvironmentFaultError
    where git cannot read the commit.
    """
    old, differing = compare_since(git, old, then.commit)
    files = read_files(git, then.words_then)
    vocabulary, findings = vocabulary_in(files)
    if not old:
        put.clear_events(index)
        publish_words(index, vocabulary, files)
        for path in then.words_then:
            told_of = [f for f in findings if f.path == path]
            if path not in files:
                told_of = [
                    Finding("too-large", f"{path} is larger than {LIMITS.size >> 20} MiB", path)
                ]
            put.take(index, put.packed(path, "", None, told_of))
    for pair in differing:
        if pair.new is None:
            put.forget(index, spelled(pair.path))
    _take(index, git, [pair for pair in differing if pair.new], told)
    put.settle(index)


def spelled(path: str) -> str:
    """Give a path as the index can hold it; one that is no UTF-8 is that of no event."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _take(index: Index, git: Git, changed: Sequence[FileChange], told: Told | None) -> None:
    """Take these files of a commit, some thousands at a time."""
    for start in range(0, len(changed), _AT_ONCE):
        some = {spelled(pair.path): pair.new for pair in changed[start : start + _AT_ONCE]}
        judge = _judge(git, some)
        for done, _ in enumerate(take_all(index, judge, list(some)), start + 1):
            if told:
                told(done, len(changed))


def _judge(git: Git, some: dict[str, Any]) -> Callable[[str], tuple[Any, ...]]:
    blobs = read_blobs(git, (s.blob for s in some.values() if not s.kind))

    def judge(path: str) -> tuple[Any, ...]:
        data = content(some[path]._replace(path=path), blobs)
        if isinstance(data, Finding):
            return put.packed(path, "", None, [data])
        return packed_bytes(path, data, some[path].blob)

    return judge
