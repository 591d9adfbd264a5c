"""JSON: one array of all rows, written as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rexctl.plain import jsontext
from rexctl.plain.clean import clean_json, encodable
from rexctl.plain.sheet import narrowed

if TYPE_CHECKING:
    from rexctl.formats.emit import Options
    from rexctl.plain.sheet import Sheet

SUFFIX = ".json"


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write the rows as an array, one a line; on a terminal the same value, spelled harmlessly."""
    safe = clean_json if options.terminal else encodable
    before = "[\n"
    for row in sheet.rows:
        line = jsontext.line(narrowed(row, sheet.columns)) if sheet.chosen else row.text
        out.write(before + safe(line))
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")
