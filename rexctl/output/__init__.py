"""Output formats, one file each, and messages on standard error.

To add a format: write a module with `write(table, out, options)`, and add a line to `FORMATS`.
"""

from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from rexctl.errors import UsageError, bad_value, unknown_name
from rexctl.records import CHANGES, EVENTS, FINDINGS, HISTORY, ROWS, TIMELINE, RowStream, Table
from rexctl.values.safe_text import clean, clean_json, encodable

_ALL = (EVENTS, ROWS, FINDINGS, CHANGES, HISTORY, TIMELINE)
_TABLES = (EVENTS, ROWS, FINDINGS, TIMELINE)


class Format(NamedTuple):
    """An output format: its module, the kinds of table that it can write, and its file suffixes.

    With `line_per_row` each row is one line, so that `-0` can end it with NUL. One that is `drawn`
    depends on the width and the colours of the terminal.
    """

    module: str
    kinds: tuple[str, ...]
    suffixes: tuple[str, ...] = ()
    line_per_row: bool = False
    drawn: bool = False


FORMATS = {
    "text": Format("rexctl.output.text", (FINDINGS, CHANGES, HISTORY), drawn=True),
    "table": Format("rexctl.output.table", _TABLES, (".txt",), drawn=True),
    "card": Format("rexctl.output.card", (EVENTS,), drawn=True),
    "jsonl": Format("rexctl.output.jsonl", _ALL, (".jsonl", ".ndjson"), line_per_row=True),
    "json": Format("rexctl.output.json", _ALL, (".json",)),
    "csv": Format("rexctl.output.csv", _TABLES, (".csv",)),
    "tsv": Format("rexctl.output.tsv", _TABLES, (".tsv",), line_per_row=True),
    "yaml": Format("rexctl.output.yaml", (EVENTS,), (".yaml", ".yml")),
    "md": Format("rexctl.output.markdown", _ALL, (".md", ".markdown")),
    "id": Format("rexctl.output.id", (EVENTS,), line_per_row=True),
    "path": Format("rexctl.output.path", (EVENTS,), line_per_row=True),
    "github": Format("rexctl.output.github", (FINDINGS, CHANGES)),
    "gitlab": Format("rexctl.output.gitlab", (FINDINGS,)),
    "sarif": Format("rexctl.output.sarif", (FINDINGS,)),
    "chart": Format("rexctl.output.chart", (TIMELINE,), drawn=True),
    "svg": Format("rexctl.output.svg", (TIMELINE,), (".svg",)),
    "png": Format("rexctl.output.png", (TIMELINE,), (".png",)),
}


class Options(NamedTuple):
    """What a format knows of the place it writes to, and of the options of the command.

    `width` is in columns; 0 is unlimited. On a `terminal` nothing harmful may be written.
    `heading` is for CSV and TSV: whether the first line names the columns. `nul` ends a row with NUL in
    place of a line end. `root` is the log's folder as seen from the current one, for paths, and
    `link_base` the address of that folder on a host. `dark` is the background of a picture.
    """

    width: int = 80
    color: bool = False
    terminal: bool = False
    excel_safe: bool = False
    heading: bool = True
    nul: bool = False
    root: str = ""
    link_base: str = ""
    dark: bool = False

    @property
    def end(self) -> str:
        """What ends a row."""
        return "\0" if self.nul else "\n"

    def safe(self, text: str, keep: str = "") -> str:
        """Return a text that may be written: escaped on a terminal, `keep` aside."""
        return clean(text, keep=keep) if self.terminal else encodable(text)

    def safe_json(self, text: str) -> str:
        """Return JSON that may be written: the same value, escaped on a terminal."""
        return clean_json(text) if self.terminal else encodable(text)


def formats_of(kind: str) -> tuple[str, ...]:
    """Return the names of the formats that can write a table of this kind."""
    return tuple(name for name, entry in FORMATS.items() if kind in entry.kinds)


def check_header(form: str, *, no_header: bool) -> None:
    """Raise UsageError where a format without a line of column names is to leave it out."""
    if no_header and form not in ("csv", "tsv"):
        raise bad_value(
            "--no-header", f"is for csv and tsv, and the format is {form}", "use -f csv"
        )


def require_format(name: str, kind: str) -> str:
    """Return `name`; raise UsageError where it is no format of tables of this kind."""
    if name not in (names := formats_of(kind)):
        raise unknown_name("format", name, names, see=f"use {', '.join(names)}")
    return name


def choose_format(
    form: str | None, kind: str, default: str, *, jsonl: bool, no_header: bool = False
) -> str:
    """Return the format of this kind of table that -f or -j names, else `default`. Raises UsageError."""
    name = require_format(named_format(form, jsonl=jsonl) or default, kind)
    check_header(name, no_header=no_header)
    return name


def named_format(form: str | None, *, jsonl: bool) -> str | None:
    """Return the format that -f or -j names, None where neither does. Raises UsageError."""
    if jsonl and form not in (None, "jsonl"):
        raise UsageError("-j and -f name two formats", "keep one")
    return "jsonl" if jsonl else form


def format_from_suffix(target: str, kind: str = EVENTS) -> str:
    """Return the format of this kind of table that the suffix of a file name stands for.

    Raises UsageError.
    """
    suffix = Path(target).suffix.lower()
    for name in formats_of(kind):
        if suffix in FORMATS[name].suffixes:
            return name
    problem = f"no format has the suffix {suffix}" if suffix else "has no suffix to choose a format"
    raise UsageError(f"{target}: {problem}", f"use -f {', '.join(formats_of(kind))}")


def write_table(table: Table, name: str, out: TextIO, options: Options | None = None) -> int:
    """Write a table in the format called `name` and return the number of rows written.

    Raises UsageError for a format that cannot write this kind of table, for NUL where a row is
    not one line, and for `excel_safe` where the format is not CSV.
    """
    options = options or Options()
    entry = FORMATS[require_format(name, table.kind)]
    if options.nul and not entry.line_per_row:
        raise bad_value("-0", f"a row of {name} is not one line", "use -f id, path, jsonl or tsv")
    if options.excel_safe and name != "csv":
        raise bad_value("--excel-safe", f"is for CSV, and the format is {name}", "use -f csv")
    rows = table.rows if isinstance(table.rows, RowStream) else RowStream(table.rows)
    module: Any = import_module(entry.module)
    terminal = options.terminal or out.isatty()
    module.write(table._replace(rows=rows), out, options._replace(terminal=terminal))
    return rows.count
