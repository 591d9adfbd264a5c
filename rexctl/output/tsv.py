r"""Tab-separated lines for shell tools: tab, line end and backslash as `\t`, `\n`, `\\`.

Lists are joined by `;`, and a `;` in an element is written as `\;`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

from rexctl.output.cell import is_list, texts
from rexctl.records import Cells
from rexctl.values.safe_text import clean, encodable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rexctl.output.emit import Options
    from rexctl.records import Sheet

SUFFIX = ".tsv"
BY_LINE = True
_ESCAPED = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\", "\0": "\\0"})
_IN_LIST = {**_ESCAPED, ord(";"): "\\;"}


def _is_plain(cell: str) -> bool:
    """Tell whether a cell is written as it is, as nearly all are: asked by what is quick to ask."""
    return cell.isascii() and cell.isprintable() and "\\" not in cell


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write each row as a line, several values apart by `;`; a heading where options ask for it."""
    safe = clean if options.terminal else encodable
    end = options.end

    def cell(data: Mapping[str, Any], name: str) -> str:
        found = texts(data, name)
        joined = ";".join(found)
        if ";" not in joined and _is_plain(joined):
            return joined
        escapes = _IN_LIST if is_list(data, name) else _ESCAPED
        return safe(";".join([text.translate(escapes) for text in found]))

    def line(cells: Iterable[str]) -> str:
        return "\t".join([
            cell if _is_plain(cell) else safe(cell.translate(_ESCAPED)) for cell in cells
        ]) + end  # fmt: skip

    if options.heading:
        out.write(line(list(sheet.columns)))
    if isinstance(sheet.rows, Cells):
        out.writelines(map(line, sheet.rows.texts()))
        return
    for row in sheet.rows:
        out.write("\t".join([cell(row.data, name) for name in sheet.columns]) + end)
