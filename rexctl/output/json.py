"""JSON: one array of all rows, written while they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rexctl.output.jsonl import is_copied, json_rows
from rexctl.records import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rexctl.output import Options
    from rexctl.records import Table


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write the rows as an array, one on each line."""
    texts: Iterable[str] = json_rows(table, options)
    if is_copied(table, options) and isinstance(table.rows, Lines):
        texts = (b",\n".join(block).decode() for block in table.rows.blocks())
    before = "[\n"
    for text in texts:
        out.write(before + text)
        before = ",\n"
    out.write("[]\n" if before == "[\n" else "\n]\n")
