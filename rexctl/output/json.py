"""JSON: one array of all rows, written while they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rexctl.output.jsonl import json_rows

if TYPE_CHECKING:
    from rexctl.output import Options
    from rexctl.records import Table


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write the rows as an array, one on each line."""
    before = "[\n"
    for text in json_rows(table, options, ",\n"):
        out.write(before + text)
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")
