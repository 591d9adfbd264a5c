r"""Tab-separated lines for shell tools: tab, line end and backslash as `\t`, `\n`, `\\`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rexctl.output.cell import texts
from rexctl.records import Cells
from rexctl.values.safe_text import clean, encodable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rexctl.output.emit import Options
    from rexctl.records import Sheet

SUFFIX = ".tsv"
BY_LINE = True
_ESCAPED = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\", "\0": "\\0"})


def _is_plain(cell: str) -> bool:
    """Tell whether a cell is written as it is, as nearly all are: asked by what is quick to ask."""
    return cell.isascii() and cell.isprintable() and "\\" not in cell


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write each row as a line, several values apart by `;`; a heading where options ask for it."""
    safe = clean if options.terminal else encodable
    end = options.end

    def line(cells: Iterable[str]) -> str:
        return "\t".join([
            cell if _is_plain(cell) else safe(cell.translate(_ESCAPED)) for cell in cells
        ]) + end  # fmt: skip

    if options.heading:
        out.write(line(list(sheet.columns)))
    if isinstance(sheet.rows, Cells):
        out.writelines(map(line, sheet.rows.texts()))
        return
    out.writelines(
        line([";".join(texts(row.data, name)) for name in sheet.columns]) for row in sheet.rows
    )
