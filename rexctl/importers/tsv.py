r"""TSV: one event a line, as `list -f tsv` writes it: tab, line end and backslash are `\t`, `\n`, `\\`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rexctl.importers.csv import read_rows
from rexctl.yamlfile.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.importers import Range, Record

_ESCAPE = re.compile(r"\\(.)")
_SIGNS = {"t": "\t", "n": "\n", "r": "\r", "0": "\0"}


def records(data: bytes, name: str) -> Iterator[Record]:
    """Yield each line as a record, with the columns of the first; an empty cell is an absent field."""
    source = Source(name, data.decode("utf-8-sig").replace("\r\n", "\n"))
    lines = enumerate(source.text.split("\n"), 1)
    rows = ((number, [_unescape(cell) for cell in line.split("\t")]) for number, line in lines)
    return read_rows(source, rows, cell_ranges, lambda cell: cell.replace("\\\\", "\\"))


def _unescape(cell: str) -> str:
    r"""Return a cell with its tabs and line ends; `\;` and `\\` stay, since a list is split first."""
    return _ESCAPE.sub(lambda match: _SIGNS.get(match[1], match[0]), cell)


def cell_ranges(source: Source, number: int) -> Iterator[Range]:
    """Yield offset and width of each cell of a line."""
    start = source.offset(number)
    for cell in source.text[start:].partition("\n")[0].split("\t"):
        yield start, max(1, len(cell))
        start += len(cell) + 1
