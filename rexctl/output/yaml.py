"""YAML: each event in the canonical form of its file, separated by `---`."""

from typing import TextIO

from rexctl.model.tables import SHAPES
from rexctl.output import Options
from rexctl.output.cells import select_columns
from rexctl.records import Row, Table
from rexctl.yamlfile import serialize


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write each row as a document, without computed keys, which no file has."""
    del options  # the canonical form escapes what is harmful, wherever it is written
    for number, row in enumerate(table.rows):
        out.write(("---\n" if number else "") + _document(row, table))


def _document(row: Row, table: Table) -> str:
    if table.chosen:
        return serialize.write_generic(select_columns(row.data, table.columns))
    data = {name: value for name, value in row.data.items() if not name.startswith("_")}
    shape = str(data.get("type", ""))
    return serialize.write(data, shape) if shape in SHAPES else serialize.write_generic(data)
