"""Findings worked out of the whole index, kept until anything in it changes."""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from rexctl.index.texts import storable
from rexctl.records import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rexctl.index.tables import Index


def turn(index: Index) -> int:
    """Give the number that every change of the tables moves on."""
    row = index.db.execute("SELECT value FROM meta WHERE key = 'turn'").fetchone()
    return int(row[0]) if row else 0


def place(index: Index) -> list[str]:
    """Give where an index of the past stands: by which rules, with which words, at which commit."""
    row = index.db.execute("SELECT value FROM meta WHERE key = 'place'").fetchone()
    return [str(one) for one in json.loads(row[0])] if row else ["", "", ""]


def put_place(index: Index, at: Sequence[str]) -> None:
    """Say where an index of the past stands now, as another turn."""
    rows = (("place", json.dumps(at)), ("turn", str(turn(index) + 1)))
    index.db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)


def kept(index: Index, name: str, state: str) -> list[Finding] | None:
    """Give the findings kept under a name, if nothing has changed since; `state` is what else counts."""
    sql = "SELECT value FROM meta WHERE key = ?"
    row = next(index.ask(sql, (f"kept:{name}",)), None)
    head, _, text = str(row[0]).partition("\n") if row else ("", "", "")
    if head != f"{turn(index)} {state}":
        return None
    return [Finding.from_dict(one) for one in json.loads(text)]


def keep(index: Index, name: str, state: str, found: Sequence[Finding], at: int) -> None:
    """Keep what was worked out when the index stood `at` this turn; where that fails, it is lost."""
    if not index.stored:
        return
    text = json.dumps([one._asdict() for one in found], ensure_ascii=False)
    with suppress(sqlite3.Error):
        index.db.execute("BEGIN IMMEDIATE")
        try:
            if turn(index) == at:
                values = (f"kept:{name}", storable(f"{at} {state}\n{text}"))
                index.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", values)
        finally:
            index.db.execute("COMMIT")
        index.sealed()
