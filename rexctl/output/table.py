"""A table drawn by Rich, fitted to the width of the terminal; ids, dates and paths are never cut.

Ids that do not fit are shown by their shortest unique beginnings, which end in `…`.

The first 1,000 rows decide the widths, and rows are drawn 100 at a time, so that the first appear
at once. Where the columns do not fit, the widest is cut, or wrapped in a table that is no list of
events. Where little of it would be left beside the ids, it stands below each row, and so do the next
widest until the others fit.
"""

from collections.abc import Collection, Sequence
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
from rexctl.output.terminal import STYLES, style_of, text_width, wrap
from rexctl.records import EVENTS, Table
from rexctl.values.safe_text import clean_line
from rexctl.values.text import MARKS

MEASURED_ROWS = 1000
_DRAWN_ROWS = 100
_GAP, _INDENT = 2, 4
# A longer text that is cut to less than this is of little use.
_MIN_TEXT = 40
_DATES = ("date", "day")  # columns; a span is broken after its slash where not everything fits
_LONGEST_DATE = 22  # columns of `2025-10-13~/2025-10-18`
_MIN_BAR, _MAX_BAR = 8, 30


class Layout(NamedTuple):
    """The width of each column; which are side by side, and which stand below them, a line each."""

    widths: tuple[int, ...]
    first: tuple[int, ...]
    below: tuple[int, ...] = ()


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write a heading and the rows; nothing for a table without rows."""
    rows = ([clean_line(cell_text(row.data, name)).strip() for name in table.columns]
            for row in table.rows)  # fmt: skip
    first = list(islice(rows, MEASURED_ROWS))
    if not first:
        return
    are_all = len(first) < MEASURED_ROWS
    if are_all and not table.chosen and any(map(any, first)):
        used = [n for n in range(len(table.columns)) if any(cells[n] for cells in first)]
        table = table._replace(columns=tuple(table.columns[n] for n in used))
        first = [[cells[n] for n in used] for cells in first]
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
        self.layout = self._fit(block, options.width)
        self.short_ids: dict[int, int] = {}  # columns with short ids, and their widths
        if table.shorten is not None and "id" in table.columns:
            self._shorten_ids(block, options.width)
        bar = table.bar if options.terminal else ""
        self.bar = table.columns.index(bar) if bar else -1
        self.largest = max(_number(cells[self.bar]) for cells in block) if bar else 0.0
        used = sum(self.layout.widths) + _GAP * len(table.columns)
        self.bar_width = min((options.width or used + _MAX_BAR) - used, _MAX_BAR)
        if self.bar_width < _MIN_BAR:
            self.bar = -1
        # Wide enough for the layout, so that Rich does not fit the columns again.
        self.console = Console(
            width=used + _INDENT + _MAX_BAR, height=100, force_terminal=options.color,
            color_system="standard" if options.color else None, no_color=False, markup=False,
            highlight=False, emoji=False, legacy_windows=False, _environ={},
        )  # fmt: skip

    def _shorten_ids(self, block: Sequence[Sequence[str]], width: int) -> None:
        """Lay the table out with short ids, where not everything fits beside the whole ones."""
        columns = self.table.columns
        wanted = sum(max(map(text_width, cells)) for cells in zip(columns, *block, strict=True))
        if not width or wanted + _GAP * (len(columns) - 1) <= width:
            return
        at = columns.index("id")
        short = [[*cells[:at], self._short_id(cells[at]), *cells[at + 1 :]] for cells in block]
        self.layout = self._fit(short, width)
        used = sum(self.layout.widths[n] for n in self.layout.first)
        spare = max(0, width - used - _GAP * (len(self.layout.first) - 1))
        widths = list(self.layout.widths)
        widths[at] = width - _INDENT if at in self.layout.below else widths[at] + spare
        self.layout = self.layout._replace(widths=tuple(widths))
        self.short_ids[at] = widths[at]

    def _fit(self, block: Sequence[Sequence[str]], width: int) -> Layout:
        columns = self.table.columns
        uncut = tuple(n for n, name in enumerate(columns) if is_never_cut(name, self.table.kind))
        layout = fit_columns(columns, block, width, uncut)
        if not layout.below:
            return layout
        dates = [n for n, name in enumerate(columns) if name in _DATES]
        broken = [[_break_span(text).split("\n")[0] if n in dates else text
                   for n, text in enumerate(cells)] for cells in block]  # fmt: skip
        narrow = fit_columns(columns, broken, width, uncut)
        return narrow if len(narrow.below) < len(layout.below) else layout

    def _short_id(self, text: str) -> str:
        short = self.table.shorten(text) if self.table.shorten else text
        return short if short == text else f"{short}…"

    def _cell(self, n: int, text: str) -> Text:
        """Return the text of a cell, broken where it is too wide; a short id where the whole one is."""
        width = self.layout.widths[n]
        if n in self.short_ids and text_width(text) > self.short_ids[n]:
            text = self._short_id(text)
        style = style_of(self.table.columns[n], text)
        if self.table.columns[n] in _DATES and text_width(text) > width:
            return Text(_break_span(text), style)
        if self._is_cut(n) or MARKS[0] in text or text_width(text) <= width:
            shown = marked_text(text, width)
            if style:
                shown.stylize(style)
            return shown
        return Text("\n".join(wrap(text, width, in_cell=True)), style)

    def _is_cut(self, n: int) -> bool:
        """Return whether a column is cut at its width: a list of events has a line for each."""
        return (
            self.table.kind == EVENTS
            and n in self.layout.first
            and not is_never_cut(self.table.columns[n], EVENTS)
        )

    def draw(self, block: Sequence[Sequence[str]], *, heading: bool) -> None:
        """Write the lines of some rows, after the heading where that is wanted."""
        with self.console.capture() as capture:
            if not self.layout.below:
                self.console.print(self._grid(self.layout.first, block, heading=heading))
            else:
                if heading:
                    self.console.print(self._grid(self.layout.first, [], heading=True))
                    names = " / ".join(heading_of(self.table.columns[n]) for n in self.layout.below)
                    self.console.print(Padding(Text(names, style="bold"), (0, 0, 0, _INDENT)))
                for cells in block:
                    self._draw_lines(cells)
        self.out.writelines(line.rstrip() + "\n" for line in capture.get().splitlines())

    def _draw_lines(self, cells: Sequence[str]) -> None:
        """Draw a row: the columns that are side by side, and below them each that has a text."""
        _, first, below = self.layout
        self.console.print(self._grid(first, [cells], heading=False))
        for n in below:
            if cells[n]:
                grid = self._grid((n,), [cells], heading=False)
                self.console.print(Padding(grid, (0, 0, 0, _INDENT)))

    def _grid(
        self, columns: Sequence[int], block: Sequence[Sequence[str]], *, heading: bool
    ) -> Grid:  # fmt: skip
        """Return these columns of some rows as a table of Rich with fixed widths."""
        grid = Grid(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, show_header=heading,
                    header_style="bold")  # fmt: skip
        for n in columns:
            name = self.table.columns[n]
            width = self.layout.widths[n]
            grid.add_column(
                Text("\n".join(wrap(heading_of(name), width, in_cell=True))), width=width,
                overflow="ellipsis" if self._is_cut(n) else "fold", no_wrap=self._is_cut(n),
                justify="right" if name in self.table.right else "left",
            )  # fmt: skip
        if self.bar in columns:
            name = self.table.bar if self.bar != columns[-1] else ""
            grid.add_column(heading_of(name), width=self.bar_width)
        for cells in block:
            bar = [self._bar(cells[self.bar])] if self.bar in columns else []
            grid.add_row(*(self._cell(n, cells[n]) for n in columns), *bar)
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
    before, mark, rest = text.partition(begin)
    word = rest.partition(end)[0]
    if mark and text_width(text) > width and text_width(before + word) + 3 > width:
        room = max(0, width - text_width(word) - 3) // 3  # a third of what is left stands before
        words = before.split(" ")
        while words and text_width(" ".join(words)) > room:
            words = words[1:] if len(words) > 1 or not room else [words[0][1:]]
        text = "…" + " ".join(words) + text[len(before) :]
    result = Text()
    for n, part in enumerate(text.replace(MARKS[1], MARKS[0]).split(MARKS[0])):
        result.append(part, style=STYLES["strong"] if n % 2 else "")
    return result


def fit_columns(
    columns: Sequence[str], block: Sequence[Sequence[str]], width: int, uncut: Collection[int]
) -> Layout:
    """Return the layout of these cells for a terminal of `width` columns; 0 is unlimited.

    All columns are side by side where each that shrinks keeps _MIN_TEXT, or none has ids or paths;
    else the widest stand below the others, as few as need be. Columns in `uncut` never shrink.
    Words are broken only where not all of them fit, but those of headings after hyphens.
    """
    wanted = [max(text_width(heading_of(name)), *map(text_width, cells))
              for name, cells in zip(columns, zip(*block, strict=True), strict=True)]  # fmt: skip
    every = tuple(range(len(columns)))
    if not width:
        return Layout(tuple(wanted), every)
    least = [max(map(text_width, (*heading_of(name).replace("-", "- ").split(), *" ".join(cells).split())))
             for name, cells in zip(columns, zip(*block, strict=True), strict=True)]  # fmt: skip
    widths = _shrink(wanted, uncut, width, least)
    fits = sum(widths) + _GAP * (len(widths) - 1) <= width
    copied = any(wanted[n] > _LONGEST_DATE for n in uncut)
    if not copied or (fits and all(widths[n] >= min(wanted[n], _MIN_TEXT) for n in every)):
        return Layout(tuple(widths), every)
    # A single column is broken where it does not fit.
    first = list(every)
    for n in sorted(every, key=lambda n: -wanted[n]):
        if len(first) == 1 or _used(wanted, first) <= width:
            break
        first.remove(n)
    below = tuple(sorted(set(every).difference(first), key=lambda n: (n in uncut, n)))
    limits = [width - _INDENT if n in below else width for n in every]
    return Layout(tuple(map(min, wanted, limits)), tuple(first), below)


def _used(widths: Sequence[int], columns: Sequence[int]) -> int:
    return sum(widths[n] for n in columns) + _GAP * (len(columns) - 1)


def _break_span(date: str) -> str:
    """Return a date on one line, a span with two days on two."""
    return date if ".." in date else date.replace("/", "/\n")


def heading_of(column: str) -> str:
    """Return the heading of a column: a computed key without its mark."""
    return column.removeprefix("_")


def is_never_cut(column: str, kind: str) -> bool:
    """Return whether a column holds dates, ids of events or paths, which are there to be copied.

    :param kind: of the table: only in one of events are the columns fields.
    """
    is_id = kind == EVENTS and column in FIELDS and FIELDS[column].kind == "id"
    return is_id or column in ("id", "path", *_DATES)


def _shrink(
    wanted: Sequence[int], uncut: Collection[int], width: int, least: Sequence[int]
) -> list[int]:
    """Return widths with which the columns fit side by side: the widest shrink first.

    Columns in `uncut` keep the width that they want, and the others have their `least` if all can.
    """
    room = width - _GAP * (len(wanted) - 1)
    least = [want if n in uncut else least[n] for n, want in enumerate(wanted)]
    if sum(least) > room:
        least = [want if n in uncut else 1 for n, want in enumerate(wanted)]
    limit = max(wanted)
    while True:
        widths = [max(low, min(want, limit)) for low, want in zip(least, wanted, strict=True)]
        if limit <= 1 or sum(widths) <= room:
            return widths
        limit -= 1


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
