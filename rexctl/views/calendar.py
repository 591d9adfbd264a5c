"""What changes or comes due in a span of days: states, rates, deadlines, plans, reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.measures.fold import IN_FORCE, NOT_YET
from rexctl.measures.terms import describe_rate, terms_at
from rexctl.measures.windows import FIRST, LAST, format_instant, local_time
from rexctl.records import Row, Table
from rexctl.values import dates
from rexctl.views import outcomes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from rexctl.measures.acts import Key
    from rexctl.measures.fold import Fold

    Entry = tuple[int, int, dict[str, Any]]  # its first and last possible day, and its row

COLUMNS = ("date", "days_left", "what", "title", "id", "clause")
# Fields of an event that are days to watch, with what is due on them.
_DUE = {"deadline": "deadline", "review_by": "review", "due": "next stage due"}


def calendar(
    fold: Fold, events: Iterable[Mapping[str, Any]], settled: Collection[str], today: date,
    first: int, last: int,
) -> Table:  # fmt: skip
    """Return a row for each entry from the day `first` to `last`, both ordinals, in order.

    An entry of an imprecise date is there where it may be within these days; its days left are
    those to the last day that it may be.

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
    chosen = [entry for entry in entries if first <= entry[1] and entry[0] <= last]
    chosen.sort(key=lambda one: (one[1], one[2]["date"], one[2]["id"], one[2].get("clause", "")))
    rows = [Row({**row, "days_left": day - today.toordinal()}) for _, day, row in chosen]
    return Table(COLUMNS, rows, right=("days_left",))


def _due(event: Mapping[str, Any], settled: Collection[str]) -> Iterator[Entry]:
    """Yield the days that an event names: a plan, a deadline, a commitment, a review, a start to come."""
    name = str(event["id"])

    def entry(text: str, what: str, title: str = str(event["title"])) -> Entry:
        return *dates.span(text), {"id": name, "date": text, "what": what, "title": title}

    for one in outcomes.pending(event):
        if one.key in settled:
            continue
        if one.kind == "commitment" and one.due:
            commitment = event["commitments"][one.loc[1]]
            yield entry(one.due, f"commitment {commitment['id']} due", commitment["what"].strip())
        elif one.kind == "plan" and one.due:
            yield entry(one.due, f"{event['status']} {event['type']}")
        if one.kind != "commitment" and "from" in event.get("effective", {}):
            yield entry(event["effective"]["from"], f"{event['status']} start")
    for field, what in _DUE.items():
        if field in event and (field != "deadline" or name not in settled):
            yield entry(event[field], what)


def _changes(fold: Fold, key: Key) -> Iterator[Entry]:
    """Yield the changes of a row's state, and of its rates while it is in force."""
    part = fold.acts.rows[key]
    starts = {run.start: run for run in fold.runs(key) if run.start != FIRST}
    title = str(part.fields.get("title", part.event["title"]))
    base: dict[str, Any] = {"id": key.event, "title": title}
    if key.clause:
        base["clause"] = key.clause
    spans = _spans(fold, key)
    for instant in sorted((spans.keys() | starts.keys()) - {FIRST, LAST}):
        run = starts.get(instant)
        what = run.state if run is not None else _rate_change(fold, key, instant)
        if what and what != NOT_YET:
            low, high = spans.get(instant, (instant, instant))
            days = [local_time(one, part.zone).toordinal() for one in (low, high)]
            when = "/".join(dict.fromkeys(format_instant(one, part.zone) for one in (low, high)))
            yield days[0], days[1], {**base, "date": when, "what": what}


def _spans(fold: Fold, key: Key) -> dict[int, tuple[int, int]]:
    """Return the instants at which windows over a row begin or end, with the bounds of each.

    The windows are as short as they may be: they begin at the last of two bounds and end at the first.
    """
    spans: dict[int, tuple[int, int]] = {}
    for part in fold.parts_over(key):
        for number, bounds in enumerate((part.window.start, part.window.end)):
            if bounds is not None and FIRST not in bounds and LAST not in bounds:
                spans[bounds[1 - number]] = bounds
    return spans


def _rate_change(fold: Fold, key: Key, instant: int) -> str:
    """Return what the rate of a row in force becomes at an instant; empty where it stays."""
    if fold.state(key, instant).state != IN_FORCE:
        return ""
    before = terms_at(fold, key, instant - 1).get("rates")
    after = terms_at(fold, key, instant).get("rates")
    if before == after or not after:
        return ""
    return "rate " + ", ".join(map(describe_rate, after))
