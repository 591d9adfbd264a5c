"""The options that say how an answer is written, the same for all commands; and the writing of rows.

The parameter of a command's `run` that takes them has as its default an instance with the formats that
the command can write; from it come the help and the completion of `-f`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, get_type_hints

from rexctl.errors import UsageError, bad_value, require_name, unknown_name
from rexctl.output import FORMATS, format_from_suffix, formats_of
from rexctl.records import ROWS, Table
from rexctl.values.text import count_of, split_commas

if TYPE_CHECKING:
    from rexctl.cli import options
    from rexctl.cli.context import Context
    from rexctl.query import Query
    from rexctl.snapshot.snapshot import Snapshot


class OutputOptions:
    """The format of an answer, and the pager.

    :param formats: the names of the formats that the command can write.
    :param default: the format on a terminal. In a pipe it is JSON lines, unless the default is text.
    """

    format: str | None = None
    jsonl: options.Jsonl = False
    no_header: options.NoHeader = False
    no_pager: options.NoPager = False

    def __init__(self, formats: Sequence[str], default: str = "", **values: object) -> None:
        self.formats, self.default = formats, default or formats[0]
        self.is_text = self.default == "text"  # the answer of a command that reports
        self.__dict__.update(values)

    def with_values(self, values: dict[str, Any]) -> Any:
        """Return the options with what a user chose."""
        return type(self)(self.formats, self.default, **values)

    def declared(self) -> Iterator[tuple[str, Any, Any]]:
        """Yield name, annotation and default of each option: first those of the class itself."""
        from rexctl.cli import options

        for one in type(self).__mro__[:-1]:
            hints = get_type_hints(one, localns={"options": options}, include_extras=True)
            for name in one.__annotations__:
                if name == "format":
                    yield name, options.format_option(self.formats), None
                elif name != "no_header" or "csv" in self.formats:
                    yield name, hints[name], getattr(self, name)

    def form(self, context: Context, output: str | None = None) -> str:
        """Return the format that -f, -j or the suffix of the file `output` names, else the default.

        Raises UsageError.
        """
        if self.jsonl and self.format not in (None, "jsonl"):
            raise UsageError("-j and -f name two formats", "keep one")
        name = "jsonl" if self.jsonl else self.format
        if name is None and output:
            name = format_from_suffix(output, self.formats)
        if name is None:
            name = self.default if context.terminal or self.is_text else "jsonl"
        require_name("format", name, self.formats, see=f"use {', '.join(self.formats)}")
        if self.no_header and name not in ("csv", "tsv"):
            raise bad_value(
                "--no-header", f"is for csv and tsv, and the format is {name}", "use -f csv"
            )
        return name


class RowOptions(OutputOptions):
    """The columns of rows too."""

    fields: options.RowFields = None

    def __init__(
        self, formats: Sequence[str] = formats_of(ROWS), default: str = "", **values: object
    ) -> None:
        super().__init__(formats, default, **values)

    def form(self, context: Context, output: str | None = None) -> str:
        """Return the format as that of any answer; with -F it is a table on a terminal."""
        if self.fields is not None and not self.is_text:
            self.default = "table"
        return super().form(context, output)

    def write(
        self, context: Context, table: Table, empty: str = "", notes: Iterable[str] = (),
        snapshot: Snapshot | None = None, *, query: Query | None = None, lenient: bool = False,
        noun: str = "", total: str = "", output: str = "", draw: Callable[[], None] | None = None,
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
            if draw:
                draw()
            else:
                shown = context.emit(table, form, output, heading=not self.no_header, **more)
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
