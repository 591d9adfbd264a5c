"""The log as a commit holds it, asked as the log itself is."""

from __future__ import annotations

import sqlite3
from importlib import import_module
from typing import TYPE_CHECKING, Any

from rexctl import __version__
from rexctl.errors import bad_value
from rexctl.gitrepo.revisions import resolve_revision
from rexctl.gitrepo.run import Git
from rexctl.gitrepo.trees import list_settings
from rexctl.index import keeping, tables
from rexctl.model import legal

if TYPE_CHECKING:
    from collections.abc import Callable

    from rexctl.index.tables import Index
    from rexctl.store.log import Log
    from rexctl.values.clock import Clock

    Told = Callable[[int, int], None]

_TURNS = 10  # times that others may lead the index away before we go on without it
_SHOWN = 12  # digits of a commit


class Past:
    """A log at a commit; it holds the place of `Log` for those who ask.

    One index serves all commits of a log: it is led from the last one asked to the next, and reads
    the blobs that differ. It is right in every file or not at all, so that nothing is left to prove.
    Raises UsageError for what names no commit or one without a log, EnvironmentFaultError
    without git.
    """

    def __init__(self, log: Log, revision: str, clock: Clock) -> None:
        self._log, self._git = log, Git(log.root)
        self.commit = resolve_revision(self._git, revision, clock)
        self.words_then = list_settings(self._git, self.commit)
        if "rexctl.yaml" not in self.words_then:
            raise bad_value(
                revision, "holds no log in this folder", "it began later, or lay elsewhere"
            )

    def index(self, told: Told | None = None) -> Index:
        """Give the index of this commit, held there as long as this process asks it.

        `told` hears how far a reading has come. A file of the cache that fails on the way is left
        for tables in memory.
        """
        index = tables.open_index(self._log.cache, f"{self._log.key}-at")

        def fill(into: Index) -> None:
            self._lead(into, told)

        index.refill = fill
        try:
            fill(index)
        except sqlite3.Error as fault:
            if not index.rescue(fault):
                raise
        return index

    words = index

    def freshen(self, index: Index, *_: Any) -> Index:
        """Give the same index: it is right already."""
        return index

    def shown(self, path: str) -> str:
        """Give a path of the log as git names it at this commit."""
        return f"{self.commit[:_SHOWN]}:./{path}"

    def _lead(self, index: Index, told: Told | None) -> None:
        # Another release may judge the same blob otherwise.
        rules = f"{legal.VERSION} {__version__}"
        then = " ".join(f"{blob} {path}" for path, blob in sorted(self.words_then.items()))
        for _ in range(_TURNS):
            index.db.execute("BEGIN")  # what is read in it stays as it is, whoever waits to write
            if keeping.place(index) == [rules, then, self.commit]:
                return
            index.db.execute("ROLLBACK")
            index.db.execute("BEGIN IMMEDIATE")
            index.anew()  # what was gathered is of the tables before others led them elsewhere
            try:
                known = keeping.place(index)
                old = known[2] if known[:2] == [rules, then] else ""
                bring = import_module("rexctl.gitrepo.bringing").bring
                bring(index, self._git, old, self, told)
                keeping.put_place(index, [rules, then, self.commit])
                index.db.execute("COMMIT")
            except BaseException:
                if index.db.in_transaction:
                    index.db.execute("ROLLBACK")
                index.anew()
                raise
            index.sealed()
        fault = sqlite3.OperationalError("the index is led elsewhere again and again")
        fault.sqlite_errorcode = sqlite3.SQLITE_BUSY
        raise fault
