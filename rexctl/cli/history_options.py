"""The options of `log`: which files, which field, and which commits by time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.cli.query_options import field_named
from rexctl.cli.selection import is_term, resolve_event
from rexctl.errors import NoSuchEventError, bad_range, bad_value
from rexctl.query import hides_retracted
from rexctl.store.layout import path_of
from rexctl.values.date_ranges import BadRangeError, parse_range

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from rexctl.gitrepo.commits import Commit
    from rexctl.snapshot.snapshot import Snapshot
    from rexctl.store.log import Log
    from rexctl.values.clock import Clock


def paths(
    snapshot: Snapshot, log: Log, today: date, words: Sequence[str], past: Collection[str], *,
    retracted: bool,
) -> set[str]:  # fmt: skip
    """Return the files whose history is shown; `past` are the ids in all commits.

    Raises NoSuchEventError and UsageError.
    """
    if asks(words):
        asked = snapshot.parse_query(words, today)
        rows = snapshot.select(asked, retracted=retracted or not hides_retracted(asked))
        return {path for row in rows for path in _paths(log, row.data)}
    return {path for word in words for path in _of_word(snapshot, log, word, past)}


def asks(words: Sequence[str]) -> bool:
    """Tell whether the words are a query and not ids."""
    return any(map(is_term, words))


def _of_word(snapshot: Snapshot, log: Log, word: str, past: Collection[str]) -> list[str]:
    """Return the files of one id, also of one that only past commits have."""
    if snapshot.event(word) is None and word in past:
        former = snapshot.id_of_alias(word)
        return [path_of(word)] if former is None else _of_word(snapshot, log, former, ())
    try:
        name = resolve_event(snapshot, word)
    except NoSuchEventError:
        begun = sorted(one for one in past if word and one.startswith(word))
        if len(begun) != 1 or snapshot.ids(word):
            raise
        return [path_of(begun[0])]
    row = snapshot.event(name)
    return _paths(log, row.data if row is not None else {"id": name})


def _paths(log: Log, event: Mapping[str, Any]) -> list[str]:
    """Return the file of an event, and those of its former ids.

    They are found at the commit that renamed it; but a file may have been copied under its new
    name in one commit and removed in another.
    """
    former = (path_of(str(name)) for name in event.get("aliases", ()))
    gone = [path for path in former if not (log.root / path).exists()]
    return [path_of(str(event["id"])), *gone]


def in_files(field: str | None) -> str:
    """Return the full name of a field that is stored in files. Raises UsageError."""
    name = field_named(field) if field is not None else ""
    if name.startswith("_"):
        raise bad_value(name, "is computed, and nobody changes it", "rexctl fields lists the rest")
    return name


def within(clock: Clock, since: str | None, until: str | None) -> Callable[[Commit], bool]:
    """Return a function that tells whether a commit was written from `since` through `until`."""
    if not since and not until:
        return lambda commit: True
    try:
        first, last = parse_range(f"{since or ''}..{until or ''}", clock.today)
    except BadRangeError as error:
        raise bad_range(error) from None

    def inside(commit: Commit) -> bool:
        day = commit.day(clock)
        return day is not None and first <= day.toordinal() <= last

    return inside
