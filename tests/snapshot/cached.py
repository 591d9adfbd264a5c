"""A log with a cache, and ways to look at what a snapshot of it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.cache import update
from rexctl.query import Query
from rexctl.snapshot.snapshot import Snapshot
from tests.store.logs import log_of

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.store.log import Log

__all__ = ["aged", "cache_file", "ids", "log_of", "titles"]


def cache_file(log: Log) -> Path:
    """Return the path of the cache."""
    assert log.cache is not None
    return log.cache / f"{log.key}.sqlite"


def titles(log: Log, **options: Any) -> list[str]:
    """Return the titles of all events of a version, with the codes of what does not parse."""
    with Snapshot.open(log, **options) as snapshot:
        found = [str(row.data["title"]) for row in snapshot.select(Query(), retracted=True)]
        return found + [finding.code for finding in snapshot.unparsed()]


def ids(log: Log) -> list[str]:
    """Return the ids of all events."""
    with Snapshot.open(log) as snapshot:
        return snapshot.ids()


def aged(log: Log) -> None:
    """Let everything that the cache holds have been stored long after its file was changed."""
    racy, update._RACY = update._RACY, -(1 << 62)
    titles(log)
    update._RACY = racy
