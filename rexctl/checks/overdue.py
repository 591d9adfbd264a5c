"""A plan, the end of a suspension or a `review_by` has passed, and the log does not say what came.

Add the event that followed: the meeting held (`carries-out`) or called off (`calls-off`), the act
that extends the suspension or resumes the measure. Where nothing is known yet, allow it in the
event with the reason. A `review_by` that has passed is always reported: look at the event again,
then move the day or remove the field. All is relative to today, or to `--today`.

FAIL:
- {id: 2025-10-talks, type: meeting, status: planned, date: 2025-10}

PASS:
- {id: 2099-10-talks, type: meeting, status: planned, date: 2099-10}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.checks.context import day_range, windows
from rexctl.model.relations import SETTLING
from rexctl.records import DUE, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rexctl.checks.context import RuleContext

    Event = Mapping[str, Any]
    Made = tuple[int, str]  # the day of an act and its id: of two acts the later one counts

ID = "overdue"

# What ends a suspension, or the measure that it suspends.
_ENDING = ("resumes", "revokes", "replaces")
_NEVER = (0, "")


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each day that has passed. A date counts by its last possible day."""
    today = context.today.toordinal()
    links = _Links(context)
    for name, event in context.events.items():
        if event.get("confidence") == "retracted":
            continue
        planned = event["status"] in ("planned", "expected") and name not in links.settled
        if planned and day_range(event["date"])[1] < today:
            yield Finding(
                ID, f"{event['status']} for {event['date']}, which has passed", event=name,
                loc=("date",), level=DUE,
                hint="add what came of it, with --carries-out or --calls-off",
            )  # fmt: skip
        if "links" in event and event["status"] == "adopted":
            yield from _ended_suspensions(name, event, links, today)
        if "review_by" in event and day_range(event["review_by"])[1] < today:
            yield Finding(
                ID, f"review_by {event['review_by']} has passed", event=name, loc=("review_by",),
                level=DUE, hint="review the event, then change or remove review_by",
            )  # fmt: skip


class _Links:
    """What the links say about plans and suspensions; links of retracted events are left out."""

    def __init__(self, context: RuleContext) -> None:
        self._aliases = context.aliases
        self.settled: set[str] = set()
        # (event, clause or "" for all of it) -> the latest act that ends it, or extends it
        self._ended: dict[tuple[str, str], Made] = {}
        self._extended: dict[tuple[str, str], Made] = {}
        self.suspensions: set[str] = set()  # the acts that suspend, and those that extend one
        extensions: list[tuple[str, str]] = []
        for link in context.links:
            event = context.events[link.event]
            if event.get("confidence") != "retracted":
                self._add(link.event, event, link.data, extensions)
        size = -1
        while size != len(self.suspensions):  # an extension may extend another one
            size = len(self.suspensions)
            self.suspensions.update(name for name, to in extensions if to in self.suspensions)

    def target(self, link: Event) -> str:
        """Return the present id of the event that a link leads to."""
        return self._aliases.get(str(link.get("to")), str(link.get("to", "")))

    def _add(
        self, name: str, event: Event, link: Event, extensions: list[tuple[str, str]]
    ) -> None:  # fmt: skip
        rel, to = link["rel"], self.target(link)
        if rel in SETTLING:
            self.settled.add(to)
        elif event["status"] != "adopted":  # a threat to extend extends nothing
            return
        elif rel == "suspends":
            self.suspensions.add(name)
        elif rel == "extends" or rel in _ENDING:
            part, latest = (to, _clause(link)), self._extended if rel == "extends" else self._ended
            latest[part] = max(latest.get(part, _NEVER), _made(name, event))
            if rel == "extends":
                extensions.append((name, to))

    def is_ended(self, name: str, clause: str, after: Made = _NEVER) -> bool:
        """Return whether an act made later than `after` ends an event, or this clause of it."""
        return any(self._ended.get((name, part), _NEVER) > after for part in ("", clause))

    def is_changed(self, name: str, clause: str, after: Made = _NEVER) -> bool:
        """Return whether an act made later than `after` ends or extends it."""
        extended = any(self._extended.get((name, part), _NEVER) > after for part in ("", clause))
        return extended or self.is_ended(name, clause, after)


def _made(name: str, event: Event) -> Made:
    return day_range(event["date"])[0], name


def _clause(link: Event) -> str:
    return str(link.get("clause", ""))


def _ended_suspensions(name: str, event: Event, links: _Links, today: int) -> Iterator[Finding]:
    """Yield a finding for each end of a suspension, or of its extension, that nothing follows."""
    seen = set()
    places = {clause: (loc, window) for clause, loc, window in windows(event)}
    whole = places.get("", (("effective",), {}))
    for link in event["links"]:
        loc, window = places.get(str(link.get("via", "")), whole)  # a clause's own, or the act's
        end = next((end for end in ("until", "through") if end in window), "")
        if end and (*loc, end) not in seen and _sets_end(name, event, link, links):
            seen.add((*loc, end))
            last = day_range(window[end])[1]
            if last < today or (end == "until" and last == today):
                yield Finding(
                    ID, f"the suspension ran {end} {window[end]}, which has passed", event=name,
                    loc=(*loc, end), level=DUE, hint="add what came after it",
                )  # fmt: skip


def _sets_end(name: str, event: Event, link: Event, links: _Links) -> bool:
    """Return whether the end of a suspension is the end of the window of this link's act."""
    to, made = links.target(link), _made(name, event)
    if links.is_changed(name, str(link.get("via", ""))):
        return False
    if link["rel"] == "suspends":  # what ends the measure ends its suspension
        return not links.is_ended(to, _clause(link), made)
    # Of two acts that extend one suspension, the later one sets the end.
    extends = link["rel"] == "extends" and to in links.suspensions
    return extends and not links.is_changed(to, _clause(link), made)
