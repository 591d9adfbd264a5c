"""JSON lines: one exact row on each line; chosen fields give lines of those keys only."""

from __future__ import annotations

from io import BufferedWriter
from typing import TYPE_CHECKING, TextIO

from rexctl.records import Lines, select_columns
from rexctl.values import json_text
from rexctl.values.safe_text import clean_json, encodable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.output import Options
    from rexctl.records import Table


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write each row on its own line; on a terminal the same value, with harmful text escaped."""
    end = options.end
    if is_copied(table, options) and isinstance(table.rows, Lines):
        _copy_lines(table.rows, out, end.encode())
    else:
        out.writelines(text + end for text in json_rows(table, options))


def is_copied(table: Table, options: Options) -> bool:
    """Return whether stored lines are written as they are."""
    return isinstance(table.rows, Lines) and not (table.chosen or options.terminal)


def json_rows(table: Table, options: Options) -> Iterator[str]:
    """Yield each row as a line of JSON, without the line end."""
    safe = clean_json if options.terminal else encodable
    for row in table.rows:
        text = (
            json_text.dumps(dict(select_columns(row, table.columns))) if table.chosen else row.text
        )
        yield safe(text)


def _copy_lines(rows: Lines, out: TextIO, end: bytes) -> None:
    """Copy stored lines in blocks of bytes: decoding 120 MB first takes twice the time."""
    raw = getattr(out, "buffer", None)
    buffered = raw if isinstance(raw, BufferedWriter) else None  # another may write only a part
    out.flush()
    for block in rows.blocks():
        lines = end.join(block) + end
        if buffered is None:
            out.write(lines.decode())
        else:
            buffered.write(lines)
