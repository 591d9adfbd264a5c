"""A timeline as a picture in SVG: bars that change colour with the state, events as points.

Vega-Lite draws it (altair and vl-convert-python, of the extra `report`). Heights are in pixels: a line
is as high as its label, which is wrapped and never cut.
"""

from __future__ import annotations

import importlib.util
import shlex
import sys
from datetime import date
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from rexctl.errors import EnvironmentFaultError, bad_value
from rexctl.output.axis import Tick, periods_of, ticks_of
from rexctl.output.terminal import wrap
from rexctl.records import Span
from rexctl.views.timeline import LOOKS, UNCERTAIN, lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from rexctl.output import Options
    from rexctl.records import Table
    from rexctl.views.timeline import Line, Mark

_PACKAGES = ("altair", "vl-convert-python")
_MAX_LINES = 400  # a longer picture can be neither read nor printed
_EVENT, _SOME_DAY = "event, or the date of a measure", "event on these days, or one of them"
_ACT, _LATER = "act that changes a measure", "lighter: computed, after the log's newest event"
# In pixels, but for the columns of a label.
_WIDTH, _LABEL_COLUMNS = 640, 80
_BAR, _GAP, _HEADING, _LEADING, _FONT_SIZE, _SAMPLE = 13.0, 6.0, 26.0, 13.0, 11, 16.0
_LIGHTER = 0.45  # the opacity of what is computed and not recorded
_SHAPES = {_EVENT: "diamond", "threat": "triangle-up", "plan": "square", _ACT: "circle"}
_CHARACTER = 6.2  # of a character, about
_FONT = "Helvetica, Arial, sans-serif"


class _Colors(NamedTuple):
    """The colours of a picture; `states` has those of bars."""

    background: str
    text: str
    faint: str
    grid: str
    today: str
    states: dict[str, str]


# The states differ in lightness and in height too: they are told apart on paper without colours.
_LIGHT = _Colors(
    "#ffffff", "#1f2328", "#59636e", "#e4e7eb", "#cf222e",
    {"in force": "#0b5394", "partly in force": "#6fa8dc", "suspended": "#f1b434",
     "scheduled": "#8c959f", "never took effect": "#d9705f", "ended": "#c4c9d0",
     UNCERTAIN: "#a48fd0"},
)  # fmt: skip
_DARK = _Colors(
    "#161b22", "#e6edf3", "#9aa4af", "#2b323b", "#ff7b72",
    {"in force": "#8ecbff", "partly in force": "#3d7fc4", "suspended": "#b3820f",
     "scheduled": "#8b949e", "never took effect": "#b8544a", "ended": "#4a545f",
     UNCERTAIN: "#8a74bf"},
)  # fmt: skip
# The part of the height of a bar that a state takes, from the top: what applies is thick.
_HEIGHTS = {"in force": (0.0, 1.0), "partly in force": (0.5, 1.0), "suspended": (0.0, 1.0),
            "scheduled": (0.4, 0.6), "never took effect": (0.3, 0.7), "ended": (0.44, 0.56),
            UNCERTAIN: (0.2, 0.8)}  # fmt: skip


def write(table: Table, out: TextIO, options: Options) -> None:
    """Write the picture as SVG. Raises EnvironmentFaultError and UsageError as `picture` does."""
    picture(table, options).save(out, format="svg")


def picture(table: Table, options: Options) -> Any:
    """Return the chart of a timeline.

    Raises EnvironmentFaultError where altair or vl-convert is not installed, and UsageError for
    more lines than a picture may have.
    """
    try:
        import altair
        import vl_convert  # noqa: F401 - altair imports it when the chart is saved
    except ImportError:
        raise EnvironmentFaultError(
            "a picture needs altair and vl-convert-python, the extra `report`", _install_line()
        ) from None
    measures, events = lines(table)
    if (count := len(measures) + len(events)) > _MAX_LINES:
        raise bad_value(f"{count} lines", f"are too many for a picture, which has at most {_MAX_LINES}",
                        "narrow the query, or --since and --until")  # fmt: skip
    colors = _DARK if options.dark else _LIGHT
    drawing = _Picture(altair, table.span or Span(0, 1, 0, 0), colors)
    return drawing.chart(measures, events, "; ".join(table.heading))


def _install_line() -> str:
    """Return the command that installs the packages where this Python finds them."""
    has_pip = importlib.util.find_spec("pip") is not None
    pip = [sys.executable, "-m", "pip"] if has_pip else [
        "python3", "-m", "pip", "--python", sys.prefix]  # fmt: skip
    return shlex.join([*pip, "install", *_PACKAGES])


def _wrap_evenly(text: str) -> list[str]:
    """Return the text in as few lines as it needs, and these as narrow as they can be."""
    number = len(wrap(text, _LABEL_COLUMNS))
    widths = range(_LABEL_COLUMNS // 2, _LABEL_COLUMNS)
    return wrap(text, next((w for w in widths if len(wrap(text, w)) == number), _LABEL_COLUMNS))


class _Picture:
    """The marks of a picture, in pixels. Each line is below the one before it; `height` is that of all."""

    def __init__(self, altair: Any, span: Span, colors: _Colors) -> None:
        self.alt, self.span, self.colors = altair, span, colors
        self.height = 0.0
        self.rules: list[dict[str, Any]] = []
        self.bars: list[dict[str, Any]] = []
        self.spans: list[dict[str, Any]] = []
        self.points: list[dict[str, Any]] = []
        self.texts: list[dict[str, Any]] = []

    def chart(self, measures: Sequence[Line], events: Sequence[Line], heading: str) -> Any:
        """Return the chart of these lines."""
        for title, some in (("Measures", measures), ("Events", events)):
            if some:
                self._place_label([title], _HEADING, weight="bold")
            for line in some:
                self._place(line)
        self._place_axis()
        self._place_legend({bar.look for line in measures for bar in line.bars})
        self._add_text(-12, -11 - 2 * _LEADING, heading, "right", weight="bold")
        return self.alt.layer(*self._layers()).properties(
            width=_WIDTH, height=self.height, padding=12, background=self.colors.background,
            description=f"A timeline of {len(measures)} measures and {len(events)} other events",
        ).configure(font=_FONT).configure_view(stroke=None)  # fmt: skip

    def _x(self, day: float) -> float:
        """Return the pixel of an instant; of one outside of the span its border."""
        first, last = self.span[:2]
        return (min(max(day, first), last) - first) / (last - first) * _WIDTH

    def _place(self, line: Line) -> None:
        """Add what a line draws."""
        label = _wrap_evenly(line.label)
        middle = self._place_label(label, max(len(label) * _LEADING, _BAR) + _GAP)
        for bar in line.bars:
            now = min(max(bar.start, self.span.newest + 1.0), bar.end)
            self._add_bar(self._x(bar.start), self._x(now), middle, bar.look)
            self._add_bar(self._x(now), self._x(bar.end), middle, bar.look, opacity=_LIGHTER)
        for day in line.changes:
            if self.span.first <= day < self.span.last:
                self._add_point(self._x(day), middle, "circle")
        if line.mark:
            self._place_mark(line.mark, middle, dated=not line.bars)

    def _place_label(self, text: Sequence[str], height: float, weight: str = "normal") -> float:
        """Add the lines of a label at the left, and return the middle of the line of the picture."""
        middle = self.height + height / 2
        self.height += height
        first = middle - (len(text) - 1) / 2 * _LEADING
        for n, line in enumerate(text):
            self._add_text(-12, first + n * _LEADING, line, "right", weight=weight)
        return middle

    def _place_mark(self, mark: Mark, middle: float, *, dated: bool) -> None:
        """Add the mark of an event, and its date where there is room beside it."""
        start, end = self._x(mark.start), self._x(mark.end)
        if start == end:  # of a measure that was announced before the first day
            return
        if mark.is_exact:
            start = end = (start + end) / 2
            self._add_point(start, middle, _SHAPES.get(mark.kind, "diamond"))
        else:
            self.spans.append({"x": start, "x2": end, "y": middle})
            if mark.start < self.span.first:
                self._add_point(start, middle, "triangle-left")
            if mark.end > self.span.last:
                self._add_point(end, middle, "triangle-right")
        width = len(mark.date) * _CHARACTER
        if dated and end + _GAP + width < _WIDTH:
            self._add_text(end + _GAP, middle, mark.date, "left", self.colors.faint)
        elif dated and start - _GAP - width > 0:
            self._add_text(start - _GAP, middle, mark.date, "right", self.colors.faint)
        elif dated:  # it takes nearly the whole axis
            self._add_text((start + end) / 2, middle, mark.date, "center", self.colors.faint)

    def _place_axis(self) -> None:
        """Add a line at each tick and at today, and their labels above and below."""
        ticks = ticks_of(self.span, _WIDTH / _CHARACTER)
        for tick in ticks:
            self._add_rule(tick.day, self.colors.grid)
        for row, labels in enumerate((ticks, periods_of(self.span, ticks))):
            for tick, following in zip(labels, [*labels[1:], Tick(inf, "")], strict=True):
                x, room = self._x(tick.day), (len(tick.label) + 1) * _CHARACTER
                if following.day == inf or self._x(following.day) - x > room:
                    for y in (-11 - row * _LEADING, self.height + 11 + row * _LEADING):
                        self._add_text(x, y, tick.label, "left", self.colors.faint)
        if self.span.first <= self.span.today < self.span.last:
            today = self.span.today + 0.5
            self._add_rule(today, self.colors.today)
            align = "left" if self._x(today) < _WIDTH / 2 else "right"
            text = f"today, {date.fromordinal(self.span.today)}"
            self._add_text(self._x(today), -11 - 2 * _LEADING, text, align, self.colors.today)

    def _place_legend(self, looks: Collection[str]) -> None:
        """Add what these states and the marks mean, in rows below the axis."""
        items = [look for look in dict.fromkeys(LOOKS.values()) if look in looks]
        shapes = {point["shape"] for point in self.points}
        items += [name for name, shape in _SHAPES.items() if shape in shapes]
        items += [_SOME_DAY] if self.spans else []
        items += [_LATER] if any(bar["opacity"] < 1 for bar in self.bars) else []
        x, y = 0.0, self.height + 52
        for item in items:
            width = _SAMPLE + 6 + len(item) * _CHARACTER
            if x + width > _WIDTH:
                x, y = 0.0, y + 1.5 * _LEADING
            if item in _SHAPES:
                self._add_point(x + _SAMPLE / 2, y, _SHAPES[item])
            elif item == _SOME_DAY:
                self.spans.append({"x": x + 2, "x2": x + _SAMPLE - 2, "y": y})
            elif item == _LATER:
                self._add_bar(x, x + _SAMPLE, y, "in force", opacity=_LIGHTER)
            else:
                self._add_bar(x, x + _SAMPLE, y, item)
            self._add_text(x + _SAMPLE + 6, y, item, "left")
            x += width + 18

    def _add_bar(
        self, start: float, end: float, middle: float, look: str, opacity: float = 1
    ) -> None:  # fmt: skip
        top, bottom = ((part - 0.5) * _BAR + middle for part in _HEIGHTS[look])
        color = self.colors.states[look]
        if start < end:
            self.bars.append({"x": start, "x2": end, "y": top, "y2": bottom, "color": color,
                              "opacity": opacity})  # fmt: skip

    def _add_point(self, x: float, y: float, shape: str) -> None:
        self.points.append({"x": x, "y": y, "shape": shape})

    def _add_rule(self, day: float, color: str) -> None:
        self.rules.append({"x": self._x(day), "y": -4, "y2": self.height + 4, "color": color})

    def _add_text(
        self, x: float, y: float, text: str, align: str, color: str = "", weight: str = "normal"
    ) -> None:  # fmt: skip
        self.texts.append({"x": x, "y": y, "text": text, "align": align, "weight": weight,
                           "color": color or self.colors.text})  # fmt: skip

    def _layers(self) -> Iterator[Any]:
        """Yield the layers, the lowest first."""
        alt, ink, paper = self.alt, self.colors.text, self.colors.background

        def pixels(channel: str, field: str) -> Any:
            return getattr(alt, channel)(f"{field}:Q", scale=None, axis=None)

        def own(channel: str, field: str) -> Any:
            return getattr(alt, channel)(f"{field}:N", scale=None)

        def layer(items: list[dict[str, Any]], mark: str, *channels: Any, **style: Any) -> Any:
            chart = alt.Chart(alt.Data(values=items))
            draw = getattr(chart, f"mark_{mark}")(**style, opacity=1)
            return draw.encode(pixels("X", "x"), pixels("Y", "y"), *channels)

        until, below = alt.X2("x2:Q"), alt.Y2("y2:Q")
        yield layer(self.rules, "rule", below, own("Color", "color"))
        lighter = alt.Opacity("opacity:Q", scale=None)
        yield layer(self.bars, "rect", until, below, own("Fill", "color"), lighter)
        for color, width in ((ink, 8), (paper, 5.6)):  # an empty bar with round ends
            line = {"color": color, "strokeWidth": width, "strokeCap": "round"}
            yield layer(self.spans, "rule", until, **line)
        point = {"size": 80, "fill": ink, "stroke": paper, "strokeWidth": 1.2}
        yield layer(self.points, "point", own("Shape", "shape"), **point)
        label = {"baseline": "middle", "fontSize": _FONT_SIZE, "align": alt.expr("datum.align"),
                 "fontWeight": alt.expr("datum.weight")}  # fmt: skip
        text = alt.Text("text:N")
        # A text is readable over the lines of the axis, as it has a border of the background.
        border = {"aria": False, "stroke": paper, "strokeWidth": 3, "strokeJoin": "round"}
        yield layer(self.texts, "text", text, **label, **border)
        yield layer(self.texts, "text", text, own("Color", "color"), **label)
