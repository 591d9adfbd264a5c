"""The answer of the commands that list events: parse the query, select rows, write a format."""

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
    """The events that an index has for a query, and how they are written."""

    def __init__(
        self, context: Context, options: QueryOptions, index: Index,
        parse: Callable[[list[str]], Query] | None = None,
    ) -> None:  # fmt: skip
        self.context, self.options, self.index = context, options, index
        options.check()
        self.chosen_columns = options.columns()
        self.explode = field_named(options.explode) if options.explode else ""
        self.sorting = options.sort_keys()
        words = options.query_words()
        parsed = (parse or self._parse)(words)
        self.query = query.with_texts(parsed, options.text or ())
        ids = None if options.ids is None else read_ids(options.ids, context.stdin)
        self.query = query.with_ids(self.query, ids)
        self.retracted = options.retracted or not query.hides_retracted(self.query)
        self.format = options.format_name(terminal=context.terminal, by_suffix=format_from_suffix)

    def _parse(self, words: list[str]) -> Query:
        return query.parse(words, lexicon.of(self.index), self.context.today)

    def respond(self, proved: Callable[[Callable[[], Any]], Any] | None = None) -> int:
        """Write the answer and return the exit code; `proved` reads from an index not yet up to date."""
        proved = proved or _call
        if self.options.explain:
            proved(bool)  # nothing is read, but files with errors are reported
            self.context.emit_text(query.explain(self.query))
        elif self.options.count:
            self.context.emit_text(str(proved(self.count)))
        else:
            self.show(proved(self.rows))
        return 0

    def count(self) -> int:
        """Return how many events match."""
        return select.count(self.index, self.query, retracted=self.retracted)

    def rows(self) -> Iterator[Row]:
        """Return the rows of the events that match, sorted."""
        return select.rows(
            self.index, self.query, sort=self.sorting, limit=self.options.limit,
            offset=self.options.offset, retracted=self.retracted, only=self._only(),
        )  # fmt: skip

    def _only(self) -> tuple[str, ...]:
        """Return the columns that are all the answer needs of an event; none where it needs more."""
        if self.explode or not self.index.stored:  # lines of a stream may hold anything there
            return ()
        if self.format in _NAMES:
            return ("id",)
        columns = self.chosen_columns or (self.columns() if self.format in _OF_CELLS else ())
        return columns if set(columns) <= set(select.COLUMNS) else ()

    def rows_as_put(self) -> Iterator[Row]:
        """Return the rows of the events that match, in the order of the input."""
        return select.rows(self.index, self.query, retracted=self.retracted, as_put=True)

    def show(self, rows: Iterable[Row]) -> None:
        """Write rows in the chosen format."""
        columns = self.chosen_columns or self.columns()
        if self.explode:
            rows = exploded(rows, self.explode)
        sheet = Table(columns, rows, chosen=bool(self.chosen_columns), kind="events")
        shown = self.context.emit(
            sheet, self.format, self.options.output or "",
            nul=self.options.nul, excel_safe=self.options.excel_safe,
            heading=bool(self.options.format or self.options.output),
        )  # fmt: skip
        if not shown and self.format == "table":
            self.context.note("no events")

    def columns(self) -> tuple[str, ...]:
        """Return the columns of a table: those of a type, where the query names that type alone."""
        types = [t.values for t in self.query.terms if t.field == "type" and not t.negated]
        if len(types) == 1 and len(types[0]) == 1:
            name = str(types[0][0].text)
            return TYPES[name].columns if name in TYPES else DEFAULT
        return DEFAULT


def _call(ask: Callable[[], Any]) -> Any:
    return ask()


def exploded(rows: Iterable[Row], field: str) -> Iterator[Row]:
    """Yield a row for each value of a field; a row without one stays as it is.

    On the way through a list of mappings, each mapping stays complete, with its other fields.
    """
    for row in rows:
        for data in _apart(row.data, field.split(".")):
            yield row if data is row.data else Row(data, path=row.path)


def _apart(data: Any, steps: list[str]) -> Iterator[Any]:
    """Yield the data once for each element of the lists on the way."""
    inner = data.get(steps[0]) if isinstance(data, Mapping) and steps else None
    if inner is None:
        yield data
        return
    for one in inner if isinstance(inner, list) else [inner]:
        for found in _apart(one, steps[1:]):
            yield data if found is inner else {**data, steps[0]: found}
