"""What came of threats, plans and commitments, by which event and on whose account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.records import Row, Table
from rexctl.values import dates
from rexctl.values.text import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    Event = Mapping[str, Any]
    Loc = tuple[str | int, ...]

KINDS = ("threat", "plan", "commitment")
COLUMNS = ("kind", "due", "what", "title", "id")
# Of a table to compute with.
EVERY_COLUMN = ("kind", "outcome", "actors", "date", "due", "condition", "days", "by", "asserted_by",
                "disputed_by", "what", "title", "id", "commitment")  # fmt: skip
# Relation of the event that settles it -> the outcome; the first that is there counts.
_SETTLING = {"carries-out": "carried out", "implements": "carried out", "averts": "averted",
             "calls-off": "called off"}  # fmt: skip
_PLANNED = ("planned", "expected", "proposed")


class Pending(NamedTuple):
    """A threat, a plan or a commitment of an event: the last day by which it is to come, and its path.

    `due` is empty where it has no day. `key` is what settles it: ID, or ID#COMMITMENT.
    """

    kind: str
    key: str
    due: str
    loc: Loc


class Settling(NamedTuple):
    """A link that settles a threat, a plan or a commitment, with the event that has it."""

    outcome: str
    event: Event
    link: Event


def settled(events: Iterable[Event]) -> dict[str, list[Settling]]:
    """Return what settles each event, by its id, or ID#COMMITMENT; retracted events settle nothing.

    A link to a former id settles the event that has it now.
    """
    found: dict[str, list[Settling]] = {}
    present: dict[str, str] = {}
    for event in events:
        present |= {str(alias): str(event["id"]) for alias in event.get("aliases", ())}
        for link in event.get("links", ()):
            if link["rel"] in _SETTLING and "to" in link and event.get("confidence") != "retracted":
                clause = f"#{link['clause']}" if "clause" in link else ""
                one = Settling(_SETTLING[link["rel"]], event, link)
                found.setdefault(f"{link['to']}{clause}", []).append(one)
    for key in [key for key in found if key.partition("#")[0] in present]:
        name, hash_sign, clause = key.partition("#")
        found.setdefault(f"{present[name]}{hash_sign}{clause}", []).extend(found[key])
    return found


def count_outside(events: Iterable[Event]) -> int:
    """Return the number of links that settle something which is not in the log."""
    return sum(link["rel"] in _SETTLING and "to" not in link
               for event in events for link in event.get("links", ()))  # fmt: skip


def pending(event: Event) -> Iterator[Pending]:
    """Yield the threat or the plan that an event is, and its commitments, settled or not.

    A threat lapses after the later of its deadline and its start; a proposal has no day.
    """
    name, status = str(event["id"]), event["status"]
    if status == "threatened" or event.get("act") == "threaten":
        days: list[tuple[str, Loc]] = []
        if "deadline" in event:
            days.append((event["deadline"], ("deadline",)))
        if "from" in event.get("effective", {}):
            days.append((event["effective"]["from"], ("effective", "from")))
        yield Pending("threat", name, *max(days, key=_last_day, default=("", ("status",))))
    elif status in _PLANNED:
        yield Pending("plan", name, "" if status == "proposed" else event["date"], ("date",))
    for n, one in enumerate(event.get("commitments", ())):
        key = f"{name}#{one['id']}"
        yield Pending("commitment", key, one.get("due", ""), ("commitments", n, "due"))


def _last_day(day: tuple[str, Loc]) -> int:
    return dates.span(day[0])[1]


def outcomes(
    events: Iterable[Event], settling: Mapping[str, list[Settling]], today: date, kind: str = ""
) -> Table:
    """Return a row for each threat, plan and commitment among some events, in their order."""
    rows = [Row(row) for event in events for row in _rows(event, settling, today)
            if kind in ("", row["kind"])]  # fmt: skip
    return Table(COLUMNS, rows)


def _rows(
    event: Event, settling: Mapping[str, list[Settling]], today: date
) -> Iterator[dict[str, Any]]:
    base: dict[str, Any] = {"id": str(event["id"]), "title": event["title"], "date": event["date"],
                            "actors": list(event["actors"])}  # fmt: skip
    if "condition" in event:
        base["condition"] = event["condition"].strip()
    for one in pending(event):
        row = {"kind": one.kind, **base}
        if one.kind == "commitment":
            commitment = event["commitments"][one.loc[1]]
            row |= {"commitment": commitment["id"], "title": commitment["what"].strip()}
            if "by" in commitment:
                row["actors"] = [commitment["by"]]
        if one.due:
            row["due"] = one.due
        row |= _outcome(event, settling.get(one.key, ())) or _unsettled(one, today)
        if "condition" in event and "by" not in row:
            row["what"] += f"; condition: {row['condition']}"
        yield row


def _unsettled(one: Pending, today: date) -> dict[str, Any]:
    """Return that something is open, or since how many days its last day has passed."""
    if not one.due:
        return {"outcome": "open", "what": "open"}
    left = dates.span(one.due)[1] - today.toordinal()
    days = count_of(abs(left), "day")
    if left >= 0:
        return {"outcome": "open", "what": f"open, {days} left"}
    outcome = "lapsed" if one.kind == "threat" else "overdue"
    return {
        "outcome": outcome,
        "what": f"{outcome} {days} ago" if outcome == "lapsed" else f"overdue for {days}",
    }


def _outcome(event: Event, settling: Sequence[Settling]) -> dict[str, Any]:
    """Return the outcome by the latest of the events that settle something; empty without one.

    `what` says in words after how many days and by which event it came, who says so and who disputes
    it, and what else came of it as others say.
    """
    if not settling:
        return {}
    every = sorted(settling, key=lambda one: (dates.span(one.event["date"])[0], one.event["id"]))
    last = every.pop()
    row = {"outcome": last.outcome, "by": str(last.event["id"]), "days": _days(event, last)}
    for key in ("asserted_by", "disputed_by"):
        if key in last.link:
            row[key] = list(last.link[key])
    others = [one for one in every if one.outcome != last.outcome]
    row["what"] = "; ".join(_describe(event, one) for one in (last, *others))
    return row


def _days(event: Event, one: Settling) -> int:
    return dates.span(one.event["date"])[0] - dates.span(event["date"])[0]


def _describe(event: Event, one: Settling) -> str:
    """Return an outcome in words: `averted after 15 days by 2025-10-25-talks, as US says`."""
    text = f"{one.outcome} after {count_of(_days(event, one), 'day')} by {one.event['id']}"
    if told := ", ".join(one.link.get("asserted_by", ())):
        text += f", as told by {told}"
    if doubts := ", ".join(one.link.get("disputed_by", ())):
        text += f", disputed by {doubts}"
    return text
