"""JSON lines: one row a line, exact; chosen fields give lines of those keys only."""

from __future__ import annotations

from io import BufferedWriter
from typing import TYPE_CHECKING, TextIO

from rexctl.records import Lines, narrowed
from rexctl.values import json_text
from rexctl.values.safe_text import clean_json, encodable

if TYPE_CHECKING:
    from rexctl.output.emit import Options
    from rexctl.records import Sheet

SUFFIX = ".jsonl"
BY_LINE = True


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write each row as its own line; on a terminal the same value, spelled harmlessly."""
    safe = clean_json if options.terminal else encodable
    end = options.end
    if isinstance(sheet.rows, Lines) and not sheet.chosen and not options.terminal:
        _copy(sheet.rows, out, end.encode())
        return
    if sheet.chosen:
        lines = (json_text.line(narrowed(row, sheet.columns)) for row in sheet.rows)
    else:
        lines = (row.text for row in sheet.rows)
    out.writelines(safe(line) + end for line in lines)


def _copy(rows: Lines, out: TextIO, end: bytes) -> None:
    """Write lines as they are stored; made texts first, 120 MB of them took twice the time."""
    raw = getattr(out, "buffer", None)
    buffered = raw if isinstance(raw, BufferedWriter) else None  # another may write half and say so
    out.flush()
    for block in rows.blocks():
        lines = end.join(block) + end
        if buffered is None:
            out.write(lines.decode())
        else:
            buffered.write(lines)
