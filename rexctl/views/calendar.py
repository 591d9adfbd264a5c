"""What changes or comes due in a span of days: states, rates, deadlines, plans, reviews."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rexctl.measures.effects import is_in_effect
from rexctl.measures.fold import IN_FORCE, NEVER, NOT_YET, SCHEDULED, SUSPENDED, Moments
from rexctl.measures.spans import ALONE, spans_of_row
from rexctl.measures.terms import active_layers
from rexctl.measures.windows import FIRST, LAST, format_instant, instant_of, local_time
from rexctl.records import Row, Table
from rexctl.values import dates
from rexctl.values.text import count_of
from rexctl.views import outcomes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from rexctl.measures.acts import Key, Part
    from rexctl.measures.fold import Fold

    Entry = tuple[int, int, dict[str, Any]]  # its first and last possible day, and its row
    # By instants: the bounds of a window that begins or ends, and which acts do so, "by" or "end_of" them.
    Windows = dict[int, tuple[int, int, list[tuple[str, str]]]]

COLUMNS = ("date", "days_left", "what", "rate", "until", "by", "end_of", "title", "id", "clause")
# Of a table for a person, in which `what` says the rate, the end and the acts too.
_COLUMNS = ("date", "days_left", "what", "title", "id")
_PASSED = "passed"  # of the row of a start that passes without effect: nothing changes
# What an extension puts off.
_NOUNS = {"suspends": "suspension", "amends": "amendment"}
# Fields of an event that are days to watch, with what is due on them.
_DUE = {"deadline": "deadline", "review_by": "review", "due": "next stage due"}


def calendar(
    fold: Fold, only: Collection[str] | None, events: Iterable[Mapping[str, Any]],
    settled: Collection[str], today: date, window: dates.Window,
) -> Table:  # fmt: skip
    """Return a row for each entry within the days of a window, both ordinals, by its first day.

    An entry of an imprecise date is there where it may be within these days; its days left are
    those to the last day that it may be.

    :param only: the ids of the measures whose changes are shown; None for all.
    :param events: the events whose plans, meetings, deadlines and reviews are shown.
    :param settled: the ids of plans and threats that something has carried out or called off.
    """
    first, last = window
    entries = [entry for event in events for entry in _due(event, settled)]
    begin, end = instant_of(first - 1, "", "UTC"), instant_of(last + 2, "", "UTC")  # on any clock
    for key in fold.acts.rows:
        windows = _windows(fold, key) if only is None or key.event in only else {}
        if any(low < end and high >= begin for low, high, _ in windows.values()):
            entries += _changes(fold, key, windows)
    matches = [entry for entry in entries if first <= entry[1] and entry[0] <= last]
    matches.sort(key=lambda one: (one[0], one[2]["date"], one[2]["id"], one[2].get("clause", "")))
    now = today.toordinal()
    rows = []
    for _, day, row in matches:
        row |= {"days_left": day - now} if day >= now else {}
        data = {name: row[name] for name in ("id", *COLUMNS) if name in row}
        rows.append(Row(data, record=row.get(_PASSED)))
    return Table(COLUMNS, rows, right=("days_left",))


def in_words(table: Table, fold: Fold, *, every: bool) -> Table:
    """Return the table for a person: in place of measures that acts change alike, a row for these acts.

    That a start passes without effect, as the measure is suspended or revoked, is no row.

    :param every: a row for each of these measures too.
    """
    groups: dict[tuple[object, ...], list[dict[str, Any]]] = {}
    for n, row in enumerate(table.rows):
        if row.record == _PASSED:
            continue
        data = {**row.data, "what": _describe(row.data)}
        acts = [*data.get("by", ()), *data.get("end_of", ())]
        alike = (data["date"], data["what"], *acts) if acts and not every else (n,)
        groups.setdefault(alike, []).append({**data, "acts": acts})
    rows = []
    for group in groups.values():
        first = group[0]
        acts, word = first.pop("acts"), "by" if "by" in first else "at the end of"
        clauses = ", ".join(one["clause"] for one in group if "clause" in one)
        if len({one["id"] for one in group}) > 1:
            first |= {"what": f"{_count(group, fold)} {first['what']}", "id": ", ".join(acts),
                      "title": fold.acts.events[acts[0]]["title"]}  # fmt: skip
        else:
            if len(group) > 1:
                first["title"] = fold.acts.events[first["id"]]["title"]
            first["title"] += f" ({clauses})" if clauses else ""
        first["what"] += f", {word} {', '.join(acts)}" if acts else ""
        rows.append(Row(first))
    return table._replace(columns=_COLUMNS, rows=rows)


def _count(group: Sequence[Mapping[str, Any]], fold: Fold) -> str:
    """Return how many measures change alike: `4 measures and 2 clauses of 2025-10-09-cn-mofcom-61`."""
    total = Counter(key.event for key in fold.acts.rows)
    changed = Counter(row["id"] for row in group)
    some = [f"{count_of(n, 'clause')} of {name}" for name, n in changed.items() if n < total[name]]
    whole = len(changed) - len(some)
    return " and ".join([*([count_of(whole, "measure")] if whole else []), *some])


def _describe(row: Mapping[str, Any]) -> str:
    """Return what changes in words: `suspended until 2026-11-10`, `rate 84 percent until …, was …`."""
    what, was, before = str(row["what"]).partition(", was ")
    return (what + (f" at {row['rate']}" if what == IN_FORCE and "rate" in row else "")
            + (f" until {row['until']}" if "until" in row else "") + was + before)  # fmt: skip


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


def _changes(fold: Fold, key: Key, windows: Windows) -> Iterator[Entry]:
    """Yield the changes of a row's state, and of its rates and ends while it lasts.

    `until` is the first day on which the state or the rate is another one: that a start passes while the
    measure is suspended or revoked changes neither.
    """
    part = fold.acts.rows[key]
    for before, span in pairwise(spans_of_row(fold, [key], ALONE)):
        if (before.state, before.rates) == (span.state, span.rates):
            continue
        low, high, acts = windows.get(span.start, (span.start, span.start, []))
        rates, was = (", ".join(json.loads(one.rates or "[]")) for one in (span, before))
        row = {"what": span.state, "rate": rates, "until": span.next_on}
        if span.state == before.state:
            row["what"] = f"rate {rates}, was {was}" if rates else ""
        elif span.state == NEVER:  # its own start has come while an act suspends it
            acts = [(one.part.key.event, "by") for one in active_layers(fold, key, span.start)]
            row[_PASSED] = "" if before.state == SCHEDULED else _PASSED
        elif span.state == NOT_YET or (span.state == SCHEDULED and before.state == NOT_YET):
            continue  # that it was adopted says the event itself
        if span.state not in (IN_FORCE, SUSPENDED, NEVER):
            del row["until"]
        if row["what"]:
            yield _entry(part, (low, high), row, acts)
    for instant, what, until, act in _extensions(fold, key):
        row = {"what": what, "until": until}
        yield _entry(part, (instant, instant), row, [(act, "by")])


def _entry(
    part: Part, bounds: tuple[int, int], row: dict[str, Any], acts: Sequence[tuple[str, str]]
) -> Entry:
    """Return the entry of a change between two instants, by acts or else at the end of acts."""
    row |= {"id": part.key.event, "clause": part.key.clause,
            "title": str(part.fields.get("title", part.event["title"])),
            "date": "/".join(dict.fromkeys(format_instant(one, part.zone) for one in bounds))}  # fmt: skip
    by, end_of = (list(dict.fromkeys(act for act, how in acts if how == name and act != part.key.event))
                  for name in ("by", "end_of"))  # fmt: skip
    row |= {"by": by} if by else {"end_of": end_of}
    first, last = (local_time(one, part.zone).toordinal() for one in bounds)
    return first, last, {name: value for name, value in row.items() if value}


def _extensions(fold: Fold, key: Key) -> Iterator[tuple[int, str, str, str]]:
    """Yield when an act puts off the end of a row, or of an act on it; in words, until when, by which act."""
    moments, zone = fold.moments(), fold.acts.rows[key].zone
    for layer in fold.layers_over(key):
        if layer.rel != "extends":
            continue
        start, ends = moments.bounds(layer.part)[0], []
        without = Moments(fold, frozenset(), without=layer)
        if key in layer.rows and is_in_effect(fold, key, layer, start):
            ends.append(("", fold.acts.rows[key], fold.acts.on_row[key]))
        for one in layer.layers:
            if one.rel in _NOUNS and key in one.rows and is_in_effect(fold, key, one, start):
                points = " and ".join(str(rate["value"]) for rate in one.points)
                name = _NOUNS[one.rel] + (f" of {points} points" if points else "")
                ends.append((f"{name} ", one.part, fold.acts.on_layer[id(one)]))
        for name, part, over in ends:
            end, old = (one.windows(part, over, start)[-1][1] for one in (moments, without))
            if start <= old < end:  # what had ended begins once more, a change of the state
                on = "runs on" if end != LAST else "runs on without an end"
                until = format_instant(end, zone) if end != LAST else ""
                what = f"{name}{on}, was until {format_instant(old, zone)}"
                yield start, what, until, layer.part.key.event


def _windows(fold: Fold, key: Key) -> Windows:
    """Return the instants at which windows over a row begin or end: their bounds, and of which acts.

    The windows are as short as they may be: they begin at the last of two bounds and end at the first.
    """
    windows: Windows = {}
    for part in fold.parts_over(key):
        start, end = part.window.start or (part.made_at, part.made_at), part.window.end
        for how, bounds, instant in (("by", start, start[1]), ("end_of", end, end[0])):
            if FIRST not in bounds and LAST not in bounds:
                windows.setdefault(instant, (*bounds, []))[2].append((part.key.event, how))
    return windows
