"""What changes or comes due in a span of days: states, rates, deadlines, plans, reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.measures.fold import IN_FORCE, NEVER, NOT_YET, SCHEDULED, SUSPENDED
from rexctl.measures.terms import active_layers, describe_rate, terms_at
from rexctl.measures.windows import FIRST, LAST, format_instant, instant_of, local_time
from rexctl.records import Row, Table
from rexctl.values import dates
from rexctl.views import outcomes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import date

    from rexctl.measures.acts import Key
    from rexctl.measures.fold import Fold

    Entry = tuple[int, int, dict[str, Any]]  # its first and last possible day, and its row

COLUMNS = ("date", "days_left", "what", "rate", "until", "by", "end_of", "title", "id", "clause")
# Of a table for a person, in which `what` says the rate, the end and the acts too.
_COLUMNS = ("date", "days_left", "what", "title", "id")
# Fields of an event that are days to watch, with what is due on them.
_DUE = {"deadline": "deadline", "review_by": "review", "due": "next stage due"}


def calendar(
    fold: Fold, only: Collection[str] | None, events: Iterable[Mapping[str, Any]],
    settled: Collection[str], today: date, window: dates.Window,
) -> Table:  # fmt: skip
    """Return a row for each entry within the days of a window, both ordinals, in order.

    An entry of an imprecise date is there where it may be within these days; its days left are
    those to the last day that it may be.

    :param only: the ids of the measures whose changes are shown; None for all.
    :param events: the events whose plans, meetings, deadlines and reviews are shown.
    :param settled: the ids of plans and threats that something has carried out or called off.
    """
    first, last = window
    entries = [entry for event in events for entry in _due(event, settled)]
    # No zone differs from UTC by two days.
    near = instant_of(first - 2, "", "UTC"), instant_of(last + 3, "", "UTC")
    for key in fold.acts.rows:
        if only is None or key.event in only:
            entries += _changes(fold, key, near)
    chosen = [entry for entry in entries if first <= entry[1] and entry[0] <= last]
    chosen.sort(key=lambda one: (one[1], one[2]["date"], one[2]["id"], one[2].get("clause", "")))
    now = today.toordinal()
    rows = [Row({**row, **({"days_left": day - now} if day >= now else {})})
            for _, day, row in chosen]  # fmt: skip
    return Table(COLUMNS, rows, right=("days_left",))


def in_words(table: Table, fold: Fold, *, every: bool) -> Table:
    """Return the table for a person: in place of measures that acts change alike, a row for these acts.

    :param every: a row for each of these measures too.
    """
    groups: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    for n, row in enumerate(table.rows):
        data = {**row.data, "what": _describe(row.data)}
        acts = [*data.get("by", ()), *data.get("end_of", ())]
        alike = (data["date"], data["what"], *acts) if acts and not every else (n,)
        groups.setdefault(alike, []).append({**data, "acts": acts})
    shown = []
    for group in groups.values():
        first = group[0]
        acts, word = first.pop("acts"), "by" if "by" in first else "at the end of"
        clauses = ", ".join(one["clause"] for one in group if "clause" in one)
        if (number := len({one["id"] for one in group})) > 1:
            end = "" if word == "by" else f" {word}"
            first |= {"what": f"{number} measures {first['what']}{end}", "id": ", ".join(acts),
                      "title": fold.acts.events[acts[0]]["title"]}  # fmt: skip
        else:
            if len(group) > 1:
                first["title"] = fold.acts.events[first["id"]]["title"]
            first["title"] += f" ({clauses})" if clauses else ""
            first["what"] += f", {word} {', '.join(acts)}" if acts else ""
        shown.append(Row(first))
    return table._replace(columns=_COLUMNS, rows=shown)


def _describe(row: Mapping[str, Any]) -> str:
    """Return what changes in words: `suspended until 2026-11-10`, `in-force at 84 percent`."""
    return (str(row["what"]) + (f" at {row['rate']}" if "rate" in row and row["what"] == IN_FORCE else "")
            + (f" until {row['until']}" if "until" in row else ""))  # fmt: skip


def _due(event: Mapping[str, Any], settled: Collection[str]) -> Iterator[Entry]:
    """Yield the days that an event names: a plan, a deadline, a commitment, a review, a start to come.

    A meeting that was held is one too.
    """
    name = str(event["id"])

    def entry(text: str, what: str, title: str = str(event["title"])) -> Entry:
        return *dates.span(text), {"id": name, "date": text, "what": what, "title": title}

    if event["status"] == "held":
        yield entry(event["date"], f"{event['type']} held")
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


def _changes(fold: Fold, key: Key, near: tuple[int, int]) -> Iterator[Entry]:
    """Yield the changes of a row's state, and of its rates while it is in force, between two instants."""
    part = fold.acts.rows[key]
    runs = fold.runs(key)
    starts = {run.start: n for n, run in enumerate(runs) if run.start != FIRST}
    title = str(part.fields.get("title", part.event["title"]))
    base: dict[str, Any] = {"id": key.event, "title": title}
    if key.clause:
        base["clause"] = key.clause
    spans = _spans(fold, key)
    for instant in sorted(spans.keys() | starts.keys()):
        low, high, acts = spans.get(instant, (instant, instant, ()))
        if not near[0] < high or not low < near[1]:
            continue
        days = [local_time(one, part.zone).toordinal() for one in (low, high)]
        row = dict(base)
        if instant in starts:
            n = starts[instant]
            state = runs[n].state
            if state == NOT_YET or (state == SCHEDULED and runs[n - 1].state == NOT_YET):
                continue  # that it was adopted says the event itself
            row["what"] = state
            if state == NEVER:  # its own start has come while an act suspends it
                acts = [(one.part.key.event, "by") for one in active_layers(fold, key, instant)]
            if state in (IN_FORCE, SUSPENDED, NEVER) and runs[n].end != LAST:
                row["until"] = format_instant(runs[n].end, part.zone)
            if state == IN_FORCE and (rates := _rates(fold, key, instant)):
                row["rate"] = rates
        elif fold.state(key, instant).state == IN_FORCE:
            before, row["rate"] = (_rates(fold, key, one) for one in (instant - 1, instant))
            if before == row["rate"] or not row["rate"]:
                continue
            row["what"] = f"rate {row['rate']}, was {before}"
        else:
            continue
        row["date"] = "/".join(dict.fromkeys(format_instant(one, part.zone) for one in (low, high)))
        for name in ("by", "end_of"):
            if some := [act for act, how in acts if how == name and act != key.event]:
                row[name] = list(dict.fromkeys(some))
                break
        yield days[0], days[1], row


def _spans(fold: Fold, key: Key) -> dict[int, tuple[int, int, list[tuple[str, str]]]]:
    """Return the instants at which windows over a row begin or end: their bounds, and of which acts.

    The windows are as short as they may be: they begin at the last of two bounds and end at the first.
    """
    spans: dict[int, tuple[int, int, list[tuple[str, str]]]] = {}
    for part in fold.parts_over(key):
        for number, bounds in enumerate((part.window.start, part.window.end)):
            if bounds is not None and FIRST not in bounds and LAST not in bounds:
                act = part.key.event, ("by", "end_of")[number]
                spans.setdefault(bounds[1 - number], (*bounds, []))[2].append(act)
    return spans


def _rates(fold: Fold, key: Key, instant: int) -> str:
    """Return the rates of a row at an instant, in words."""
    return ", ".join(map(describe_rate, terms_at(fold, key, instant).get("rates", ())))
