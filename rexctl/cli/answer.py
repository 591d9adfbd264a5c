"""From what was asked to the answer: the query understood, the rows taken, the format chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rexctl import query
from rexctl.cli.query_options import field_named
from rexctl.cli.selection import read_ids
from rexctl.index import lexicon, select
from rexctl.model.legal import TYPES
from rexctl.output import format_from_suffix
from rexctl.records import Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rexctl.cli.context import Context
    from rexctl.cli.query_options import QueryOptions
    from rexctl.index.tables import Index
    from rexctl.query import Query

_OF_CELLS = frozenset({"table", "csv", "tsv", "md"})
_NAMES = frozenset({"id", "path"})
DEFAULT = ("id", "type", "status", "title")


class Answer:
    """The answer of an index to what was asked."""

    def __init__(
        self, context: Context, asked: QueryOptions, index: Index,
        understood: Callable[[list[str]], Query] | None = None,
    ) -> None:  # fmt: skip
        self.context, self.asked, self.index = context, asked, index
        asked.check()
        self.chosen = asked.columns()
        self.explode = field_named(asked.explode) if asked.explode else ""
        self.sorting = asked.sort_keys()
        words = asked.query_words()
        found = understood(words) if understood else self._understood(words)
        self.query = query.with_texts(found, asked.text or ())
        ids = None if asked.ids is None else read_ids(asked.ids, context.stdin)
        self.query = query.with_ids(self.query, ids)
        self.retracted = asked.retracted or not query.hides_retracted(self.query)
        self.format = asked.format_name(terminal=context.terminal, by_suffix=format_from_suffix)

    def _understood(self, words: list[str]) -> Query:
        return query.parse(words, lexicon.of(self.index), self.context.today)

    def given(self, proved: Callable[[Callable[[], Any]], Any] | None = None) -> int:
        """Write the answer; gives the exit code. `proved` puts a question to an index not yet true."""
        proved = proved or _asked
        if self.asked.explain:
            proved(bool)  # nothing is asked, and a bad file is told all the same
            self.context.emit_text(query.explain(self.query))
        elif self.asked.count:
            self.context.emit_text(str(proved(self.count)))
        else:
            self.show(proved(self.rows))
        return 0

    def count(self) -> int:
        """Give how many events answer."""
        return select.count(self.index, self.query, retracted=self.retracted)

    def rows(self) -> Iterator[Row]:
        """Give the rows of the answer in their order."""
        return select.rows(
            self.index, self.query, sort=self.sorting, limit=self.asked.limit,
            offset=self.asked.offset, retracted=self.retracted, only=self._only(),
        )  # fmt: skip

    def _only(self) -> tuple[str, ...]:
        """Give the columns that are all the answer needs of an event; none where it needs more."""
        if self.explode or not self.index.stored:  # lines of a stream may hold anything there
            return ()
        if self.format in _NAMES:
            return ("id",)
        columns = self.chosen or (self.columns() if self.format in _OF_CELLS else ())
        return columns if set(columns) <= set(select.COLUMNS) else ()

    def rows_as_put(self) -> Iterator[Row]:
        """Give the rows of the answer in the order in which they came."""
        return select.rows(self.index, self.query, retracted=self.retracted, as_put=True)

    def show(self, rows: Iterable[Row]) -> None:
        """Write rows in the format that was asked for."""
        columns = self.chosen or self.columns()
        if self.explode:
            rows = exploded(rows, self.explode)
        sheet = Table(columns, rows, chosen=bool(self.chosen), kind="events")
        shown = self.context.emit(
            sheet, self.format, self.asked.output or "",
            nul=self.asked.nul, excel_safe=self.asked.excel_safe,
            heading=bool(self.asked.format or self.asked.output),
        )  # fmt: skip
        if not shown and self.format == "table":
            self.context.note("no events")

    def columns(self) -> tuple[str, ...]:
        """Give the columns of a list: a type's own, where only that type is asked for."""
        types = [t.values for t in self.query.terms if t.field == "type" and not t.negated]
        if len(types) == 1 and len(types[0]) == 1:
            name = str(types[0][0].text)
            return TYPES[name].columns if name in TYPES else DEFAULT
        return DEFAULT


def _asked(ask: Callable[[], Any]) -> Any:
    return ask()


def exploded(rows: Iterable[Row], field: str) -> Iterator[Row]:
    """Give a row for each value of a field; a row without one is kept as it is.

    Where the way leads through a list of mappings, each mapping is kept whole, so that what
    stands beside the value goes with it.
    """
    for row in rows:
        for data in _apart(row.data, field.split(".")):
            yield row if data is row.data else Row(data, path=row.path)


def _apart(data: Any, steps: list[str]) -> Iterator[Any]:
    """Give the data once for each element of the lists on the way."""
    inner = data.get(steps[0]) if isinstance(data, Mapping) and steps else None
    if inner is None:
        yield data
        return
    for one in inner if isinstance(inner, list) else [inner]:
        for found in _apart(one, steps[1:]):
            yield data if found is inner else {**data, steps[0]: found}
