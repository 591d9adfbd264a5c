"""Events and the states of measures over time: rows, and the lines that a drawing has of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from datetime import date
from itertools import groupby
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.measures import spans as measures
from rexctl.measures.fold import EXPIRED, IN_FORCE, NOT_YET, REVOKED, STATES, SUPERSEDED, UNKNOWN
from rexctl.measures.windows import FIRST, LAST, format_instant, local_time
from rexctl.records import TIMELINE, Row, Span, Table
from rexctl.values import dates
from rexctl.values.json_text import Num
from rexctl.values.safe_text import clean_line
from rexctl.views import outcomes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from rexctl.measures.acts import Key, Part
    from rexctl.measures.fold import Fold

    Event = Mapping[str, Any]

COLUMNS = ("start", "end", "kind", "state", "by", "title", "id")
KEYS = ("id", "clause", "kind", "type", "status", "date", "state", "possibly", "start", "end", "by",
        "title")  # fmt: skip
UNITS = ("year", "quarter", "month", "week")
COUNTED = ("day", *(state for state in STATES if state != NOT_YET), "possibly")
ENDED = (EXPIRED, REVOKED, SUPERSEDED)
# What a drawing shows of each state, in the order of its legend.
UNCERTAIN = "uncertain"
LOOKS = {state: state.replace("-", " ") for state in STATES if state != NOT_YET}
LOOKS |= {**dict.fromkeys(ENDED, "ended"), UNKNOWN: UNCERTAIN}
# Of the default span, what is left free after the last change, so that what it leads to is seen.
_MARGIN = 0.03


class Bar(NamedTuple):
    """A time for which the state of a measure stays, in days; without a start or an end infinite.

    A day is its ordinal, an hour of it a fraction, on the clock of the measure. `look` is one of
    the values of `LOOKS`; of an act, which has no end, its id.
    """

    look: str
    start: float
    end: float


class Mark(NamedTuple):
    """The days within which an event happened: its date as written, the first, the day after the last.

    `kind` is `threat` or `plan` for what was still to come, else `event`.
    """

    date: str
    start: float
    end: float
    kind: str

    @property
    def is_exact(self) -> bool:
        """Whether the event has one day, which is not approximate or uncertain."""
        return self.end - self.start == 1 and self.date[-1] not in "~?"


class Line(NamedTuple):
    """A line of a drawing: a measure with its bars, or an event with its mark and without bars.

    `id` is the id of the event, or its shortest unique beginning; `changes` are the days on which
    acts change the measure.
    """

    label: str
    id: str
    mark: Mark | None
    bars: list[Bar]
    changes: list[float]


def timeline(
    fold: Fold, events: Iterable[Event], today: date, window: dates.Window, *, clauses: bool = False,
    newest: int = 0,
) -> Table:  # fmt: skip
    """Return a row for each event, then of a measure one for each run of a state and each act on it.

    :param window: the first and the last day to show; LOWEST and HIGHEST for all that there is.
    :param clauses: the runs of each clause.
    :param newest: the day of the newest event of the log, if that is before today.
    """
    by_event = fold.acts.rows_by_event()
    rows: list[Row] = []
    for event in events:
        rows.append(_event_row(event))
        keys = by_event.get(str(event["id"]), [])
        for group in [[key] for key in keys] if clauses else [keys] if keys else []:
            rows += _measure_rows(fold, group)
    first, last = _bounds(window)
    visible_rows = [row for row in rows if _is_within(row, first, last)]
    day = today.toordinal()
    span = _span(visible_rows, Span(first, last, day, newest or day))
    return Table(COLUMNS, visible_rows, kind=TIMELINE, span=span)


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
    kinds = [one.kind for one in outcomes.pending(event) if one.kind != "commitment"]
    return Row(data, record=Mark(event["date"], start, end, kinds[0] if kinds else "event"))


def _measure_rows(fold: Fold, keys: Sequence[Key]) -> Iterator[Row]:
    """Yield a row for each run of a measure, made of its clauses, or of one clause, then for each act on it."""
    part = fold.acts.rows[keys[0]]
    fields, clause = (part.fields, keys[0].clause) if len(keys) == 1 else (part.event, "")
    spans = measures.spans_of_row(fold, keys, measures.ALONE)
    for (state, others), run in groupby(spans, key=lambda span: (span.state, span.possibly)):
        if state == NOT_YET and not others:
            continue
        times = [(span.start, span.end) for span in run]
        look = UNCERTAIN if others else LOOKS[state]
        yield _measure_row(
            part, clause, look, times[0][0], times[-1][1], kind="run", type=part.event["type"],
            state=state, possibly=others.split(",") if others else [], title=fields["title"],
        )  # fmt: skip
    acts = {(layer.part.window.bounds(long=False)[0], layer.part.key.event): layer.part.event
            for key in keys for layer in fold.layers_over(key)}  # fmt: skip
    for start, name in sorted(acts):
        act = acts[start, name]
        yield _measure_row(part, clause, name, start, start, kind="act", type=act["type"], by=name,
                           title=act["title"])  # fmt: skip


def _measure_row(part: Part, clause: str, look: str, start: int, end: int, **data: Any) -> Row:
    """Return a row of a measure between two instants, which are the same for an act."""
    data |= {"id": part.key.event, "clause": clause}
    data |= {"start": format_instant(start, part.zone)} if start != FIRST else {}
    data |= {"end": format_instant(end, part.zone)} if end not in (start, LAST) else {}
    bar = Bar(look, _local_day(start, part.zone), _local_day(end, part.zone))
    return Row({key: data[key] for key in KEYS if data.get(key)}, record=bar)


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


def _span(rows: Sequence[Row], span: Span) -> Span:
    """Return the days to draw: by default from the first of the rows to the last change or today."""
    times = [row.record for row in rows]
    ends = [end for time in times for end in (time.start, time.end) if abs(end) != inf]
    if any(row.data.get("state") not in (None, *ENDED) and row.record.end == inf for row in rows):
        ends.append(span.today + 1.0)
    begin = min(ends, default=span.today) if span.first == -inf else span.first
    if span.last != inf:
        return span._replace(first=min(begin, span.last - 1))
    end = max([*ends, begin + 1])
    return span._replace(first=begin, last=end + max(1.0, (end - begin) * _MARGIN))


def days_of(events: Iterable[Event], window: dates.Window, today: int) -> dates.Window:
    """Return the days of a window, from the first event on and until today where it is open."""
    first, last = window
    days = [dates.span(event["date"])[0] for event in events] if first == dates.LOWEST else [first]
    known = [day for day in days if day != dates.LOWEST]
    return min(known, default=today), (today if last == dates.HIGHEST else last)


def stock(
    spans: Iterable[measures.Span], only: Collection[str], unit: str, window: dates.Window
) -> Table:
    """Return a row for each unit of time within a window: how many measures are in each state at its end.

    The last one ends with the window, which the heading says. `possibly` are those that may be in another state then.

    :param spans: those of measures, or of their clauses.
    :param only: the ids of the measures that count.
    """
    day, last = window
    ends = []
    while day <= last:
        end = dates.parse_point(f"this-{unit}", date.fromordinal(day))[1]
        ends.append(min(end, last))
        day = end + 1
    counts = [Counter[str]() for _ in ends]
    for span in spans:
        if span.event in only and (span.state != NOT_YET or span.possibly):
            for one in counts[bisect_left(ends, span.low) : bisect_left(ends, span.high)]:
                one[span.state] += 1
                one["possibly"] += bool(span.possibly)
    rows = []
    for each, count in zip(map(date.fromordinal, ends), counts, strict=True):
        numbers = {name: Num(count[name]) for name in COUNTED[1:]}
        rows.append(Row({unit: _name(unit, each), "day": each.isoformat(), **numbers}))
    states = {IN_FORCE, *(name for count in counts for name, number in count.items() if number)}
    columns = tuple(name for name in COUNTED[1:] if name in states)
    until = [f"{row.data[unit]} is counted at the end of {row.data['day']}" for row in rows[-1:]]
    heading = tuple(until) if day > last + 1 else ()
    return Table((unit, *columns), rows, right=columns, bar=IN_FORCE, heading=heading)


def _name(unit: str, day: date) -> str:
    """Return the unit of time of a day as `stats --by` names it."""
    if unit == "quarter":
        return f"{day.year}-Q{(day.month + 2) // 3}"
    return day.strftime({"year": "%Y", "month": "%Y-%m", "week": "%G-W%V"}[unit])


def lines(table: Table) -> tuple[list[Line], list[Line]]:
    """Return the lines of the measures and those of the other events, each in the order of the rows.

    An act that changes one of the measures alone has its line below it. Labels are the columns that were
    chosen, else titles.
    """
    marks: dict[str, Line] = {}
    measures: dict[tuple[str, str], Line] = {}
    changed: dict[str, set[tuple[str, str]]] = {}
    shorten = table.shorten or str
    for row in table.rows:
        name, clause = str(row.data["id"]), str(row.data.get("clause", ""))
        short = shorten(name)
        texts = {**row.data, "id": short if short == name else f"{short}…"}
        columns = table.columns if table.chosen else ("title",)
        words = [str(texts.get(column, "")) for column in columns]
        words += [f"({clause})"] if clause else []
        label = clean_line(" ".join(filter(None, words)))
        line = Line(label, texts["id"], None, [], [])
        if row.data["kind"] == "event":
            marks[name] = line._replace(mark=row.record)
        elif row.data["kind"] == "run":
            mark = marks[name].mark if name in marks else None
            measures.setdefault((name, clause), line._replace(mark=mark)).bars.append(row.record)
        elif (name, clause) in measures:
            measures[name, clause].changes.append(row.record.start)
            changed.setdefault(row.data["by"], set()).add((name, clause))
    below = {act: next(iter(some)) for act, some in changed.items() if len(some) == 1}
    with_bars = {name for name, _ in measures}
    every = []
    for key, line in measures.items():
        every.append(line)
        every += [acting._replace(label=f"└ {acting.label}") for act, acting in marks.items()
                  if below.get(act) == key and act not in with_bars]  # fmt: skip
    events = [line for name, line in marks.items() if name not in with_bars and name not in below]
    return every, events
