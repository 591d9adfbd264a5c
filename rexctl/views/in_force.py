"""The measures and their states at an instant, each with the acts over it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rexctl.measures.effects import is_in_effect
from rexctl.measures.fold import IN_FORCE, NEVER, PARTLY, SUSPENDED
from rexctl.measures.spans import spans_on
from rexctl.measures.terms import active_layers, describe_rate, number, term_fields, terms_at
from rexctl.measures.windows import LAST, end_of_day, format_instant
from rexctl.records import Row, Table
from rexctl.values.text import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rexctl.measures.acts import Key, Layer, Part
    from rexctl.measures.fold import Fold
    from rexctl.measures.spans import Span
    from rexctl.measures.terms import Rates

    Event = Mapping[str, Any]

When = Callable[["Part"], int]  # the instant at which a part is looked at

_IN_FORCE = frozenset({IN_FORCE, PARTLY})
WHY_COLUMNS = ("row", "state", "rates", "act", "title", "does", "from", "until", "active", "source")
COLUMNS = ("state", "since", "rates", "next", "next_on", "title", "id")


def when(day: int, instant: int | None) -> When:
    """Return the instant of a question for each part: the end of the day on its clock, or `instant`."""
    return lambda part: end_of_day(day, part.zone) if instant is None else instant


def measures(
    spans: Iterable[tuple[Span, Event]], day: int, instant: int | None, *, clauses: bool = False,
    all_states: bool = False,
) -> Table:  # fmt: skip
    """Return a row for each measure, or each clause, that is in force.

    :param spans: those of the day, or of the instant, in the order of the rows.
    :param all_states: rows of every state.
    """
    rows = []
    for span, event in spans:
        if all_states or span.state in _IN_FORCE or not _IN_FORCE.isdisjoint(span.others):
            moment = instant if instant is not None else span.instant(day)
            rows.append(Row(_row_of(span, event, moment)))
    columns = (*COLUMNS[:-1], "id", "clause") if clauses else COLUMNS
    return Table(columns, rows, more=("clause", "type", "actors", "possibly", "days"))


def count_states(table: Table) -> str:
    """Return how many rows there are, and of which states."""
    counts = Counter(str(row.data["state"]) for row in table.rows)
    noun = "clause" if "clause" in table.columns else "measure"
    each = ", ".join(f"{number} {state}" for state, number in counts.items())
    return f"{count_of(sum(counts.values()), noun)}: {each}"


def held_back(states: Iterable[str], *, of_state: bool) -> list[str]:
    """Return a note on what would be in force but for a suspension, and how to list it.

    :param of_state: the query asks for states, so that only what it may have meant is named.
    """
    counts = Counter(states)
    if of_state:
        number = counts[NEVER] if counts[SUSPENDED] else 0
        return [f"{number} more never took effect: state:suspended,{NEVER}"] if number else []
    each = [f"{counts[state]} {state}" for state in (SUSPENDED, NEVER) if counts[state]]
    return [f"not in force: {', '.join(each)}; --all-states lists them"] if each else []


def _row_of(span: Span, event: Event, instant: int) -> dict[str, Any]:
    """Return the row of a measure or a clause."""
    row: dict[str, Any] = {"id": span.event}
    if span.clause:
        row["clause"] = span.clause
    row |= {"type": event["type"], "title": span.title or event["title"], "actors": event["actors"]}
    return row | _state(span) | {"days": span.days_in_force(instant)}


def _state(span: Span) -> dict[str, Any]:
    """Return the state of a measure or a clause, its rates, and what comes next."""
    rates = _rates(span.rates) if span.rates else []
    cells = {"state": span.state, "possibly": span.others, "since": span.since, "rates": rates,
             "next": span.next, "next_on": span.next_on}  # fmt: skip
    return {name: value for name, value in cells.items() if value}


@lru_cache(maxsize=10_000)
def _rates(text: str) -> list[str]:
    return list(json.loads(text))


def state_of(fold: Fold, name: str, day: int, instant: int | None = None) -> dict[str, Any] | None:
    """Return the state of one measure, with `by`, the acts that make it so; None for no measure."""
    spans = (one for one, _ in spans_on(fold, day, instant, clauses=False) if one.event == name)
    if (span := next(spans, None)) is None:
        return None
    moment = span.instant(day) if instant is None else instant
    acts = [layer.part.key.event for key in fold.acts.rows if key.event == name
            for layer in active_layers(fold, key, moment)
            if layer.rel in ("suspends", "revokes", "replaces") and not layer.points]  # fmt: skip
    by = {"by": list(dict.fromkeys(acts))} if acts and span.state != IN_FORCE else {}
    return _state(span) | by


def describe_state(state: Mapping[str, Any]) -> str:
    """Return a state in words: since when, by which acts, and what comes next."""
    text = "not in force so far (never-took-effect)" if state["state"] == NEVER else state["state"]
    if "possibly" in state:
        text += f" (or {', '.join(state['possibly'])}: a date is imprecise)"
    text += f" since {state['since']}" if "since" in state else ""
    text += f", {', '.join(state['rates'])}" if "rates" in state else ""
    why = "because of" if state["state"] == NEVER else "by"
    text += f" {why} {', '.join(state['by'])}" if "by" in state else ""
    return text + (f"; {state['next']} from {state['next_on']}" if "next" in state else "")


def why(fold: Fold, keys: Sequence[Key], day: int, instant: int | None) -> Table:
    """Return a row for each measure or clause, and one for each thing that an act over it does.

    The first says what the measure itself does, and its state; `active` says whether an act makes it
    what it is at that instant.
    """
    rows: list[dict[str, Any]] = []
    spans = {one.clause: one for one, _ in spans_on(fold, day, instant, clauses=True)
             if one.event == keys[0].event}  # fmt: skip
    for key in keys:
        part = fold.acts.rows[key]
        moment = end_of_day(day, part.zone) if instant is None else instant
        rates = ", ".join(map(describe_rate, part.fields.get("rates", ())))
        state = _state(spans[key.clause])
        own = _act_row(key, part, f"imposes {rates}" if rates else "starts",
                       is_active=state["state"] == IN_FORCE)  # fmt: skip
        if (title := str(part.fields["title"])) != own["title"]:
            own["title"] += f": {title}"
        rows.append(own | state)
        rows += [_act_row(key, layer.part, _does(fold, key, layer),
                          is_active=is_in_effect(fold, key, layer, moment))
                 for layer in fold.layers_over(key)]  # fmt: skip
        for one in fold.acts.left_out:
            event = fold.acts.events[one.event]
            if event["links"][one.number].get("to") == key.event:
                act = fold.acts.part(one.event)
                does = f"is left out ({one.code}): {one.reason}"
                rows.append(_act_row(key, act, does, is_active=False))
    return Table(WHY_COLUMNS, list(map(Row, rows)))


def _act_row(key: Key, part: Part, does: str, *, is_active: bool) -> dict[str, Any]:
    row = {"row": str(key), "act": str(part.key), "title": str(part.event["title"]), "does": does}
    start, end = part.window.bounds(long=False)
    if part.window.start is not None:
        row["from"] = format_instant(start, part.zone)
    if end != LAST:
        row["until"] = format_instant(end, part.zone)
    source = part.event["sources"][0]
    return row | {"active": "yes" if is_active else "no",
                  "source": str(source.get("url") or source.get("title", ""))}  # fmt: skip


def _does(fold: Fold, key: Key, layer: Layer) -> str:
    """Return in words what a layer does: `raises 34 to 84 percent`, `suspends it`."""
    target = str(layer.link.get("to", ""))
    target += f"#{layer.link['clause']}" if "clause" in layer.link and not layer.rows else ""
    fields = layer.part.fields
    if layer.points:
        return "takes off " + ", ".join(f"{rate['value']} points" for rate in layer.points)
    if layer.rel != "amends" or key not in layer.rows:
        return f"{layer.rel} {'it' if key in layer.rows else target}"
    names = [name for name in fields if name in term_fields(str(layer.part.event["type"]))]
    if "rates" not in names:
        return f"amends its {', '.join(names) or 'terms'}"
    before = terms_at(fold, key, layer.part.window.bounds(long=False)[0] - 1).get("rates", ())
    others = ", ".join(name for name in names if name != "rates")
    return _new_rates(before, fields["rates"]) + (f"; amends its {others}" if others else "")


def _new_rates(before: Rates, after: Rates) -> str:
    """Return what an amendment does to rates: `raises 34 to 84 percent`, `sets the rate to 80 USD/kg`."""
    new = ", ".join(map(describe_rate, after))
    if len(before) == len(after) == 1 and all(
        before[0].get(name) == after[0].get(name) for name in ("unit", "currency", "per", "of")
    ):
        was, now = (Decimal(one[0]["value"]) for one in (before, after))
        verb = "raises" if now > was else "cuts" if now < was else ""
        return f"{verb} {number(was)} to {new}" if verb else f"keeps {new}"
    return f"sets the rate to {new}"


def why_lines(table: Table, day: int, instant: int | None) -> Iterator[tuple[str, str, str]]:
    """Yield the lines of a stack of acts, each with its indent and the name of its style.

    Each measure or clause is a heading with its state, each act a block: id, title, what it does,
    source. Ids and addresses have lines of their own.
    """
    on = format_instant(end_of_day(day - 1, "UTC") + 1 if instant is None else instant, "UTC")
    on += " UTC" if instant is not None else ""
    before = ""
    for (row, act), group in groupby(
        table.rows, lambda one: (one.data["row"], one.data["act"].partition("#")[0])
    ):
        rows = [one.data for one in group]
        if heading := "state" in rows[0]:
            yield from [("", "", "")] if before else []
            yield "", row, "id"
            yield "", f"on {on}: {describe_state(rows[0])}", "strong"
        else:
            yield "", "", ""
            yield "  ", act, "id"
        before = row
        indent = "" if heading else "  "
        yield indent, rows[0]["title"], ""
        for data in rows:
            window = "".join(f", {name} {data[name]}" for name in ("from", "until") if name in data)
            is_active = heading or data["active"] == "yes"
            if is_active and data.get("until", on) < on:
                window += ", which was put off"
            state = "" if is_active else f" (not in effect on {on})"
            yield indent + "  ", data["does"] + window + state, "faint" if state else ""
        yield indent + "  ", rows[0]["source"], ""
