"""The measures and their states at an instant, each with the acts over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.measures.fold import IN_FORCE, PARTLY, merge_runs
from rexctl.measures.terms import active_layers
from rexctl.measures.windows import FIRST, LAST, end_of_day, format_instant
from rexctl.records import Row, Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from rexctl.measures.acts import Key, Layer, Part
    from rexctl.measures.fold import Fold, Run
    from rexctl.measures.spans import Described, Gaps, Span

When = Callable[["Part"], int]  # the instant at which a part is looked at

_IN_FORCE = frozenset({IN_FORCE, PARTLY})
COLUMNS = ("state", "since", "next", "next_on", "title", "id")


class Left(NamedTuple):
    """What an answer leaves out: rows of unknown start, acts without effect, links to acts elsewhere."""

    unknown: int
    without_effect: int
    outside: int


def count_left(gaps: Gaps, only: Collection[str] | None = None) -> Left:
    """Return what an answer leaves out.

    :param only: the ids of the events that the answer is about; acts on them count too.
    """
    if only is None:
        return Left(*map(len, gaps))
    without = [act for act, target in gaps.without_effect if act in only or target in only]
    outside = [name for name in gaps.outside if name in only]
    return Left(len(gaps.unknown.intersection(only)), len(without), len(outside))


def when(day: int, instant: int | None) -> When:
    """Return the instant of a question for each part: the end of the day on its clock, or `instant`."""
    return lambda part: end_of_day(day, part.zone) if instant is None else instant


def measures(
    spans: Iterable[tuple[Span, Described]], day: int, instant: int | None, *, clauses: bool = False,
    all_states: bool = False, only: Collection[str] | None = None,
) -> Table:  # fmt: skip
    """Return a row for each measure, or each clause, that is in force.

    :param spans: those of the day, or of the instant, in the order of the rows.
    :param all_states: rows of every state.
    :param only: the ids of the events to show.
    """
    rows = []
    for span, event in spans:
        if only is not None and span.event not in only:
            continue
        if all_states or span.state in _IN_FORCE or not _IN_FORCE.isdisjoint(span.others):
            moment = instant if instant is not None else span.instant(day)
            rows.append(Row(_row_of(span, event, moment)))
    columns = (*COLUMNS[:-1], "id", "clause") if clauses else COLUMNS
    return Table(columns, rows)


def count_states(table: Table) -> str:
    """Return how many rows there are, and of which states."""
    counts = Counter(str(row.data["state"]) for row in table.rows)
    noun = "clause" if "clause" in table.columns else "measure"
    each = ", ".join(f"{number} {state}" for state, number in counts.items())
    number = sum(counts.values())
    return f"{number} {noun}{'' if number == 1 else 's'}: {each}"


def _row_of(span: Span, event: Described, instant: int) -> dict[str, Any]:
    """Return the row of a measure or a clause."""
    row: dict[str, Any] = {"id": span.event}
    if span.clause:
        row["clause"] = span.clause
    row |= {"type": event.type, "title": span.title or event.title, "actors": event.actors,
            "state": span.state}  # fmt: skip
    if span.possibly:
        row["possibly"] = span.others
    if span.since:
        row["since"] = span.since
    if span.next:
        row |= {"next": span.next, "next_on": span.next_on}
    row["days"] = span.days_in_force(instant)
    return row


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
