"""Events and the states of measures over time: rows, and the lines that a drawing has of them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.measures.fold import (
    EXPIRED,
    IN_FORCE,
    NEVER,
    NOT_YET,
    PARTLY,
    REVOKED,
    SCHEDULED,
    STATES,
    SUPERSEDED,
    SUSPENDED,
    UNKNOWN,
    state_of_measure,
)
from rexctl.measures.windows import FIRST, LAST, format_instant, local_time
from rexctl.records import TIMELINE, Row, Span, Table
from rexctl.values import dates
from rexctl.values.json_text import Num
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from rexctl.measures.acts import Key
    from rexctl.measures.fold import Fold
    from rexctl.measures.spans import Span as SpanOf

    Event = Mapping[str, Any]

COLUMNS = ("start", "end", "kind", "state", "title", "id")
KEYS = (
    "id",
    "clause",
    "kind",
    "type",
    "status",
    "date",
    "state",
    "possibly",
    "start",
    "end",
    "title",
)
UNITS = ("year", "quarter", "month", "week")
COUNTED = ("day", *(state for state in STATES if state != NOT_YET), "possibly")
ENDED = (EXPIRED, REVOKED, SUPERSEDED)
# What a drawing shows of each state, in the order of its legend.
UNCERTAIN = "uncertain"
LOOKS = {
    IN_FORCE: "in force", PARTLY: "partly in force", SUSPENDED: "suspended",
    SCHEDULED: "scheduled", NEVER: "never took effect", **dict.fromkeys(ENDED, "ended"),
    UNKNOWN: UNCERTAIN,
}  # fmt: skip
# Of the default span, what is left free after the last change, so that what it leads to is seen.
_MARGIN = 0.03


class Bar(NamedTuple):
    """A time for which the state of a measure stays, in days; without a start or an end infinite.

    A day is its ordinal, an hour of it a fraction, on the clock of the measure. `look` is one of
    the values of `LOOKS`.
    """

    look: str
    start: float
    end: float


class Mark(NamedTuple):
    """The days within which an event happened: its date as written, the first, the day after the last."""

    date: str
    start: float
    end: float

    @property
    def is_exact(self) -> bool:
        """Whether the event has one day, which is not approximate or uncertain."""
        return self.end - self.start == 1 and self.date[-1] not in "~?"


class Line(NamedTuple):
    """A line of a drawing: a measure with its bars, or an event with its mark and without bars."""

    label: str
    mark: Mark | None
    bars: list[Bar]


def timeline(
    fold: Fold, events: Iterable[Event], today: date, window: dates.Window, *, clauses: bool = False
) -> Table:  # fmt: skip
    """Return a row for each event, then one for each run of a state of the measure that it is.

    :param window: the first and the last day to show; LOWEST and HIGHEST for all that there is.
    :param clauses: the runs of each clause.
    """
    by_event: dict[str, list[Key]] = {}
    for key in fold.acts.rows:
        by_event.setdefault(key.event, []).append(key)
    rows: list[Row] = []
    for event in events:
        rows.append(_event_row(event))
        keys = by_event.get(str(event["id"]), [])
        for group in [[key] for key in keys] if clauses else [keys] if keys else []:
            rows += _run_rows(fold, group)
    first, last = _bounds(window)
    shown = [row for row in rows if _is_within(row, first, last)]
    span = _span(shown, first, last, today.toordinal())
    return Table(COLUMNS, shown, kind=TIMELINE, span=span)


def _bounds(window: dates.Window) -> tuple[float, float]:
    """Return the start of the first day and the end of the last; infinite where it is open."""
    first, last = window
    return (-inf if first == dates.LOWEST else first), (inf if last == dates.HIGHEST else last + 1)


def _event_row(event: Event) -> Row:
    first, last = dates.span(event["date"])
    data = {"id": event["id"], "kind": "event", "type": event["type"], "status": event["status"],
            "date": event["date"]}  # fmt: skip
    start, end = _bounds((first, last))
    if start != -inf:
        data["start"] = date.fromordinal(first).isoformat()
    if end != inf:
        data["end"] = date.fromordinal(last).isoformat()
    data["title"] = event["title"]
    return Row(data, record=Mark(event["date"], start, end))


def _run_rows(fold: Fold, keys: Sequence[Key]) -> Iterator[Row]:
    """Yield a row for each run of a measure, made of its clauses, or of one clause."""
    part = fold.acts.rows[keys[0]]
    single = len(keys) == 1
    fields = part.fields if single else part.event
    base = {"id": part.key.event, "clause": keys[0].clause if single else "", "kind": "run",
            "type": part.event["type"]}  # fmt: skip
    for state, possibly, start, end in _runs(fold, keys):
        if state == NOT_YET and not possibly:
            continue
        data: dict[str, Any] = {**base, "state": state, "possibly": list(possibly)}
        if start != FIRST:
            data["start"] = format_instant(start, part.zone)
        if end != LAST:
            data["end"] = format_instant(end, part.zone)
        data["title"] = fields["title"]
        look = UNCERTAIN if possibly else LOOKS[state]
        bar = Bar(look, _local_day(start, part.zone), _local_day(end, part.zone))
        yield Row({key: value for key, value in data.items() if value}, record=bar)


def _runs(fold: Fold, keys: Sequence[Key]) -> Iterator[tuple[str, tuple[str, ...], int, int]]:
    """Yield the states of a measure, those that it may have instead, and from when until when."""
    starts = sorted({start for key in keys for start in fold.changes(key)})
    last: tuple[str, tuple[str, ...]] = "", ()
    begin = FIRST
    for start in starts:
        answers = [fold.state(key, start) for key in keys]
        others = dict.fromkeys(other for answer in answers for other in answer.others)
        now = state_of_measure([answer.state for answer in answers]), tuple(others)
        if now != last:
            if last[0]:
                yield *last, begin, start
            last, begin = now, start
    yield *last, begin, LAST


def _local_day(instant: int, zone: str) -> float:
    if instant in (FIRST, LAST):
        return -inf if instant == FIRST else inf
    local = local_time(instant, zone)
    return local.toordinal() + (local.hour * 60 + local.minute) / 1440


def _is_within(row: Row, first: float, last: float) -> bool:
    """Return whether something of a row is to be shown: not of what had ended before the first day."""
    time = row.record
    if time.start < first and row.data.get("state") in ENDED:
        return False
    return bool(time.start < last and first < time.end)


def _span(rows: Sequence[Row], first: float, last: float, today: int) -> Span:
    """Return the days to draw: by default from the first of the rows to the last change or today."""
    times = [row.record for row in rows]
    ends = [end for time in times for end in (time.start, time.end) if abs(end) != inf]
    if any(row.data.get("state") not in (None, *ENDED) and row.record.end == inf for row in rows):
        ends.append(today + 1.0)
    begin = min(ends, default=today) if first == -inf else first
    if last != inf:
        return Span(min(begin, last - 1), last, today)
    end = max([*ends, begin + 1])
    return Span(begin, end + max(1.0, (end - begin) * _MARGIN), today)


def days_of(events: Iterable[Event], window: dates.Window, today: int) -> dates.Window:
    """Return the days of a window, from the first event on and until today where it is open."""
    first, last = window
    days = [dates.span(event["date"])[0] for event in events] if first == dates.LOWEST else [first]
    known = [day for day in days if day != dates.LOWEST]
    return min(known, default=today), (today if last == dates.HIGHEST else last)


def stock(
    spans_on: Callable[[int], Iterable[tuple[SpanOf, Any]]], only: Collection[str], unit: str, window: dates.Window
) -> Table:  # fmt: skip
    """Return a row for each unit of time within a window: how many measures are in each state at its end.

    The last one ends with the window. `possibly` are those that may be in another state then.

    :param spans_on: returns the states at the end of a day.
    :param only: the ids of the measures that count.
    """
    day, last = window
    rows, seen = [], set[str]()
    while day <= last:
        end = min(dates.parse_point(f"this-{unit}", date.fromordinal(day))[1], last)
        spans = [span for span, _ in spans_on(end) if span.event in only]
        counts = Counter(span.state for span in spans if span.state != NOT_YET)
        counts["possibly"] = sum(bool(span.others) for span in spans)
        seen |= {name for name, number in counts.items() if number}
        numbers = {name: Num(counts[name]) for name in COUNTED[1:]}
        ended = date.fromordinal(end)
        rows.append(Row({unit: _name(unit, ended), "day": ended.isoformat(), **numbers}))
        day = end + 1
    columns = tuple(name for name in COUNTED[1:] if name in seen or name == IN_FORCE)
    return Table((unit, "day", *columns), rows, right=columns, bar=IN_FORCE)


def _name(unit: str, day: date) -> str:
    """Return the unit of time of a day as `stats --by` names it."""
    if unit == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    if unit == "quarter":
        return f"{day.year}-Q{(day.month + 2) // 3}"
    return day.isoformat()[: 4 if unit == "year" else 7]


def lines(rows: Iterable[Row]) -> tuple[list[Line], list[Line]]:
    """Return the lines of the measures and those of the other events, each in the order of the rows."""
    marks: dict[str, Line] = {}
    measures: dict[tuple[str, str], Line] = {}
    for row in rows:
        name, clause = str(row.data["id"]), str(row.data.get("clause", ""))
        label = clean_line(row.data["title"]) + (f" ({clean_line(clause)})" if clause else "")
        if isinstance(row.record, Mark):
            marks[name] = Line(label, row.record, [])
        else:
            mark = marks[name].mark if name in marks else None
            measures.setdefault((name, clause), Line(label, mark, [])).bars.append(row.record)
    with_bars = {name for name, _ in measures}
    events = [line for name, line in marks.items() if name not in with_bars]
    return list(measures.values()), events
