r"""Tab-separated lines for shell tools: tab, line end and backslash as `\t`, `\n`, `\\`."""

from collections.abc import Iterable
from typing import TextIO

from rexctl.output import Options
from rexctl.output.cells import is_plain, joined_cells
from rexctl.records import Cells, Table

_ESCAPES = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\", "\0": "\\0"})
_IN_LIST = {**_ESCAPES, ord(";"): "\\;"}


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write each row as a line, several values joined by `;`, after an optional heading."""
    safe, end = options.safe, options.end

    def line(cells: Iterable[str]) -> str:
        return "\t".join([
            cell if is_plain(cell) else safe(cell.translate(_ESCAPES)) for cell in cells
        ]) + end  # fmt: skip

    if options.heading:
        out.write(line(list(table.columns)))
    if isinstance(table.rows, Cells):
        out.writelines(map(line, table.rows.texts()))
        return
    for cells in joined_cells(table, _ESCAPES, _IN_LIST):
        out.write("\t".join(map(safe, cells)) + end)
