"""A table fitted to the width of the terminal; an id is never shortened.

The widths are those that the first 200 rows need; where they are too wide together, the widest
columns give way first. Where that would leave a column next to nothing beside the ids, it stands
in a second line below them. Rows stream: only the first 200 are ever held.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple, TextIO

from rexctl.model.legal import FIELDS
from rexctl.output.cell import shown
from rexctl.output.paint import paint
from rexctl.output.width import columns_of, cut, fill
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rexctl.output.emit import Options
    from rexctl.records import Row, Sheet

SUFFIX = ".txt"
MEASURED = 200
_GAP, _INDENT = "  ", "    "
# Less than this of a longer text is no help to a reader.
_LEAST = 28


class Layout(NamedTuple):
    """Which columns stand in a row's first line and which in a second one; how wide each is."""

    widths: tuple[int, ...]
    beside: tuple[int, ...]
    below: tuple[int, ...] = ()


def write(sheet: Sheet, out: TextIO, options: Options) -> None:
    """Write a heading and the rows; nothing at all where there are none."""
    rows = iter(sheet.rows)
    first = [_cells(row, sheet.columns) for row in islice(rows, MEASURED)]
    if not first:
        return
    layout = laid_out(sheet.columns, first, options.width)
    heading = _lines(sheet, layout, list(sheet.columns), options)
    out.writelines(paint(line, "strong", options.color) + "\n" for line in heading)
    for cells in chain(first, (_cells(row, sheet.columns) for row in rows)):
        out.writelines(line + "\n" for line in _lines(sheet, layout, cells, options, body=True))


def laid_out(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Layout:
    """Give the layout for these cells in so many columns of a terminal; 0 is without end.

    First all beside each other; then the widest below; then everything but the ids below.
    """
    wanted = [max(map(columns_of, cells)) for cells in zip(columns, *rows, strict=True)]
    every = tuple(range(len(columns)))
    ids = tuple(n for n in every if holds_ids(columns[n]))
    others = tuple(n for n in every if n not in ids)
    if not width:
        return Layout(tuple(wanted), every)
    widths = _fitted(wanted, every, ids, width)
    poor = [n for n in others if widths[n] < min(wanted[n], _LEAST)]
    if not ids or not poor:
        return Layout(tuple(widths), every)
    widest = max(poor, key=lambda n: wanted[n])
    beside = tuple(n for n in every if n != widest)
    if _fitted(wanted, beside, ids, width) == wanted:
        below = _fitted(wanted, (widest,), (), width - len(_INDENT))
        return Layout(tuple(below), beside, (widest,))
    return Layout(tuple(_fitted(wanted, others, (), width - len(_INDENT))), ids, others)


def holds_ids(column: str) -> bool:
    """Tell whether a column holds ids of events, which are there to be copied."""
    return column == "id" or (column in FIELDS and FIELDS[column].kind == "id")


def _fitted(
    wanted: Sequence[int], used: Sequence[int], whole: Sequence[int], width: int
) -> list[int]:
    """Give widths that let the columns in `used` fit side by side.

    The widest give way, down to one level; those in `whole`, and those not used, never do.
    """
    room = width - len(_GAP) * (len(used) - 1)
    giving = [n for n in used if n not in whole]
    room -= sum(wanted[n] for n in used if n in whole)
    level = max((wanted[n] for n in giving), default=0)
    while level > 1 and sum(min(wanted[n], level) for n in giving) > room:
        level -= 1
    return [min(have, level) if n in giving else have for n, have in enumerate(wanted)]


def _cells(row: Row, columns: Sequence[str]) -> list[str]:
    return [clean_line(shown(row.data, name)).strip() for name in columns]


def _lines(
    sheet: Sheet, layout: Layout, cells: Sequence[str], options: Options, *, body: bool = False
) -> Iterator[str]:
    """Give the line of a row, and the line below it where the layout has one."""

    def line(places: Sequence[int]) -> str:
        colored = options.color and body
        return _GAP.join(_shaped(sheet, layout, n, cells[n], colored) for n in places).rstrip()

    yield line(layout.beside)
    below = line(layout.below)
    if below:
        yield _INDENT + below


def _shaped(sheet: Sheet, layout: Layout, n: int, text: str, colored: bool) -> str:
    name, width = sheet.columns[n], layout.widths[n]
    if holds_ids(name):
        return paint(fill(text, width), "id", colored and name == "id")
    return fill(cut(text, width), width, right=name in sheet.right)
