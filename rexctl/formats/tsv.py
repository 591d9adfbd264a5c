r"""Tab-separated lines for shell tools: tab, line end and backslash as `\t`, `\n`, `\\`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from rexctl.plain.cell import texts
from rexctl.plain.clean import clean, encodable

if TYPE_CHECKING:
    from rexctl.formats.emit import Options
    from rexctl.plain.sheet import Sheet

SUFFIX = ".tsv"
BY_LINE = True
_ESCAPED = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r", "\\": "\\\\", "\0": "\\0"})


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write each row as a line, several values apart by `;`; a heading where options ask for it."""
    safe = clean if options.terminal else encodable
    end = options.end

    def line(cells: list[str]) -> str:
        return "\t".join(safe(cell.translate(_ESCAPED)) for cell in cells) + end

    if options.heading:
        out.write(line(list(sheet.columns)))
    out.writelines(
        line([";".join(texts(row.data, name)) for name in sheet.columns]) for row in sheet.rows
    )
