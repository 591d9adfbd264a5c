"""The options of the commands whose answer is rows that are no events, and how these are written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rexctl.errors import UsageError, unknown_name
from rexctl.output import choose_format
from rexctl.records import ROWS, Table
from rexctl.values.text import count_of, split_commas

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context
    from rexctl.query import Query
    from rexctl.snapshot.snapshot import Snapshot


class RowOptions:
    """The format of the rows, their columns, and the pager."""

    format: options.RowFormat = None
    jsonl: options.Jsonl = False
    fields: options.RowFields = None
    count: options.RowCount = False
    no_header: options.NoHeader = False
    no_pager: options.NoPager = False

    def __init__(self, **values: object) -> None:
        self.__dict__.update(values)

    def form(self, context: Context) -> str:
        """Return the format: a table on a terminal, else JSON lines, whose rows -c counts. Raises UsageError."""
        default = "table" if context.terminal and not self.count else "jsonl"
        return choose_format(self.format, ROWS, default, jsonl=self.jsonl, no_header=self.no_header)

    def write(
        self, context: Context, table: Table, empty: str = "", notes: Iterable[str] = (),
        snapshot: Snapshot | None = None, *, query: Query | None = None, lenient: bool = False,
        noun: str = "", total: str = "",
    ) -> int:  # fmt: skip
        """Write the rows, or the note `empty` on a terminal, then the notes; return the exit code.

        :param noun: what a row is: their number stands below a table on a terminal.
        :param total: a line of the answer that stands below a table.
        :param snapshot: whose files that do not parse are reported: without them the answer is partial.
        :param query: is explained where it has words and no row is written.
        """
        form, code = self.form(context), 0
        table = self._choose(table)
        with context.paged(no_pager=self.no_pager):
            if self.count:
                context.emit_text(str(sum(1 for _ in table.rows)))
                return 0 if snapshot is None else context.report_unparsed(snapshot, lenient=lenient)
            shown = context.emit(table, form, heading=not self.no_header)
            if empty and not shown and form == "table":
                context.note(empty)
            elif noun and form == "table" and context.terminal:
                context.note(count_of(shown, noun))
            if total and form == "table":
                context.emit_lines([("", total, "")])
            if query is not None and snapshot is not None and not shown:
                context.explain_nothing(snapshot, query)
            for note in notes:
                context.note(note)
            if snapshot is not None:
                code = context.report_unparsed(snapshot, lenient=lenient)
        return code

    def _choose(self, table: Table) -> Table:
        """Return the table with the columns of -F. Raises UsageError for one that no row has."""
        names = tuple(split_commas(self.fields))
        if not names:
            if self.fields is not None:
                raise UsageError("-F: the fields are missing", f"write {','.join(table.columns)}")
            return table
        rows = list(table.rows)
        in_rows = (key for row in rows for key in row.data)
        known = list(dict.fromkeys([*table.columns, *table.more, *in_rows]))
        for name in names:
            if name not in known:
                raise unknown_name("field", name, known, see=f"the fields are {', '.join(known)}")
        return table._replace(columns=names, rows=rows, chosen=True)
