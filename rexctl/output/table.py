"""A table drawn by Rich, fitted to the width of the terminal; ids and paths are never cut.

The first 1,000 rows decide the widths, and rows are drawn 100 at a time, so that the first appear
at once. Where the columns do not fit, the widest are cut. Where a cut column would say little
beside the ids, it gets a second line below each row.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from rich.bar import Bar
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from rexctl.model.tables import FIELDS
from rexctl.output.cells import cell_text
from rexctl.output.terminal import STYLES, text_width
from rexctl.records import EVENTS
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rexctl.output import Options
    from rexctl.records import Table

MEASURED_ROWS = 1000
_DRAWN_ROWS = 100
_GAP, _INDENT = 2, 4
# A longer text that is cut to less than this is of little use.
_MIN_TEXT = 28
_MIN_BAR, _MAX_BAR = 8, 30


class Layout(NamedTuple):
    """The width of each column, and which columns are on the first and the second line of a row."""

    widths: tuple[int, ...]
    first: tuple[int, ...]
    second: tuple[int, ...] = ()


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write a heading and the rows; nothing for a table without rows."""
    rows = ([clean_line(cell_text(row.data, name)).strip() for name in table.columns]
            for row in table.rows)  # fmt: skip
    block = list(islice(rows, MEASURED_ROWS))
    if not block:
        return
    drawing = _Drawing(table, block, out, options)
    heading = True
    while block:
        for start in range(0, len(block), _DRAWN_ROWS):
            drawing.draw(block[start : start + _DRAWN_ROWS], heading=heading)
            heading = False
        block = list(islice(rows, MEASURED_ROWS))


class _Drawing:
    """What all blocks of one table share: the layout, the bars, the console."""

    def __init__(
        self, table: Table, block: Sequence[Sequence[str]], out: TextIO, options: Options
    ) -> None:
        self.table, self.out = table, out
        self.layout = fit_columns(table.columns, block, options.width)
        bar = table.bar if options.terminal else ""
        self.bar = table.columns.index(bar) if bar else -1
        self.largest = max(_number(cells[self.bar]) for cells in block) if bar else 0.0
        used = sum(self.layout.widths) + _GAP * len(table.columns)
        self.bar_width = max(_MIN_BAR, min(options.width - used, _MAX_BAR))
        # Wide enough for the layout, so that Rich does not fit the columns again.
        width = used + _INDENT + self.bar_width
        self.console = Console(
            width=width, height=100, color_system="standard" if options.color else None,
            no_color=False, force_terminal=options.color, markup=False, highlight=False,
            emoji=False, legacy_windows=False, _environ={},
        )  # fmt: skip

    def draw(self, block: Sequence[Sequence[str]], *, heading: bool) -> None:
        """Write the lines of some rows, after the heading where that is wanted."""
        with self.console.capture() as capture:
            for part in self._parts(block, heading):
                self.console.print(part)
        lines = (line.rstrip() + "\n" for line in capture.get().splitlines())
        self.out.write("".join(lines))

    def _parts(self, block: Sequence[Sequence[str]], heading: bool) -> Iterator[Any]:
        _, first, second = self.layout
        if not second:
            yield self._grid(first, block, heading)
            return
        for cells in [None, *block] if heading else block:
            rows = [cells] if cells else []
            yield self._grid(first, rows, cells is None)
            if cells is None or any(cells[n] for n in second):
                yield Padding(self._grid(second, rows, cells is None), (0, 0, 0, _INDENT))

    def _grid(
        self, columns: Sequence[int], block: Sequence[Sequence[str]], heading: bool
    ) -> Grid:  # fmt: skip
        """Return these columns of some rows as a table of Rich with fixed widths."""
        names = self.table.columns
        grid = Grid(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, show_header=heading,
                    header_style="bold")  # fmt: skip
        for n in columns:
            grid.add_column(
                Text(names[n]), width=self.layout.widths[n], no_wrap=self._is_one_line(names[n]),
                justify="right" if names[n] in self.table.right else "left", overflow="ellipsis",
                style=STYLES["id"] if names[n] == "id" else "",
            )  # fmt: skip
        if self.bar in columns:
            grid.add_column("", width=self.bar_width)
        for cells in block:
            bar = [self._bar(cells[self.bar])] if self.bar in columns else []
            grid.add_row(*(Text(cells[n]) for n in columns), *bar)
        return grid

    def _is_one_line(self, column: str) -> bool:
        """Return whether a text is cut to its column; tables of few rows are wrapped instead."""
        return self.table.kind == EVENTS or is_never_cut(column)

    def _bar(self, text: str) -> Bar:
        """Return the bar of a number, at least one character long where there is any."""
        number = _number(text)
        return Bar(self.largest, 0, max(number, self.largest / self.bar_width) if number else 0,
                   width=self.bar_width)  # fmt: skip


def fit_columns(columns: Sequence[str], block: Sequence[Sequence[str]], width: int) -> Layout:
    """Return the layout of these cells for a terminal of `width` columns; 0 is unlimited.

    Tried in turn: all columns side by side; the widest on a second line; all but ids and paths
    on a second line.
    """
    wanted = [max(map(text_width, cells)) for cells in zip(columns, *block, strict=True)]
    every = tuple(range(len(columns)))
    uncut = tuple(n for n in every if is_never_cut(columns[n]))
    others = tuple(n for n in every if n not in uncut)
    if not width:
        return Layout(tuple(wanted), every)
    widths = _shrink(wanted, every, uncut, width)
    short = [n for n in others if widths[n] < min(wanted[n], _MIN_TEXT)]
    if not uncut or not short:
        return Layout(tuple(widths), every)
    widest = max(short, key=lambda n: wanted[n])
    first = tuple(n for n in every if n != widest)
    if _shrink(wanted, first, uncut, width) == wanted:
        return Layout(tuple(_shrink(wanted, (widest,), (), width - _INDENT)), first, (widest,))
    return Layout(tuple(_shrink(wanted, others, (), width - _INDENT)), uncut, others)


def is_never_cut(column: str) -> bool:
    """Return whether a column holds ids of events or paths, which are there to be copied."""
    return column in ("id", "path") or (column in FIELDS and FIELDS[column].kind == "id")


def _shrink(
    wanted: Sequence[int], used: Sequence[int], uncut: Sequence[int], width: int
) -> list[int]:
    """Return widths with which the columns in `used` fit side by side: the widest shrink first.

    Columns in `uncut`, and those that are not used, keep the width that they want.
    """
    shrinking = [n for n in used if n not in uncut]
    room = width - _GAP * (len(used) - 1) - sum(wanted[n] for n in used if n in uncut)
    limit = max((wanted[n] for n in shrinking), default=0)
    while limit > 1 and sum(min(wanted[n], limit) for n in shrinking) > room:
        limit -= 1
    return [min(want, limit) if n in shrinking else want for n, want in enumerate(wanted)]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
