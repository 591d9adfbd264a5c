"""The options of the commands whose answer is rows that are no events, and how these are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

from rexctl.cli.context import Context, OutputOptions
from rexctl.errors import UsageError, unknown_name
from rexctl.output import FORMATS, formats_of
from rexctl.records import ROWS, Table
from rexctl.values.text import count_of, split_commas

if TYPE_CHECKING:
    from rexctl.cli.options import option
    from rexctl.query import Query
    from rexctl.snapshot.snapshot import Snapshot


class RowOptions(OutputOptions):
    """The columns of rows too: a user chooses them with -F."""

    fields: Annotated[
        str | None, option("Show these columns, in this order.", "COLUMNS", short="-F")
    ] = None
    count: Annotated[bool, option("Show only the number of rows.", short="-c")] = False

    def __init__(
        self, formats: Sequence[str] = formats_of(ROWS), default: str = "", **values: object
    ) -> None:
        super().__init__(formats, default, **values)

    def form(self, context: Context, output: str | None = None) -> str:
        """Return the format as that of any answer; with -F a table on a terminal, with -c what it counts."""
        if self.count:
            self.default, self.is_text = "jsonl", False
        elif self.fields is not None and not self.is_text:
            self.default = "table"
        return super().form(context, output)

    def write(
        self, context: Context, table: Table, empty: str = "", notes: Iterable[str] = (),
        snapshot: Snapshot | None = None, *, query: Query | None = None, lenient: bool = False,
        noun: str = "", total: str = "", output: str | None = None, draw: Callable[[], None] | None = None,
        **more: bool,
    ) -> int:  # fmt: skip
        """Write the rows, or the note `empty` for a person, then the notes; return the exit code.

        :param noun: what a row is: their number stands below a table on a terminal.
        :param total: a line of the answer that stands below a table.
        :param snapshot: whose files that do not parse are reported: without them the answer is partial.
        :param query: is explained where it has words and no row is written.
        :param output: the file to write to, in place of stdout.
        :param draw: writes the answer in a format of the command's own.
        :param more: options of the format.
        """
        form, code, shown = self.form(context, output), 0, 1
        if draw and self.fields is not None:
            raise UsageError(f"-F is for rows, and the format is {form}", "use -f table")
        table = self._choose(table)
        with context.paged(no_pager=self.no_pager):
            if self.count:
                context.emit_text(str(sum(1 for _ in table.rows)))
                return 0 if snapshot is None else context.report_unparsed(snapshot, lenient=lenient)
            if draw:
                draw()
            else:
                shown = context.emit(table, form, output or "", heading=not self.no_header, **more)
            if empty and not shown and FORMATS[form].drawn:
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
