"""What came of threats, plans and commitments, by which event and on whose account."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.records import Row, Table
from rexctl.values import dates
from rexctl.values.text import count_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    Event = Mapping[str, Any]
    Loc = tuple[str | int, ...]

KINDS = ("threat", "plan", "commitment")
COLUMNS = ("kind", "outcome", "due", "how", "title", "id")
# Of a table to compute with.
EVERY_COLUMN = ("kind", "outcome", "actors", "date", "announced", "due", "condition", "days", "by",
                "asserted_by", "disputed_by", "how", "title", "id", "commitment")  # fmt: skip
# Relation of the event that settles it -> the outcome; the first that is there counts.
SETTLING = {"carries-out": "carried out", "implements": "carried out", "averts": "averted",
             "calls-off": "called off"}  # fmt: skip
_PLANNED = ("planned", "expected", "proposed")
# What the days to an outcome are counted from, and the name of the day that a `loc` leads to.
_SINCE = {"threat": "threat", "plan": "announcement", "commitment": "agreement"}
_DUE_DAYS = {
    "deadline": "deadline",
    "effective": "start",
    "date": "last day",
    "commitments": "last day",
}


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


def settled(events: Collection[Event], links: Iterable[Event] = ()) -> dict[str, list[Settling]]:
    """Return what settles each of some events, by its id, or ID#COMMITMENT; retracted events settle nothing.

    A link to a former id settles the event that has it now.

    :param links: the events whose links settle them, where these are not all among the events.
    """
    settlings: dict[str, list[Settling]] = {}
    present = {str(alias): str(event["id"]) for event in events
               for alias in event.get("aliases", ())}  # fmt: skip
    for event in links or events:
        for link in event.get("links", ()):
            if link["rel"] in SETTLING and "to" in link and event.get("confidence") != "retracted":
                name, clause = str(link["to"]), f"#{link['clause']}" if "clause" in link else ""
                one = Settling(SETTLING[link["rel"]], event, link)
                for key in {name, present.get(name, name)}:
                    settlings.setdefault(f"{key}{clause}", []).append(one)
    return settlings


def links_outside(events: Iterable[Event]) -> list[str]:
    """Return an id for each link that settles something which is not in the log."""
    return [str(event["id"]) for event in events for link in event.get("links", ())
            if link["rel"] in SETTLING and "to" not in link]  # fmt: skip


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
        due = max(days, key=lambda day: dates.span(day[0])[1], default=("", ("status",)))
        yield Pending("threat", name, *due)
    elif status in _PLANNED:
        yield Pending("plan", name, "" if status == "proposed" else event["date"], ("date",))
    for n, one in enumerate(event.get("commitments", ())):
        key = f"{name}#{one['id']}"
        yield Pending("commitment", key, one.get("due", ""), ("commitments", n, "due"))


def outcomes(
    events: Iterable[Event], settling: Mapping[str, list[Settling]], today: date, kind: str = ""
) -> Table:
    """Return a row for each threat, plan and commitment among some events, in their order."""
    rows = [Row(row) for event in events for row in _rows(event, settling, today.toordinal())
            if kind in ("", row["kind"])]  # fmt: skip
    return Table(COLUMNS, rows)


def _rows(
    event: Event, settling: Mapping[str, list[Settling]], today: int
) -> Iterator[dict[str, Any]]:
    from rexctl.snapshot.states import day_public

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
        # The date of a plan is that of what it plans.
        since = day_public(event) if one.loc == ("date",) else dates.span(event["date"])[0]
        if since != dates.HIGHEST:
            row["announced"] = date.fromordinal(since).isoformat()
        row |= _outcome(one, since, settling.get(one.key, ())) or _unsettled(one, today)
        if "condition" in event and "by" not in row:
            row["how"] += f"; condition: {row['condition']}"
        yield row


def _unsettled(one: Pending, today: int) -> dict[str, Any]:
    """Return that something is open, and for how many days, or since when its last day has passed."""
    if not one.due:
        return {"outcome": "open", "how": "no day given"}
    days = dates.span(one.due)[1] - today
    name = _DUE_DAYS[str(one.loc[0])]
    if days >= 0:
        return {
            "outcome": "open",
            "how": f"{count_of(days, 'day')} to its {name}" if days else f"its {name} is today",
        }
    outcome = "lapsed" if one.kind == "threat" else "overdue"
    return {"outcome": outcome, "how": f"its {name} passed {count_of(-days, 'day')} ago"}


def _outcome(one: Pending, since: int, settling: Sequence[Settling]) -> dict[str, Any]:
    """Return the outcome by the latest of the events that settle something; empty without one.

    `how` says when and by which event it came, who says so and who disputes it, and what else came of
    it as others say. Days are counted from the day `since`.
    """
    if not settling:
        return {}
    every = sorted(settling, key=lambda one: (dates.span(one.event["date"])[0], one.event["id"]))
    last = every.pop()
    row: dict[str, Any] = {"outcome": last.outcome, "by": str(last.event["id"])}
    if since != dates.HIGHEST:
        row["days"] = dates.span(last.event["date"])[0] - since
    for key in ("asserted_by", "disputed_by"):
        if key in last.link:
            row[key] = list(last.link[key])
    others = [f"{other.outcome} {_describe(one, since, other)}"
              for other in every if other.outcome != last.outcome]  # fmt: skip
    row["how"] = "; ".join((_describe(one, since, last), *others))
    return row


def _describe(one: Pending, since: int, settling: Settling) -> str:
    """Return by what and when it was settled: `by ID, 15 days after the threat, as told by US`."""
    first, last = dates.span(settling.event["date"])
    words = [f"by {settling.event['id']}"]
    if one.kind == "plan" and one.due and settling.outcome == "carried out":
        begin, end = dates.span(one.due)
        words.append(f"{count_of(begin - last, 'day')} before its first day" if last < begin
                     else f"{count_of(first - end, 'day')} after its last day" if first > end
                     else "on its day" if begin == end else "within its days")  # fmt: skip
    if since != dates.HIGHEST:
        words.append(f"{count_of(first - since, 'day')} after the {_SINCE[one.kind]}")
    for key, how in (("asserted_by", "as told by"), ("disputed_by", "disputed by")):
        if key in settling.link:
            words.append(f"{how} {', '.join(settling.link[key])}")
    return ", ".join(words)
