"""The past event most like a new one: its answers are good first guesses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rexctl.index import select
from rexctl.query import Query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rexctl.index.tables import Index

_WORD = re.compile(r"\w{3,}")


def most(index: Index, type_name: str, title: str) -> Mapping[str, Any]:
    """Give the event of this type that shares most words with the title, the later one of equals."""
    words = set(_WORD.findall(title.casefold()))
    best: tuple[int, str, Mapping[str, Any]] = (0, "", {})
    for row in select.rows(index, Query(), retracted=False):
        event = row.data
        if event["type"] == type_name:
            shared = len(words & set(_WORD.findall(str(event["title"]).casefold())))
            best = max(best, (shared + 1, str(event["id"]), event), key=lambda found: found[:2])
    return best[2]
