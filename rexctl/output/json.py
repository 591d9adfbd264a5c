"""JSON: one array of all rows, written while they come."""

from typing import TextIO

from rexctl.output import Options
from rexctl.output.jsonl import json_rows
from rexctl.records import Table


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write the rows as an array, one on each line."""
    before = "[\n"
    for text in json_rows(table, options, ",\n"):
        out.write(before + text)
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")
