"""JSON lines: one row a line, exact; chosen fields give lines of those keys only."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rexctl.plain import jsontext
from rexctl.plain.clean import clean_json, encodable
from rexctl.plain.sheet import Lines, narrowed

if TYPE_CHECKING:
    from rexctl.formats.emit import Options
    from rexctl.plain.sheet import Sheet

SUFFIX = ".jsonl"
BY_LINE = True


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write each row as its own line; on a terminal the same value, spelled harmlessly."""
    safe = clean_json if options.terminal else encodable
    end = options.end
    if isinstance(sheet.rows, Lines) and not sheet.chosen and not options.terminal:
        out.writelines(end.join(block) + end for block in sheet.rows.blocks())
        return
    if sheet.chosen:
        lines = (jsontext.line(narrowed(row, sheet.columns)) for row in sheet.rows)
    else:
        lines = (row.text for row in sheet.rows)
    out.writelines(safe(line) + end for line in lines)
