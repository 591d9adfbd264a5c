"""The answer to the query options: the query parsed, the rows selected, the format chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rexctl import query
from rexctl.cli.query_options import field_named
from rexctl.cli.selection import read_ids, resolve_ids
from rexctl.model.tables import TYPES
from rexctl.output import format_from_suffix
from rexctl.query.sql import COLUMNS
from rexctl.records import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rexctl.cli.context import Context
    from rexctl.cli.query_options import QueryOptions
    from rexctl.query import Query
    from rexctl.snapshot.snapshot import Snapshot

_OF_CELLS = frozenset({"table", "csv", "tsv", "md"})
_NAMES = frozenset({"id", "path"})
DEFAULT = ("id", "type", "status", "title")


class Answer:
    """The answer of a snapshot to query options."""

    def __init__(self, context: Context, options: QueryOptions, snapshot: Snapshot) -> None:
        self.context, self.options, self.snapshot = context, options, snapshot
        options.check()
        self.chosen = options.columns()
        self.explode = field_named(options.explode) if options.explode else ""
        self.sorting = options.sort_keys()
        found = snapshot.parse_query(options.query_words(), context.today)
        self.query: Query = query.with_texts(found, options.text or ())
        if options.ids is not None:
            ids = read_ids(options.ids, context.stdin)
            # A stream is read once, and so cannot tell in advance which ids it has.
            self.query = query.with_ids(
                self.query, ids if snapshot.is_stream else resolve_ids(snapshot, ids)
            )
        self.retracted = options.retracted or not query.hides_retracted(self.query)
        self.format = options.format_name(terminal=context.terminal, by_suffix=format_from_suffix)

    def write(self) -> None:
        """Write the rows, or their number, or the query in words."""
        if self.options.explain:
            self.context.emit_text(query.explain(self.query))
        elif self.options.count:
            self.context.emit_text(str(self.count()))
        else:
            self.show(self.rows())

    def count(self) -> int:
        """Return how many events match."""
        return self.snapshot.count(self.query, retracted=self.retracted)

    def rows(self) -> Iterator[Row]:
        """Return the rows in their order."""
        return self.snapshot.select(
            self.query, sort=self.sorting, limit=self.options.limit, offset=self.options.offset,
            retracted=self.retracted, columns=self._stored_columns(),
        )  # fmt: skip

    def _stored_columns(self) -> tuple[str, ...]:
        """Return the columns that the answer needs of an event; none where it needs all of it."""
        if self.explode or self.snapshot.is_stream:  # a line may have anything in these fields
            return ()
        if self.format in _NAMES:
            return ("id",)
        columns = self.chosen or (self.columns() if self.format in _OF_CELLS else ())
        return columns if set(columns) <= set(COLUMNS) else ()

    def rows_as_read(self) -> Iterator[Row]:
        """Return the rows in the order of the stream."""
        return self.snapshot.select(self.query, retracted=self.retracted, as_read=True)

    def show(self, rows: Iterable[Row]) -> None:
        """Write rows in the format of the options."""
        columns = self.chosen or self.columns()
        if self.explode:
            rows = exploded(rows, self.explode)
        sheet = Table(columns, rows, chosen=bool(self.chosen), kind="events")
        shown = self.context.emit(
            sheet, self.format, self.options.output or "",
            nul=self.options.nul, excel_safe=self.options.excel_safe,
            heading=bool(self.options.format or self.options.output),
        )  # fmt: skip
        if not shown and self.format == "table":
            self.context.note("no events")

    def columns(self) -> tuple[str, ...]:
        """Return the columns of a list: those of a type, where the query selects only that type."""
        types = [t.values for t in self.query.terms if t.field == "type" and not t.negated]
        if len(types) == 1 and len(types[0]) == 1:
            name = str(types[0][0].text)
            return TYPES[name].columns if name in TYPES else DEFAULT
        return DEFAULT


def exploded(rows: Iterable[Row], field: str) -> Iterator[Row]:
    """Yield a row for each value of a field; a row without one is unchanged.

    Where the field is in a list of mappings, each mapping stays complete, with what is beside the
    value.
    """
    for row in rows:
        for data in _apart(row.data, field.split(".")):
            yield row if data is row.data else Row(data, path=row.path)


def _apart(data: Any, steps: list[str]) -> Iterator[Any]:
    """Yield the data once for each element of the lists on the way to a field."""
    inner = data.get(steps[0]) if isinstance(data, Mapping) and steps else None
    if inner is None:
        yield data
        return
    for one in inner if isinstance(inner, list) else [inner]:
        for found in _apart(one, steps[1:]):
            yield data if found is inner else {**data, steps[0]: found}
