"""The measures and their states at an instant, each with the acts over it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.measures.effects import events_without_effect
from rexctl.measures.fold import IN_FORCE, PARTLY, UNKNOWN, Fold, Run, merge_runs
from rexctl.measures.terms import active_layers
from rexctl.measures.windows import FIRST, LAST, end_of_day, format_instant
from rexctl.records import Row, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rexctl.measures.acts import Key, Layer, Part

When = Callable[["Part"], int]  # the instant at which a part is looked at

COLUMNS = ("state", "since", "next", "next_on", "title", "id")


class Left(NamedTuple):
    """What an answer leaves out: rows of unknown start, acts without effect, links to acts elsewhere."""

    unknown: int
    without_effect: int
    outside: int


def count_left(fold: Fold, at: When, only: Collection[str] | None = None) -> Left:
    """Return what an answer leaves out.

    :param only: the ids of the events that the answer is about; acts on them count too.
    """
    unknown = {key.event for key, part in fold.acts.rows.items()
               if (only is None or key.event in only) and fold.state(key, at(part)).state == UNKNOWN}  # fmt: skip
    without = [act for act, target in events_without_effect(fold)
               if only is None or act in only or target in only]  # fmt: skip
    outside = [name for name, _ in fold.acts.outside if only is None or name in only]
    return Left(len(unknown), len(without), len(outside))


def when(day: int, instant: int | None) -> When:
    """Return the instant of a question for each part: the end of the day on its clock, or `instant`."""
    return lambda part: end_of_day(day, part.zone) if instant is None else instant


def measures(
    fold: Fold, at: When, *, clauses: bool = False, all_states: bool = False,
    only: Collection[str] | None = None,
) -> Table:  # fmt: skip
    """Return a row for each measure, or each clause, that is in force.

    :param all_states: rows of every state.
    :param only: the ids of the events to show.
    """
    rows = []
    by_event: dict[str, list[Key]] = {}
    for key in fold.acts.rows:
        if only is None or key.event in only:
            by_event.setdefault(key.event, []).append(key)
    for keys in by_event.values():
        for group in [[key] for key in keys] if clauses else [keys]:
            row = _row(fold, group, at)
            if all_states or {row["state"], *row.get("possibly", ())} & {IN_FORCE, PARTLY}:
                rows.append(Row(row))
    rows.sort(key=lambda row: (row.data.get("since", ""), row.data["id"]))
    columns = (*COLUMNS[:-1], "id", "clause") if clauses else COLUMNS
    return Table(columns, rows)


def _row(fold: Fold, keys: Sequence[Key], at: When) -> dict[str, Any]:
    """Return the row of a measure, made of its clauses, or of one clause."""
    part = fold.acts.rows[keys[0]]
    instant = at(part)
    answers = [fold.state(key, instant) for key in keys]
    runs = merge_runs([fold.runs(key) for key in keys])
    n = next(n for n, run in enumerate(runs) if instant < run.end)
    others = [other for answer in answers for other in answer.others]
    single = len(keys) == 1 and bool(keys[0].clause)
    row: dict[str, Any] = {"id": keys[0].event}
    if single:
        row["clause"] = keys[0].clause
    fields = part.fields if single else part.event
    row |= {"type": part.event["type"], "title": fields["title"],
            "actors": list(part.event["actors"]), "state": runs[n].state}  # fmt: skip
    if others:
        row["possibly"] = list(dict.fromkeys(others))
    if runs[n].start != FIRST:
        row["since"] = format_instant(runs[n].start, part.zone)
    if n + 1 < len(runs):
        row |= {"next": runs[n + 1].state, "next_on": format_instant(runs[n].end, part.zone)}
    row["days"] = _days_in_force(runs, instant)
    return row


def state_of(fold: Fold, name: str, at: When) -> dict[str, Any] | None:
    """Return the state of one measure, with `by`, the acts that make it so; None for no measure."""
    keys = [key for key in fold.acts.rows if key.event == name]
    if not keys:
        return None
    row = _row(fold, keys, at)
    ending = ("suspends", "revokes", "replaces")
    acts = [layer.part.key.event for key in keys
            for layer in active_layers(fold, key, at(fold.acts.rows[key]))
            if layer.rel in ending and not layer.points]  # fmt: skip
    found = {
        key: row[key] for key in ("state", "possibly", "since", "next", "next_on") if key in row
    }
    return found | ({"by": list(dict.fromkeys(acts))} if acts and row["state"] != IN_FORCE else {})


def describe_state(state: dict[str, Any]) -> str:
    """Return a state in words: since when, by which acts, and what comes next."""
    text = str(state["state"])
    if "possibly" in state:
        text += f" (or {', '.join(state['possibly'])}: a date is imprecise)"
    text += f" since {state['since']}" if "since" in state else ""
    text += f" by {', '.join(state['by'])}" if "by" in state else ""
    return text + (f"; {state['next']} from {state['next_on']}" if "next" in state else "")


def _days_in_force(runs: Sequence[Run], instant: int) -> int:
    """Return the days for which a measure has been in force, up to an instant."""
    spans = ((run.start, min(run.end, instant + 1)) for run in runs
             if run.state in (IN_FORCE, PARTLY) and run.start <= instant)  # fmt: skip
    return sum(round((end - start) / 86_400) for start, end in spans if start != FIRST)


def why(fold: Fold, keys: Sequence[Key], at: When) -> Table:
    """Return the acts over each row of an event, the row itself first: what each does and its window."""
    rows = []
    for key in keys:
        part = fold.acts.rows[key]
        instant = at(part)
        state = fold.state(key, instant).state
        rows.append(Row({"row": str(key), "act": key.event, "does": state, **_window(part),
                         "active": "", "source": _source(part)}))  # fmt: skip
        active = {id(layer) for layer in active_layers(fold, key, instant)}
        for layer in fold.layers_over(key):
            is_on = id(layer) in active or fold.moments().is_active(layer, instant)
            rows.append(Row({"row": str(key), "act": str(layer.part.key), "does": _does(layer),
                             **_window(layer.part), "active": "yes" if is_on else "no",
                             "source": _source(layer.part)}))  # fmt: skip
        for one in fold.acts.left_out:
            link = fold.acts.events[one.event]["links"][one.number]
            if link.get("to") == key.event:
                rows.append(Row({"row": str(key), "act": one.event, "active": "no",
                                 "does": f"left out ({one.code}): {one.reason}"}))  # fmt: skip
    return Table(("row", "act", "does", "from", "until", "active", "source"), rows)


def _does(layer: Layer) -> str:
    target = str(layer.link.get("to", ""))
    clause = f"#{layer.link['clause']}" if "clause" in layer.link else ""
    points = ", ".join(f"{rate['value']} points" for rate in layer.points)
    return f"{layer.rel} {target}{clause}" + (f" by {points}" if points else "")


def _window(part: Part) -> dict[str, str]:
    start, end = part.window.bounds(long=False)
    found = {}
    if part.window.start is not None:
        found["from"] = format_instant(start, part.zone)
    if end != LAST:
        found["until"] = format_instant(end, part.zone)
    return found


def _source(part: Part) -> str:
    source = part.event["sources"][0]
    return str(source.get("url") or source.get("title", ""))
