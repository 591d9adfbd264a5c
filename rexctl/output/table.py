"""A table fitted to the width of the terminal; ids, dates and paths are never cut.

Ids that do not fit are shown by their shortest unique beginnings, which end in `…`.

The first 1,000 rows decide the widths. Where the columns do not fit, the widest is cut, or wrapped in
a table that is no list of events. Where little of it would be left beside the ids, it stands below
each row, and so do the next widest until the others fit.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice, zip_longest
from typing import NamedTuple, TextIO

from rexctl.model.tables import FIELDS
from rexctl.output import Options
from rexctl.output.cells import cell_text
from rexctl.output.terminal import cut, style, text_width, wrap
from rexctl.records import EVENTS, Table
from rexctl.values.safe_text import clean_line
from rexctl.values.text import MARKS

MEASURED_ROWS = 1000
_GAP, _INDENT = 2, 4
# A longer text that is cut to less than this is of little use.
_MIN_TEXT = 34
_LONGEST_DATE = 22  # columns of `2025-10-13~/2025-10-18`
_MIN_BAR, _MAX_BAR = 8, 30
_EIGHTHS = " ▏▎▍▌▋▊▉"  # of a character of a bar
_MARKED = re.compile(f"{MARKS[0]}.*?{MARKS[1]}")


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
    is_complete = len(first) < MEASURED_ROWS
    if is_complete and not table.chosen and any(map(any, first)):
        used = [n for n in range(len(table.columns)) if any(cells[n] for cells in first)]
        table = table._replace(columns=tuple(table.columns[n] for n in used))
        first = [[cells[n] for n in used] for cells in first]
    drawing = _Drawing(table, first, options)
    out.writelines(drawing.heading())
    for cells in chain(first, rows):
        out.writelines(drawing.row(cells))


class _Drawing:
    """What all rows of one table share: the layout, and the largest number of the bars."""

    def __init__(self, table: Table, rows: Sequence[Sequence[str]], options: Options) -> None:
        self.table, self.color = table, options.color
        self.short_ids = -1  # the column with ids that are shortened
        self.layout = self._lay_out(rows, options.width)
        bar = table.bar if options.terminal else ""
        self.bar = table.columns.index(bar) if bar else -1
        self.largest = max(_number(cells[self.bar]) for cells in rows) if bar else 0.0
        used = sum(self.layout.widths) + _GAP * len(table.columns)
        self.bar_width = max(_MIN_BAR, min(options.width - used, _MAX_BAR))

    def _lay_out(self, rows: Sequence[Sequence[str]], width: int) -> Layout:
        """Return the layout; with short ids where not everything fits beside the whole ones."""
        columns = self.table.columns
        uncut = tuple(n for n, name in enumerate(columns) if is_never_cut(name, self.table.kind))
        wanted = [max(map(text_width, cells)) for cells in zip(columns, *rows, strict=True)]
        fits = not width or _used(wanted, range(len(columns))) <= width
        if fits or self.table.shorten is None or "id" not in columns:
            return fit_columns(columns, rows, width, uncut)
        at = self.short_ids = columns.index("id")
        short = [[*cells[:at], self._short_id(cells[at]), *cells[at + 1 :]] for cells in rows]
        layout = fit_columns(columns, short, width, uncut)
        widths = list(layout.widths)
        widths[at] += max(0, width - _used(widths, layout.first))
        return layout._replace(widths=tuple(widths))

    def _short_id(self, text: str) -> str:
        short = self.table.shorten(text) if self.table.shorten else text
        return short if short == text else f"{short}…"

    def heading(self) -> Iterator[str]:
        """Yield the lines of the heading."""
        names = [heading_of(name) for name in self.table.columns]
        yield from self._side_by_side(names, "strong")
        if below := " / ".join(names[n] for n in self.layout.below):
            yield f"{' ' * _INDENT}{style(below, 'strong', self.color)}\n"

    def row(self, cells: Sequence[str]) -> Iterator[str]:
        """Yield the lines of a row: the columns side by side, and below them each that has a text."""
        yield from self._side_by_side(cells)
        for n in self.layout.below:
            for text in self._lines(n, cells[n]) if cells[n] else ():
                yield f"{' ' * _INDENT}{self._styled(n, text)}\n"

    def _side_by_side(self, cells: Sequence[str], name: str = "") -> Iterator[str]:
        first, bar = self.layout.first, self._bar(cells)
        for texts in zip_longest(*(self._lines(n, cells[n]) for n in first), fillvalue=""):
            padded = [self._padded(n, text, name) for n, text in zip(first, texts, strict=True)]
            yield (" " * _GAP).join([*padded, bar]).rstrip() + "\n"
            bar = ""

    def _lines(self, n: int, text: str) -> list[str]:
        """Return the lines of a cell: one where it is cut, or a short id where the whole one is."""
        width = self.layout.widths[n]
        if n == self.short_ids and text_width(text) > width:
            text = self._short_id(text)
        if n in self.layout.first and self.table.kind == EVENTS and not (
            is_never_cut(self.table.columns[n], EVENTS)
        ):  # fmt: skip
            return [cut(_from_mark(text, width), width)]
        if text_width(text) <= width:
            return [text]
        from rich.cells import chop_cells

        # A line may break within a phrase that is marked.
        words = _MARKED.sub(lambda found: found[0].replace(" ", f"{MARKS[1]} {MARKS[0]}"), text)
        return [part for line in wrap(words, width)
                for part in (chop_cells(line, width) if text_width(line) > width else [line])]  # fmt: skip

    def _padded(self, n: int, text: str, name: str) -> str:
        space = " " * (self.layout.widths[n] - text_width(text))
        styled = self._styled(n, text, name)
        return space + styled if self.table.columns[n] in self.table.right else styled + space

    def _styled(self, n: int, text: str, name: str = "") -> str:
        """Return a text in the style of its column; what is between MARKS is bold."""
        name = name or ("id" if self.table.columns[n] == "id" else "")
        parts = text.replace(MARKS[1], MARKS[0]).split(MARKS[0])
        return "".join(
            style(part, "strong" if at % 2 else name, self.color) for at, part in enumerate(parts)
        )

    def _bar(self, cells: Sequence[str]) -> str:
        """Return the bar of a row's number, at least one character long where there is any."""
        number = _number(cells[self.bar]) if self.bar in self.layout.first else 0
        if not number:
            return ""
        eighths = max(int(8 * self.bar_width * number / self.largest), 8)
        return "█" * (eighths // 8) + _EIGHTHS[eighths % 8]


def _from_mark(text: str, width: int) -> str:
    """Return a text that is cut before its first marked word, where that would not be visible else.

    A word is marked by MARKS or by asterisks.
    """
    begin, end = MARKS if MARKS[0] in text else ("*", "*")
    before, found, rest = text.partition(begin)
    word = rest.partition(end)[0]
    if not found or text_width(text) <= width or text_width(before + word) + 3 <= width:
        return text
    room = max(0, width - text_width(word) - 3) // 3  # a third of what is left stands before
    words = before.split(" ")
    while words and text_width(" ".join(words)) > room:
        words = words[1:] if len(words) > 1 or not room else [words[0][1:]]
    return "…" + " ".join(words) + text[len(before) :]


def fit_columns(
    columns: Sequence[str], block: Sequence[Sequence[str]], width: int, uncut: Collection[int]
) -> Layout:
    """Return the layout of these cells for a terminal of `width` columns; 0 is unlimited.

    All columns are side by side where each that shrinks keeps _MIN_TEXT, or none has ids or paths;
    else the widest stand below the others, as few as need be. Columns in `uncut` never shrink.
    """
    wanted = [max(text_width(heading_of(name)), *map(text_width, cells))
              for name, cells in zip(columns, zip(*block, strict=True), strict=True)]  # fmt: skip
    every = tuple(range(len(columns)))
    if not width:
        return Layout(tuple(wanted), every)
    widths = _shrink(wanted, every, uncut, width)
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


def heading_of(column: str) -> str:
    """Return the heading of a column: a computed key without its mark."""
    return column.removeprefix("_")


def is_never_cut(column: str, kind: str) -> bool:
    """Return whether a column holds dates, ids of events or paths, which are there to be copied.

    :param kind: of the table: only in one of events are the columns fields.
    """
    is_id = kind == EVENTS and column in FIELDS and FIELDS[column].kind == "id"
    return is_id or column in ("id", "path", "date")


def _shrink(
    wanted: Sequence[int], used: Sequence[int], uncut: Collection[int], width: int
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
