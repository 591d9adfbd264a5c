"""A question to the log here: understood first, then as many files looked at as its answer needs."""

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
    """The log that is asked, its index, and the years that the answer may lie in."""

    def __init__(self, context: Context, at: str | None = None) -> None:
        self.context, self.at, self.log = context, at, context.log_at(at)
        self.index = context.index(self.log, self.log.words)
        self.within: Years | None = None

    def query(self, words: Sequence[str]) -> query.Query:
        """Understand a query; what it asks of the index is to be `proved`.

        Raises UsageError and UsageError.
        """
        known = lexicon.of(self.index, self.whole)
        found = query.parse(words, known, self.context.today)
        self.within = bounds.years_of(found)
        return found

    def proved(self, ask: Callable[[], T]) -> T:
        """Give what the index says, true as far as the query goes.

        It is asked while the files are looked at, and again where one of them has changed.
        """
        ahead = Ahead(self.index, ask)
        self.context.index(
            self.log, lambda told: self.log.freshen(self.index, self.within, told, ahead)
        )
        return ahead.answer()

    def whole(self) -> None:
        """Make the index true in every file."""
        self.context.index(self.log, lambda told: self.log.freshen(self.index, None, told))

    def bad(self) -> int:
        """Name each file that might have stood in the answer and cannot; give how many."""
        return self.context.report_bad_files(self.log, self.index, self.within)
