"""A table drawn by Rich, fitted to the width of the terminal; ids, dates and paths are never cut.

Ids that do not fit are shown by their shortest unique beginnings.

The first 1,000 rows decide the widths, and rows are drawn 100 at a time, so that the first appear
at once. Where the columns do not fit, the widest are cut. Where a cut column would say little
beside the ids, it gets a second line below each row.
"""

from collections.abc import Sequence
from itertools import chain, islice
from typing import NamedTuple, TextIO

from rich.bar import Bar
from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from rexctl.model.tables import FIELDS
from rexctl.output import Options
from rexctl.output.cells import cell_text
from rexctl.output.terminal import STYLES, text_width
from rexctl.records import EVENTS, Table
from rexctl.values.safe_text import clean_line
from rexctl.values.text import MARKS

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
    first = list(islice(rows, MEASURED_ROWS))
    if not first:
        return
    drawing = _Drawing(table, first, out, options)
    every = chain(first, rows)
    heading = True
    while block := list(islice(every, _DRAWN_ROWS)):
        drawing.draw(block, heading=heading)
        heading = False


class _Drawing:
    """What all blocks of one table share: the layout, the bars, the console."""

    def __init__(
        self, table: Table, block: Sequence[Sequence[str]], out: TextIO, options: Options
    ) -> None:
        self.table, self.out = table, out
        self.layout = fit_columns(table.columns, block, options.width)
        self.short_ids: dict[int, int] = {}  # columns with short ids, and their widths
        if table.shorten is not None and "id" in table.columns:
            self._shorten_ids(block, options.width)
        bar = table.bar if options.terminal else ""
        self.bar = table.columns.index(bar) if bar else -1
        self.largest = max(_number(cells[self.bar]) for cells in block) if bar else 0.0
        used = sum(self.layout.widths) + _GAP * len(table.columns)
        self.bar_width = max(_MIN_BAR, min(options.width - used, _MAX_BAR))
        # Wide enough for the layout, so that Rich does not fit the columns again.
        self.console = Console(
            width=used + _INDENT + self.bar_width, height=100, force_terminal=options.color,
            color_system="standard" if options.color else None, no_color=False, markup=False,
            highlight=False, emoji=False, legacy_windows=False, _environ={},
        )  # fmt: skip

    def _shorten_ids(self, block: Sequence[Sequence[str]], width: int) -> None:
        """Lay the table out with short ids, where not everything fits beside the whole ones."""
        shorten, columns = self.table.shorten, self.table.columns
        wanted = sum(max(map(text_width, cells)) for cells in zip(columns, *block, strict=True))
        if not width or shorten is None or wanted + _GAP * (len(columns) - 1) <= width:
            return
        at = columns.index("id")
        short = [[*cells[:at], shorten(cells[at]), *cells[at + 1 :]] for cells in block]
        self.layout = fit_columns(columns, short, width)
        used = sum(self.layout.widths[n] for n in self.layout.first)
        spare = max(0, width - used - _GAP * (len(self.layout.first) - 1))
        widths = list(self.layout.widths)
        widths[at] += spare
        self.layout = self.layout._replace(widths=tuple(widths))
        self.short_ids[at] = widths[at]

    def _cell(self, n: int, text: str) -> str:
        """Return the text of a cell: a short id where the whole one is too wide."""
        room = self.short_ids.get(n)
        if room is None or self.table.shorten is None or text_width(text) <= room:
            return text
        return self.table.shorten(text)

    def draw(self, block: Sequence[Sequence[str]], *, heading: bool) -> None:
        """Write the lines of some rows, after the heading where that is wanted."""
        with self.console.capture() as capture:
            if not self.layout.second:
                self.console.print(self._grid(self.layout.first, block, heading=heading))
            else:
                if heading:
                    self._draw_two_lines([])
                for cells in block:
                    self._draw_two_lines([cells])
        self.out.writelines(line.rstrip() + "\n" for line in capture.get().splitlines())

    def _draw_two_lines(self, rows: Sequence[Sequence[str]]) -> None:
        """Draw a row on two lines, the second only where it has a text; without one, the heading."""
        _, first, second = self.layout
        self.console.print(self._grid(first, rows, heading=not rows))
        if not rows or any(rows[0][n] for n in second):
            below = self._grid(second, rows, heading=not rows)
            self.console.print(Padding(below, (0, 0, 0, _INDENT)))

    def _grid(
        self, columns: Sequence[int], block: Sequence[Sequence[str]], *, heading: bool
    ) -> Grid:  # fmt: skip
        """Return these columns of some rows as a table of Rich with fixed widths."""
        grid = Grid(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, show_header=heading,
                    header_style="bold")  # fmt: skip
        for n in columns:
            name = self.table.columns[n]
            grid.add_column(
                Text(name), width=self.layout.widths[n],
                overflow="fold" if is_never_cut(name) else "ellipsis",
                # Tables of few rows are wrapped and not cut.
                no_wrap=self.table.kind == EVENTS or is_never_cut(name),
                justify="right" if name in self.table.right else "left",
                style=STYLES["id"] if name == "id" else "",
            )  # fmt: skip
        if self.bar in columns:
            grid.add_column("", width=self.bar_width)
        for cells in block:
            bar = [self._bar(cells[self.bar])] if self.bar in columns else []
            texts = (marked_text(self._cell(n, cells[n]), self.layout.widths[n]) for n in columns)
            grid.add_row(*texts, *bar)
        return grid

    def _bar(self, text: str) -> Bar:
        """Return the bar of a number, at least one character long where there is any."""
        number = _number(text)
        end = max(number, self.largest / self.bar_width) if number else 0
        return Bar(self.largest, 0, end, width=self.bar_width)


def marked_text(text: str, width: int) -> Text:
    """Return the text of a cell with the words between MARKS bold.

    A text that is wider than `width` is cut before the first of these words, or of those between
    asterisks, where that would not be visible otherwise.
    """
    begin, end = MARKS if MARKS[0] in text else ("*", "*")
    before, found, rest = text.partition(begin)
    word = rest.partition(end)[0]
    if found and text_width(text) > width and text_width(before + word) + 3 > width:
        room = max(0, width - text_width(word) - 3) // 3  # a third of what is left stands before
        words = before.split(" ")
        while words and text_width(" ".join(words)) > room:
            words = words[1:] if len(words) > 1 or not room else [words[0][1:]]
        text = "…" + " ".join(words) + text[len(before) :]
    result = Text()
    for n, part in enumerate(text.replace(MARKS[1], MARKS[0]).split(MARKS[0])):
        result.append(part, style=STYLES["strong"] if n % 2 else "")
    return result


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
    """Return whether a column holds dates, ids of events or paths, which are there to be copied."""
    return column in ("id", "path", "date") or (column in FIELDS and FIELDS[column].kind == "id")


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
