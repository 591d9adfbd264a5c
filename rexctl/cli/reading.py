"""A query of the log: parsed first, then only as many files are examined as the answer needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rexctl import query
from rexctl.index import bounds, lexicon
from rexctl.index.freshness.ahead import Ahead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rexctl.cli.context import Context
    from rexctl.index.freshness.compare import Years

T = TypeVar("T")


class Reading:
    """A log, its index, and the years in which the events of the query may be."""

    def __init__(self, context: Context, at: str | None = None) -> None:
        self.context, self.at, self.log = context, at, context.log_at(at)
        self.index = context.index(self.log, self.log.words)
        self.within: Years | None = None

    def query(self, words: Sequence[str]) -> query.Query:
        """Return the parsed query; read the index for it with `proved`. Raises UsageError."""
        known = lexicon.of(self.index, self.whole)
        found = query.parse(words, known, self.context.today)
        self.within = bounds.years_of(found)
        return found

    def proved(self, ask: Callable[[], T]) -> T:
        """Return what `ask` reads from the index, up to date for the query.

        `ask` is called while files are examined, and again where one of them has changed.
        """
        ahead = Ahead(self.index, ask)
        self.context.index(
            self.log, lambda told: self.log.freshen(self.index, self.within, told, ahead)
        )
        return ahead.answer()

    def whole(self) -> None:
        """Update the index for every file."""
        self.context.index(self.log, lambda told: self.log.freshen(self.index, None, told))

    def bad(self) -> int:
        """Report each file that may belong to the answer and cannot be read; return how many."""
        return self.context.report_bad_files(self.log, self.index, self.within)
