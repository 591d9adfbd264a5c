"""From files that changed to rows of the index: the bell that the index rings."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from rexctl.index import put
from rexctl.index.sharing import Hearing, Telling
from rexctl.store import crew, settings
from rexctl.store.judging import packed_file
from rexctl.store.wording import SETTINGS, vocabulary_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from rexctl.index.tables import Index
    from rexctl.vocabulary.vocabulary import Vocabulary


def publish(
    index: Index, root: Path, paths: Sequence[str],
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Iterator[str]:  # fmt: skip
    """Take each changed file into the index, as an event or as its findings; gives its path.

    What is taken stands in the tables after `put.settle`.
    """
    vocabulary, findings, files = vocabulary_of(root)
    others = [path for path in paths if not path.startswith("events/")]
    if others:
        publish_words(index, vocabulary, files)
        for path in others:
            put.take(index, put.packed(path, "", None, [f for f in findings if f.path == path]))
            yield path
    events = [path for path in paths if path.startswith("events/")]
    known, place = put.digests(index, events), os.fspath(root)

    def judge(path: str) -> tuple[Any, ...]:
        return packed_file(place, path, known.get(path, ""))

    yield from take_all(index, judge, events, progress)


def take_all(
    index: Index, judge: Callable[[str], tuple[Any, ...]], paths: Sequence[str],
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Iterator[str]:  # fmt: skip
    """Take what `judge` says of each path, in as many processes as there are processors; gives the path.

    Of a file whose content is known it says the path alone.
    """
    telling, hearing = Telling(), Hearing(index.leaves)

    def work(share: Sequence[str]) -> list[tuple[Any, ...]]:
        return telling.told([judge(path) for path in share])

    with crew.uncollected():
        for done, file in enumerate(hearing.files(crew.each(work, paths)), 1):
            if len(file) > 1:
                put.take(index, file)
            progress(done, len(paths))
            yield file[0]


def publish_words(index: Index, vocabulary: Vocabulary, files: dict[str, bytes]) -> None:
    """Put what a query must know: codes, members of blocs, settings, saved queries."""
    found, _ = settings.read(files.get(SETTINGS, b"format: 1\n"), SETTINGS)
    put.put_codes(index, vocabulary.codes())
    put.put_members(index, vocabulary.members())
    put.put_settings(index, {"title": found.title, "format": found.format}, found.queries)
