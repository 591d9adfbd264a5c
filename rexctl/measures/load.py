"""Load what the fold needs from a snapshot: the adopted measures, the acts on them, and rulings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.measures.acts import FOLDING, Acts
from rexctl.measures.fold import Fold
from rexctl.model.tables import LIFECYCLE, SHAPES
from rexctl.query import Query, Term, Value
from rexctl.values import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from rexctl.snapshot.snapshot import Snapshot

    Event = Mapping[str, Any]


def load_fold(snapshot: Snapshot, today: date, known_by: int | None = None) -> Fold:
    """Return the fold over all events of a version of the log.

    :param known_by: the ordinal of a day: what became public later is left out.
    """
    types = ",".join(
        name for name, shape in SHAPES.items() if {"type", "effective"} <= shape.keys()
    )
    query = snapshot.parse_query([f"type:{types}", f"status:{','.join(FOLDING)}"], today)
    events = (row.data for row in snapshot.select(query))
    return fold_of(snapshot, public_by(events, known_by))


def load_fold_around(snapshot: Snapshot, name: str) -> Fold:
    """Return the fold over one event and the acts that links join to it, in both directions."""
    return fold_of(snapshot, load_linked(snapshot, [name]).values())


def load_linked(
    snapshot: Snapshot, names: Iterable[str], known: Iterable[Event] = ()
) -> dict[str, Event]:
    """Return the events that links of lifecycle acts join to these, in both directions, by id.

    :param known: versions of events that the log need not have; what they link to is joined as well.
    """
    found: dict[str, Event] = {}
    done: set[str] = set()
    todo = set(names).union(*map(_names_of, known))
    while todo := todo - done:
        done |= todo
        values = tuple(map(Value, sorted(todo)))
        for field in ("id", "aliases", "links.to"):
            for row in snapshot.select(Query((Term(field, "id", "eq", values),)), retracted=True):
                joined = _names_of(row.data)
                if not done.isdisjoint(joined):  # else another relation links the two
                    found[str(row.data["id"])] = row.data
                    todo = todo | joined
    return found


def _names_of(event: Event) -> set[str]:
    """Return the ids, present and former, of an event and of what it acts on."""
    targets = (link.get("to") for link in event.get("links", ()) if link["rel"] in LIFECYCLE)
    return {str(name) for name in (event["id"], *event.get("aliases", ()), *targets) if name}


def fold_of(snapshot: Snapshot, events: Iterable[Event]) -> Fold:
    """Return the fold over these events, with the time zones of the log's actors."""
    every = list(events)
    aliases = {
        str(alias): str(event["id"]) for event in every for alias in event.get("aliases", ())
    }
    return Fold(Acts(every, snapshot.zone_of, aliases))


def public_by(events: Iterable[Event], day: int | None) -> Iterator[Event]:
    """Yield the events that were public at the end of a day; all of them without one."""
    return (event for event in events if day is None or _public(event) <= day)


def _public(event: Event) -> int:
    """Return the ordinal of the last possible day on which an event became public.

    That is `disclosed`; of a plan without it the first day on which a source was published or
    read; else `date`.
    """
    if "disclosed" in event:
        return dates.span(event["disclosed"])[1]
    if event["status"] in ("planned", "expected"):
        days = [source.get("published", source.get("accessed", "")) for source in event["sources"]]
        known = [dates.span(day)[1] for day in days if day]
        return min(known, default=dates.HIGHEST)
    return dates.span(event["date"])[1]
