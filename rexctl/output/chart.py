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
from rexctl.views.timeline import LOOKS, UNCERTAIN, Bar, Line, lines

# Of each state; the names are those of its style too.
_SIGNS = {
    "in force": "█", "partly in force": "▄", "suspended": "░", "scheduled": "┄",
    "never took effect": "×", "ended": "·", UNCERTAIN: "?",
}  # fmt: skip
_EXACT = {"event": "◆", "threat": "▲", "plan": "■"}
_IMPRECISE, _CHANGE, _TODAY, _TODAY_ON_AXIS, _NEWEST = "◇", "●", "│", "▼", "▽"
_SOME_DAY = "event on these days, or one of them"
_ACT = "act that changes a measure"
_GAP, _MIN_LABEL, _MIN_CHART, _MAX_NAME = 2, 12, 12, 30


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write what the signs mean, then the measures and the events, each below an axis."""
    measures, events = lines(table)
    if table.span is None or not (measures or events):
        return
    chart = _Chart(table.span, [*measures, *events], options)
    drawn = [line for title, some in (("Measures", measures), ("Events", events)) if some
             for line in chart.section(title, some)]  # fmt: skip
    for line in (*chart.legend(), "", *drawn):
        out.write(f"{line.rstrip()}\n")


class _Chart:
    """The scale from days to columns, and which signs were drawn."""

    def __init__(self, span: Span, every: Sequence[Line], options: Options) -> None:
        self.span, self.color = span, options.color
        room = max(_MIN_LABEL, (options.width or 200) * 2 // 5)
        self.label = min(room, max(text_width(line.label) for line in every))
        self.columns = max(_MIN_CHART, (options.width or 200) - self.label - _GAP)
        self.used: dict[str, str] = {}  # signs by what they mean
        self.not_drawn: list[str] = []
        self.today, self.newest = map(self.column, (span.today, span.newest))

    def column(self, day: int) -> int:
        """Return the column of a day; -1 where the span does not have it."""
        within = self.span.first <= day < self.span.last
        return min(int(self.place(day + 0.5)), self.columns - 1) if within else -1

    def place(self, day: float) -> float:
        """Return the column of an instant, as a fraction; of one outside of the span its border."""
        first, last = self.span[:2]
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
        for column, sign in ((self.newest, _NEWEST), (self.today, _TODAY_ON_AXIS)):
            if column >= 0:
                line[column] = sign
        heading = style(pad(title, self.label + _GAP), "strong", self.color)
        yield heading + style("".join(line), "faint", self.color)
        for one in some:
            cells = self.bar_cells(one) if one.bars else self.mark_cells(one)
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

    def bar_cells(self, line: Line) -> list[tuple[str, str]]:
        """Return the sign and the style of each column of a measure: acts where its state stays."""
        bars = line.bars
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
                    self.not_drawn.append(_describe(bars[n], line.label))
        looks = [bars[n].look if n >= 0 else "" for n in owner]
        self.used |= {look: _SIGNS[look] for look in looks if look}
        later = self.newest if self.span.newest < self.span.last else self.columns
        cells = [(_SIGNS.get(look, " "), look + ("+faint" if look and n > later else ""))
                 for n, look in enumerate(looks)]  # fmt: skip
        for day in line.changes:
            column = int(self.place(day))
            if (
                self.span.first <= day < self.span.last
                and looks[column - 1 : column + 2] == looks[column : column + 1] * 3
            ):
                cells[column] = self._use(_ACT, _CHANGE), "event"
        return cells

    def mark_cells(self, line: Line) -> list[tuple[str, str]]:
        """Return the sign and the style of each column of an event, its date or id beside the mark."""
        cells, mark = [(" ", "")] * self.columns, line.mark
        if mark is None:
            return cells
        start, end = self.place(mark.start), self.place(mark.end)
        if mark.is_exact:
            first = last = min(int((start + end) / 2), self.columns - 1)
            signs = self._use(mark.kind, _EXACT[mark.kind])
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
        # After the mark, before it or within it. The id of most events begins with the date.
        places = [
            (self.columns - last - 2, last + 2),
            (first - 1, 0),
            (last - first - 3, first + 2),
        ]
        texts = [f"{mark.date} {line.id}", mark.date, _short_range(mark.date)]
        if line.id.startswith(mark.date):
            texts[:1] = [line.id]
        room, at, text = next(((*place, text) for text in texts for place in places
                               if place[0] >= len(text)), (0, 0, ""))  # fmt: skip
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
        order = [*dict.fromkeys(LOOKS.values()), _ACT, *_EXACT, _SOME_DAY]
        items = [(self.used[look], look) for look in order if look in self.used]
        if self.newest not in (-1, self.today):
            day = date.fromordinal(self.span.newest)
            items.append((_NEWEST, f"newest event of the log, {day}: what follows is computed"))
        if self.today >= 0:
            items.append((_TODAY_ON_AXIS, f"today, {date.fromordinal(self.span.today)}"))
        width, line, used = self.label + _GAP + self.columns, "", 0
        for sign, meaning in items:
            head, *rest = wrap(meaning, width - 2)
            size = len(sign) + 1 + len(head)
            if used and used + 3 + size > width:
                yield line
                line, used = "", 0
            shown = style(sign, meaning if meaning in _SIGNS else "event", self.color)
            line, used = (
                line + ("   " if used else "") + f"{shown} {head}",
                used + 3 * bool(used) + size,
            )
            for further in rest:
                yield line
                line, used = f"  {further}", 2 + len(further)
        yield line
        if self.not_drawn:
            yield from wrap(
                f"not drawn, being shorter than a column: {', '.join(self.not_drawn)}", width
            )


def _describe(bar: Bar, label: str) -> str:
    """Return a state with its days and its measure: `in force 2025-04-05 to 2025-04-09 (A duty)`."""
    days = dict.fromkeys(str(date.fromordinal(int(day))) for day in (bar.start, bar.end))
    return f"{bar.look} {' to '.join(days)} ({cut(label, _MAX_NAME)})"


def _short_range(text: str) -> str:
    """Return a range of days without what its end repeats, `2025-10-13/18`; of others the beginning."""
    first, slash, last = text.partition("/")
    start = first
    if ".." not in (first, last) and first.count("-") != last.count("-") and slash:
        return f"{first}/…"
    while "-" in last and first.partition("-")[0] == last.partition("-")[0]:
        first, last = first.partition("-")[2], last.partition("-")[2]
    return f"{start}{slash}{last}"
