"""A timeline drawn with characters: a line for each measure and each event, below an axis.

A column is a length of time. It shows the state that fills most of it; a state that is shorter than
a column takes one from a neighbour that has several.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from math import ceil
from typing import TextIO

from rexctl.output import Options
from rexctl.output.axis import Tick, periods_of, ticks_of
from rexctl.output.terminal import cut, pad, style, text_width, wrap
from rexctl.records import Span, Table
from rexctl.views.timeline import LOOKS, UNCERTAIN, Bar, Line, Mark, lines

# Of each state; the names are those of its style too.
_SIGNS = {
    "in force": "█", "partly in force": "▄", "suspended": "░", "scheduled": "┄",
    "never took effect": "×", "ended": "·", UNCERTAIN: "?",
}  # fmt: skip
_EXACT, _IMPRECISE, _TODAY, _TODAY_ON_AXIS = "◆", "◇", "│", "▼"
_EVENT, _SOME_DAY = "event", "event on one of these days"
_GAP, _MIN_LABEL, _MIN_CHART = 2, 12, 12


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write the measures, then the events, each below an axis, then what the signs mean."""
    measures, events = lines(table.rows)
    if table.span is None or not (measures or events):
        return
    chart = _Chart(table.span, [*measures, *events], options)
    for title, some in (("Measures", measures), ("Events", events)):
        if some:
            out.writelines(f"{line.rstrip()}\n" for line in chart.section(title, some))
    out.writelines(f"{line}\n" for line in chart.legend())


class _Chart:
    """The scale from days to columns, and which signs were drawn."""

    def __init__(self, span: Span, every: Sequence[Line], options: Options) -> None:
        self.span, self.color = span, options.color
        room = max(_MIN_LABEL, (options.width or 200) * 2 // 5)
        self.label = min(room, max(text_width(line.label) for line in every))
        self.columns = max(_MIN_CHART, (options.width or 200) - self.label - _GAP)
        self.used: dict[str, str] = {}  # signs by what they mean
        self.not_drawn = 0
        self.today = -1
        if span.first <= span.today < span.last:
            self.today = min(int(self.place(span.today + 0.5)), self.columns - 1)

    def place(self, day: float) -> float:
        """Return the column of an instant, as a fraction; of one outside of the span its border."""
        first, last, _ = self.span
        if not first < day < last:
            return 0.0 if day <= first else float(self.columns)
        return (day - first) / (last - first) * self.columns

    def section(self, title: str, some: Sequence[Line]) -> Iterator[str]:
        """Yield an axis and lines below it."""
        margin = " " * (self.label + _GAP)
        ticks = ticks_of(self.span, self.columns)
        for labels in (periods_of(self.span, ticks), ticks):
            if text := self.labels(labels):
                yield margin + style(text, "faint", self.color)
        line = ["─"] * self.columns
        for tick in ticks:
            line[int(self.place(tick.day))] = "┬"
        if self.today >= 0:
            line[self.today] = _TODAY_ON_AXIS
        heading = style(pad(title, self.label + _GAP), "strong", self.color)
        yield heading + style("".join(line), "faint", self.color)
        for one in some:
            cells = self.bar_cells(one.bars) if one.bars else self.mark_cells(one.mark)
            yield pad(cut(one.label, self.label), self.label + _GAP) + self.paint(cells)

    def labels(self, ticks: Sequence[Tick]) -> str:
        """Return the labels at their columns; one that would touch the next is left out."""
        text = ""
        starts = [int(self.place(tick.day)) for tick in ticks]
        for tick, start, following in zip(
            ticks, starts, [*starts[1:], self.columns + 1], strict=False
        ):
            if start + len(tick.label) < following:
                text = text.ljust(start) + tick.label
        return text

    def bar_cells(self, bars: Sequence[Bar]) -> list[tuple[str, str]]:
        """Return the sign and the style of each column of a measure."""
        owner = [-1] * self.columns
        share = [0.0] * self.columns
        ends = [(self.place(bar.start), self.place(bar.end)) for bar in bars]
        for n, (start, end) in enumerate(ends):
            for column in range(int(start), min(ceil(end), self.columns)):
                part = min(end, column + 1) - max(start, column)
                if part > share[column]:
                    owner[column], share[column] = n, part
        for n, (start, end) in enumerate(ends):
            if start < end and n not in owner:
                column = min(int((start + end) / 2), self.columns - 1)
                if owner.count(owner[column]) > 1:
                    owner[column] = n
                else:
                    self.not_drawn += 1
        looks = [bars[n].look if n >= 0 else "" for n in owner]
        self.used |= {look: _SIGNS[look] for look in looks if look}
        return [(_SIGNS.get(look, " "), look) for look in looks]

    def mark_cells(self, mark: Mark | None) -> list[tuple[str, str]]:
        """Return the sign and the style of each column of an event, its date beside the mark."""
        cells = [(" ", "")] * self.columns
        if mark is None:
            return cells
        start, end = self.place(mark.start), self.place(mark.end)
        if mark.is_exact:
            first = last = min(int((start + end) / 2), self.columns - 1)
            signs = self._use(_EVENT, _EXACT)
        else:
            first = min(int(start), self.columns - 1)
            last = max(first, min(ceil(end), self.columns) - 1)
            sign = self._use(_SOME_DAY, _IMPRECISE)
            signs = sign + "─" * (last - first - 1) + sign if last > first else sign
            if mark.start < self.span.first and last > first:
                signs = "◁" + signs[1:]
            if mark.end > self.span.last and last > first:
                signs = signs[:-1] + "▷"
        cells[first : last + 1] = [(sign, "event") for sign in signs]
        # After the mark, before it or within it: where there is room for the whole date, else most.
        places = [
            (self.columns - last - 2, last + 2),
            (first - 1, 0),
            (last - first - 3, first + 2),
        ]
        size = len(mark.date)
        room, at = next((one for one in places if one[0] >= size), max(places))
        text = cut(mark.date, room)
        if at == 0:
            at = room - len(text)
        cells[at : at + len(text)] = [(sign, "text") for sign in text]
        return cells

    def _use(self, meaning: str, sign: str) -> str:
        self.used[meaning] = sign
        return sign

    def paint(self, cells: list[tuple[str, str]]) -> str:
        """Return the cells as a text, today's line where they are empty."""
        if self.today >= 0 and cells[self.today][0] in (" ", _SIGNS["ended"]):
            cells[self.today] = (_TODAY, "today")
        return "".join(
            style("".join(sign for sign, _ in group), name, self.color)
            for name, group in groupby(cells, key=lambda cell: cell[1])
        )

    def legend(self) -> Iterator[str]:
        """Yield the lines that say what the signs mean, and what could not be drawn."""
        order = [*dict.fromkeys(LOOKS.values()), _EVENT, _SOME_DAY]
        items = [(self.used[look], look) for look in order if look in self.used]
        if self.today >= 0:
            items.append((_TODAY_ON_AXIS, f"today, {date.fromordinal(self.span.today)}"))
        width, line, used = self.label + _GAP + self.columns, "", 0
        yield ""
        for sign, meaning in items:
            size = len(sign) + 1 + len(meaning)
            if used and used + 3 + size > width:
                yield line
                line, used = "", 0
            shown = style(sign, meaning if meaning in _SIGNS else "event", self.color)
            line, used = (
                line + ("   " if used else "") + f"{shown} {meaning}",
                used + 3 * bool(used) + size,
            )
        yield line
        if self.not_drawn:
            noun = "state is" if self.not_drawn == 1 else "states are"
            text = (
                f"{self.not_drawn} {noun} shorter than a column and not drawn; -f table lists all"
            )
            yield from wrap(text, width)
