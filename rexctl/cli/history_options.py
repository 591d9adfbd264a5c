"""What is asked of the past: whose it is, of which field, and of which time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.cli.query_options import field_named
from rexctl.cli.selection import is_term, resolve_event
from rexctl.errors import NoSuchEventError, bad_value
from rexctl.index import select
from rexctl.query import hides_retracted
from rexctl.store.layout import path_of
from rexctl.values.date_ranges import window

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from rexctl.cli.reading import Reading
    from rexctl.gitrepo.commits import Commit
    from rexctl.values.clock import Clock


def paths(
    reading: Reading, words: Sequence[str], past: Collection[str], *, retracted: bool
) -> set[str]:  # fmt: skip
    """Give the files whose past is asked for; `past` are all ids that ever were.

    Raises NoSuchEventError, and the errors of a query.
    """
    reading.whole()
    if asks(words):
        return {path for event in _answers(reading, words, retracted=retracted)
                for path in _paths(reading, event)}  # fmt: skip
    return {path for word in words for path in _of_word(reading, word, past)}


def asks(words: Sequence[str]) -> bool:
    """Tell a query from ids."""
    return any(map(is_term, words))


def _answers(
    reading: Reading, words: Sequence[str], *, retracted: bool
) -> Iterator[Mapping[str, Any]]:
    asked = reading.query(words)
    every = retracted or not hides_retracted(asked)
    return (row.data for row in select.rows(reading.index, asked, retracted=every))


def _of_word(reading: Reading, word: str, past: Collection[str]) -> list[str]:
    """Give the files of one id; one that names no event now may have named one."""
    if select.by_id(reading.index, word) is None and word in past:
        former = select.by_alias(reading.index, word)
        return [path_of(word)] if former is None else _of_word(reading, former, ())
    try:
        name = resolve_event(reading, word)
    except NoSuchEventError:
        begun = sorted(one for one in past if word and one.startswith(word))
        if len(begun) != 1 or select.ids(reading.index, word):
            raise
        return [path_of(begun[0])]
    row = select.by_id(reading.index, name)
    return _paths(reading, row.data if row is not None else {"id": name})


def _paths(reading: Reading, event: Mapping[str, Any]) -> list[str]:
    """Give the file of an event, and those of its former ids.

    They are found at the commit that renamed it; but a file may have been copied under its new
    name in one commit and removed in another.
    """
    former = (path_of(str(name)) for name in event.get("aliases", ()))
    gone = [path for path in former if not (reading.log.root / path).exists()]
    return [path_of(str(event["id"])), *gone]


def in_files(field: str | None) -> str:
    """Give the whole name of a field that stands in files. Raises UsageError, UsageError."""
    name = field_named(field) if field is not None else ""
    if name.startswith("_"):
        raise bad_value(name, "is computed, and nobody changes it", "rexctl fields lists the rest")
    return name


def within(clock: Clock, since: str | None, until: str | None) -> Callable[[Commit], bool]:
    """Return a function that tells whether a commit was written from `since` through `until`."""
    if not since and not until:
        return lambda commit: True
    first, last = window(f"{since or ''}..{until or ''}", clock.today)

    def inside(commit: Commit) -> bool:
        day = commit.day(clock)
        return day is not None and first <= day.toordinal() <= last

    return inside
