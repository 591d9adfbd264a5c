"""A question put while the files are still being looked at: its answer counts if none has changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from rexctl.index.keeping import turn
from rexctl.records import RowStream

if TYPE_CHECKING:
    from collections.abc import Callable

    from rexctl.index.tables import Index

T = TypeVar("T")
_FIRST = 4000  # rows that are fetched before anybody is shown one


class Ahead(Generic[T]):
    """One question, and what the tables said to it before they were proved right."""

    def __init__(self, index: Index, ask: Callable[[], T]) -> None:
        self._index, self._ask = index, ask
        self._found: list[T] = []
        self._at = index.db, turn(index)

    def __call__(self) -> None:
        """Put the question; whatever goes wrong with it is told when it is put again."""
        refill, self._index.refill = self._index.refill, None
        try:
            with suppress(Exception):
                self._found.append(_begun(self._ask()))
        finally:
            self._index.refill = refill

    def drop(self) -> None:
        """Throw away what was found, and with it whatever still reads in the tables."""
        self._found.clear()

    def answer(self) -> T:
        """Give the answer, now that the tables are right: the one found, unless they have changed."""
        if self._at != (self._index.db, turn(self._index)):
            self.drop()
        return self._found.pop() if self._found else self._ask()


def _begun(found: Any) -> Any:
    """Give the same answer; of a stream of rows the first are fetched already."""
    if isinstance(found, RowStream):
        found.prefetch(_FIRST)
    elif isinstance(found, Iterator):
        return chain(list(islice(found, _FIRST)), found)
    return found
