"""What came of threats, plans and commitments, by which event and on whose account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.records import Row, Table
from rexctl.values import dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    Event = Mapping[str, Any]

KINDS = ("threat", "plan", "commitment")
COLUMNS = ("kind", "outcome", "date", "due", "days", "by", "title", "id")
# Relation of the event that settles it -> the outcome; the first that is there counts.
_SETTLING = {"carries-out": "carried out", "implements": "carried out", "averts": "averted",
             "calls-off": "called off"}  # fmt: skip
_PLANNED = ("planned", "expected", "proposed")


class Settling(NamedTuple):
    """A link that settles a threat, a plan or a commitment, with the event that has it."""

    outcome: str
    event: Event
    link: Event


def settled(events: Iterable[Event]) -> dict[str, list[Settling]]:
    """Return what settles each event, by its id, or ID#COMMITMENT; retracted events settle nothing."""
    found: dict[str, list[Settling]] = {}
    for event in events:
        for link in event.get("links", ()):
            if link["rel"] in _SETTLING and "to" in link and event.get("confidence") != "retracted":
                clause = f"#{link['clause']}" if "clause" in link else ""
                one = Settling(_SETTLING[link["rel"]], event, link)
                found.setdefault(f"{link['to']}{clause}", []).append(one)
    return found


def outcomes(
    events: Iterable[Event], settling: Mapping[str, list[Settling]], today: date, kind: str = ""
) -> Table:
    """Return a row for each threat, plan and commitment among some events, in their order."""
    rows = [Row(row) for event in events for row in _rows(event, settling, today)
            if kind in ("", row["kind"])]  # fmt: skip
    return Table(COLUMNS, rows, right=("days",))


def _rows(
    event: Event, settling: Mapping[str, list[Settling]], today: date
) -> Iterator[dict[str, Any]]:
    name = str(event["id"])
    base: dict[str, Any] = {"id": name, "title": event["title"], "date": event["date"],
                            "actors": list(event["actors"])}  # fmt: skip
    if "condition" in event:
        base["condition"] = event["condition"].strip()
    if event["status"] == "threatened" or event.get("act") == "threaten":
        days = [event[key] for key in ("deadline",) if key in event]
        days += [event["effective"]["from"]] if "from" in event.get("effective", {}) else []
        yield _row({"kind": "threat", **base}, event, settling.get(name, ()), days, today, "lapsed")
    elif event["status"] in _PLANNED:
        days = [event["date"]] if event["status"] != "proposed" else []
        yield _row({"kind": "plan", **base}, event, settling.get(name, ()), days, today, "overdue")
    for one in event.get("commitments", ()):
        days = [one["due"]] if "due" in one else []
        row = {"kind": "commitment", **base, "commitment": one["id"], "title": one["what"].strip()}
        if "by" in one:
            row["actors"] = [one["by"]]
        found = settling.get(f"{name}#{one['id']}", ())
        yield _row(row, event, found, days, today, "overdue")


def _row(
    row: dict[str, Any], event: Event, found: Iterable[Settling], days: list[str], today: date,
    passed: str,
) -> dict[str, Any]:  # fmt: skip
    """Return a row with its outcome: settled, `passed` after the latest of its days, or open."""
    due = max(days, key=lambda day: dates.span(day)[1], default="")
    if due:
        row["due"] = due
    last = max(found, key=lambda one: dates.span(one.event["date"])[0], default=None)
    if last is None:
        is_over = bool(due) and dates.span(due)[1] < today.toordinal()
        return row | {"outcome": passed if is_over else "open"}
    row |= {"outcome": last.outcome, "by": str(last.event["id"]),
            "days": dates.span(last.event["date"])[0] - dates.span(event["date"])[0]}  # fmt: skip
    for key in ("asserted_by", "disputed_by"):
        if key in last.link:
            row[key] = list(last.link[key])
    return row
