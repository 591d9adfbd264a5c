"""JSON: one array of all rows, written as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rexctl.records import Lines, narrowed
from rexctl.values import json_text
from rexctl.values.safe_text import clean_json, encodable

if TYPE_CHECKING:
    from rexctl.output.emit import Options
    from rexctl.records import Sheet

SUFFIX = ".json"


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write the rows as an array, one a line; on a terminal the same value, spelled harmlessly."""
    safe = clean_json if options.terminal else encodable
    before = "[\n"
    if isinstance(sheet.rows, Lines) and not sheet.chosen and not options.terminal:
        texts = (b",\n".join(block).decode() for block in sheet.rows.blocks())
    elif sheet.chosen:
        texts = (safe(json_text.line(narrowed(row, sheet.columns))) for row in sheet.rows)
    else:
        texts = (safe(row.text) for row in sheet.rows)
    for text in texts:
        out.write(before + text)
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")
