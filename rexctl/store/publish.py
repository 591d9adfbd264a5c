"""From files that changed to rows of the index: the bell that the index rings."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, Any

from rexctl.index import put
from rexctl.index.sharing import Hearing, Telling
from rexctl.store import crew, settings
from rexctl.store.canonical.reading import Canonical
from rexctl.store.judging import packed_file
from rexctl.store.wording import vocabulary_of

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
        _publish_words(index, vocabulary, files)
        for path in others:
            put.take(index, put.packed(path, "", None, [f for f in findings if f.path == path]))
            yield path
    events = [path for path in paths if path.startswith("events/")]
    known = put.digests(index, events)
    answers, hearing = _packed(root, events, vocabulary, known), Hearing(index.leaves)
    collecting = gc.isenabled()
    gc.disable()  # many small objects, no cycles: three times faster without the collector
    try:
        for done, file in enumerate(hearing.files(answers), 1):
            if len(file) > 1:
                put.take(index, file)
            progress(done, len(events))
            yield file[0]
    finally:
        if collecting:
            gc.enable()


def _packed(
    root: Path, paths: Sequence[str], vocabulary: Vocabulary, known: dict[str, str]
) -> Iterator[tuple[Any, ...]]:
    """Give each file judged and told; of one whose content is known, the path alone."""
    place, canonical, telling = os.fspath(root), Canonical(vocabulary), Telling()

    def work(share: Sequence[str]) -> list[tuple[Any, ...]]:
        return telling.told(
            [packed_file(place, path, canonical, known.get(path, "")) for path in share]
        )

    return crew.each(work, paths)


def _publish_words(index: Index, vocabulary: Vocabulary, files: dict[str, bytes]) -> None:
    found, _ = settings.read(files.get("rexctl.yaml", b"format: 1\n"), "rexctl.yaml")
    put.put_codes(index, vocabulary.codes())
    put.put_members(index, vocabulary.members())
    put.put_settings(index, {"title": found.title, "format": found.format}, found.queries)
