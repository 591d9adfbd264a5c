"""JSON lines: one exact row on each line; chosen fields give lines of those keys only."""

from collections.abc import Iterator
from typing import TextIO

from rexctl.output import Options
from rexctl.output.cells import select_columns
from rexctl.records import Lines, Table
from rexctl.values import json_text


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write each row on its own line; on a terminal the same value, with harmful text escaped."""
    out.writelines(text + options.end for text in json_rows(table, options, options.end))


def json_rows(table: Table, options: Options, end: str) -> Iterator[str]:
    """Yield the rows as JSON: each on its own, or many stored ones together with `end` between."""
    if isinstance(table.rows, Lines) and not (table.chosen or options.terminal):
        yield from (end.encode().join(block).decode() for block in table.rows.blocks())
        return
    for row in table.rows:
        text = (
            json_text.dumps(select_columns(row.data, table.columns)) if table.chosen else row.text
        )
        yield options.safe_json(text)
