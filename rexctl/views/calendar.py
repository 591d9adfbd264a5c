"""What changes or comes due in a span of days: states, rates, deadlines, plans, reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.measures.fold import NOT_YET
from rexctl.measures.terms import terms_at
from rexctl.measures.windows import FIRST, LAST, format_instant, local_time
from rexctl.records import Row, Table
from rexctl.values import dates
from rexctl.views import outcomes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from rexctl.measures.acts import Key
    from rexctl.measures.fold import Fold

    Entry = tuple[int, dict[str, Any]]

COLUMNS = ("date", "days_left", "what", "title", "id")
# Fields of an event that are days to watch, with what is due on them.
_DUE = {"deadline": "deadline", "review_by": "review", "due": "next stage due"}


def calendar(
    fold: Fold, events: Iterable[Mapping[str, Any]], settled: Collection[str], today: date,
    first: int, last: int,
) -> Table:  # fmt: skip
    """Return a row for each entry from the day `first` to `last`, both ordinals, in order.

    :param events: the events whose plans, deadlines and reviews are shown; their measures' changes too.
    :param settled: the ids of plans and threats that something has carried out or called off.
    """
    entries: list[Entry] = []
    by_event: dict[str, list[Key]] = {}
    for key in fold.acts.rows:
        by_event.setdefault(key.event, []).append(key)
    for event in events:
        entries += _due(event, settled)
        for key in by_event.get(str(event["id"]), ()):
            entries += _changes(fold, key)
    chosen = [entry for entry in entries if first <= entry[0] <= last]
    chosen.sort(key=lambda entry: (entry[0], entry[1]["id"], entry[1].get("clause", "")))
    rows = [Row({**row, "days_left": day - today.toordinal()}) for day, row in chosen]
    return Table(COLUMNS, rows, right=("days_left",))


def _due(event: Mapping[str, Any], settled: Collection[str]) -> Iterator[Entry]:
    """Yield the days that an event names: a plan, a deadline, a commitment, a review."""
    name, title = str(event["id"]), str(event["title"])

    def entry(text: str, what: str) -> Entry:
        return dates.span(text)[1], {"id": name, "date": text, "what": what, "title": title}

    for one in outcomes.pending(event):
        if one.due and one.kind != "threat" and one.key not in settled:
            plan = f"{event['status']} {event['type']}"
            yield entry(
                one.due,
                plan if one.kind == "plan" else f"commitment {one.key[len(name) + 1 :]} due",
            )
    for field, what in _DUE.items():
        if field in event and (field != "deadline" or name not in settled):
            yield entry(event[field], what)


def _changes(fold: Fold, key: Key) -> Iterator[Entry]:
    """Yield the changes of a row's state, and of its rates while its state stays."""
    part = fold.acts.rows[key]
    runs = fold.runs(key)
    starts = {run.start: run for run in runs if run.start != FIRST}
    title = str(part.fields.get("title", part.event["title"]))
    base: dict[str, Any] = {"id": key.event, "title": title}
    if key.clause:
        base["clause"] = key.clause
    instants = {one for other in fold.parts_over(key) for one in other.window.bounds(long=False)}
    for instant in sorted((instants | starts.keys()) - {FIRST, LAST}):
        run = starts.get(instant)
        if run is not None and run.state == NOT_YET:
            continue
        what = run.state if run is not None else _rate_change(fold, key, instant)
        if what:
            when = format_instant(instant, part.zone)
            yield local_time(instant, part.zone).toordinal(), {**base, "date": when, "what": what}


def _rate_change(fold: Fold, key: Key, instant: int) -> str:
    """Return what a rate becomes at an instant, or an empty text where none changes."""
    before = terms_at(fold, key, instant - 1).get("rates")
    after = terms_at(fold, key, instant).get("rates")
    if before == after or not after:
        return ""
    return "rate " + ", ".join(f"{rate['value']} {rate['unit']}" for rate in after)
