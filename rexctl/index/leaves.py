"""Values that events share: each stands once, with the numbers of the events that have it.

An event of a log has some twenty values, and nearly all of them are those of many others: a row
for each would make the index ten times dearer to write. The numbers stand as lists of JSON, cut
into parts of a thousand events, which SQLite itself takes apart.
"""

from __future__ import annotations

import json
from typing import Any

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

PART = 1024  # events whose numbers stand in one list
_MOST_KNOWN = 400_000


class Leaves:
    """The values and their events, gathered here and written by `settle`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known: dict[tuple[Any, ...], int] = {}
        self._new: list[tuple[Any, ...]] = []
        self._coming: dict[int, dict[int, list[int]]] = {}  # by part, by value
        self._going: dict[tuple[int, int], set[int]] = {}
        self._next = 0  # the next free number; 0 before the tables were asked
        self._all_known = False

    @property
    def waits(self) -> bool:
        """Tell whether something gathered is not written yet."""
        return bool(self._coming or self._going)

    def number(self, value: tuple[Any, ...]) -> int:
        """Give the number of a value (field, text, folded, low, high), which may be new."""
        return self._known.get(value) or self._learnt(value)

    def add(self, event: int, leaves: Iterable[int]) -> str:
        """Take the numbers of the values that an event has; gives them as JSON."""
        numbers = dict.fromkeys(leaves)
        coming = self._coming.setdefault(event // PART, {})
        for leaf in numbers:
            if leaf in coming:
                coming[leaf].append(event)
            else:
                coming[leaf] = [event]
        return f"[{','.join(map(str, numbers))}]"

    def drop(self, event: int, numbers: str) -> None:
        """Take an event from the values whose numbers `add` gave."""
        for leaf in json.loads(numbers):
            part = event // PART
            if event in (coming := self._coming.get(part, {}).get(leaf, [])):
                coming.remove(event)
            else:
                self._going.setdefault((leaf, part), set()).add(event)

    def settle(self, before: int | None = None) -> None:
        """Write what was gathered; of the lists, only those that end `before` this event.

        A list that is written once need not be read again to add to it.
        """
        self._db.executemany("INSERT INTO leaves VALUES (?, ?, ?, ?, ?, ?)", self._new)
        self._new.clear()
        if self._going:
            self._settle_going()
        ended = [part for part in self._coming if before is None or part < before // PART]
        lists = {part: self._coming.pop(part) for part in sorted(ended)}
        self._db.executemany(
            "INSERT INTO postings VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET "
            "events = substr(events, 1, length(events) - 1) || ',' || substr(excluded.events, 2)",
            ((leaf, part, f"[{','.join(map(str, numbers))}]")
             for part, coming in lists.items() for leaf, numbers in sorted(coming.items()) if numbers),
        )  # fmt: skip

    def forget(self) -> None:
        """Forget what was gathered and what was known: the tables are not as they were."""
        for held in (self._known, self._new, self._coming, self._going):
            held.clear()
        self._next, self._all_known = 0, False

    def _learnt(self, value: tuple[Any, ...]) -> int:
        if not self._next:
            row = self._db.execute("SELECT coalesce(max(leaf), 0) FROM leaves").fetchone()
            self._next, self._all_known = row[0] + 1, row[0] == 0
        found = None
        if not self._all_known:
            sql = ("SELECT leaf FROM leaves WHERE field = ? AND text = ? AND folded IS ? "
                   "AND lo IS ? AND hi IS ?")  # fmt: skip
            found = self._db.execute(sql, value).fetchone()
        if found is None:
            leaf = self._next
            self._next += 1
            self._new.append((leaf, *value))
        else:
            leaf = found[0]
        if len(self._known) >= _MOST_KNOWN:
            self.settle()  # what is not yet in the tables would not be found there
            self._known.clear()
            self._all_known = False
        self._known[value] = leaf
        return leaf

    def _settle_going(self) -> None:
        for place, gone in self._going.items():
            sql = "SELECT events FROM postings WHERE leaf = ? AND part = ?"
            row = self._db.execute(sql, place).fetchone()
            left = [n for n in json.loads(row[0]) if n not in gone] if row else []
            if left:
                sql = "UPDATE postings SET events = ? WHERE leaf = ? AND part = ?"
                self._db.execute(sql, (f"[{','.join(map(str, left))}]", *place))
            else:
                self._db.execute("DELETE FROM postings WHERE leaf = ? AND part = ?", place)
        self._going.clear()
