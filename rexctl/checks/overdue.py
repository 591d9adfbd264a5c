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

from collections.abc import Iterator, Mapping
from typing import Any

from rexctl.checks.context import Link, RuleContext, day_range, windows
from rexctl.model.tables import SETTLING
from rexctl.records import DUE, Finding

Events = Mapping[str, Mapping[str, Any]]
Made = tuple[int, str]  # the day of an act and its id: of two acts the later one counts

ID = "overdue"

# What ends a suspension, or the measure that it suspends.
_ENDING = ("resumes", "revokes", "replaces")
_NEVER = (0, "")
Latest = dict[tuple[str, str], Made]


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each day that has passed. A date counts by its last possible day."""
    today = context.today.toordinal()
    events = {name: event for name, event in context.events.items()
              if event.get("confidence") != "retracted"}  # fmt: skip
    links = [link for link in context.links if link.event in events]
    settled = {link.to for link in links if link.rel in SETTLING}
    for name, event in events.items():
        planned = event["status"] in ("planned", "expected") and name not in settled
        if planned and day_range(event["date"])[1] < today:
            yield Finding(
                ID, f"{event['status']} for {event['date']}, which has passed", event=name,
                loc=("date",), level=DUE,
                hint="add what came of it, with --carries-out or --calls-off",
            )  # fmt: skip
        if "review_by" in event and day_range(event["review_by"])[1] < today:
            yield Finding(
                ID, f"review_by {event['review_by']} has passed", event=name, loc=("review_by",),
                level=DUE, hint="review the event, then change or remove review_by",
            )  # fmt: skip
    # A threat to extend extends nothing.
    yield from _ended_suspensions(
        events, [link for link in links if events[link.event]["status"] == "adopted"], today
    )


def _ended_suspensions(events: Events, links: list[Link], today: int) -> Iterator[Finding]:
    """Yield a finding for each end of a suspension, or of its extension, that nothing follows."""
    acts = _Acts(events, links)
    seen = set()
    for link in links:
        places = {clause: (loc, window) for clause, loc, window in windows(events[link.event])}
        # A clause's own window, or that of the act.
        loc, window = places.get(link.value("via")) or places.get("", (("effective",), {}))
        end = next((end for end in ("until", "through") if end in window), "")
        place = (link.event, *loc, end)
        if end and place not in seen and acts.sets_end(link):
            seen.add(place)
            last = day_range(window[end])[1]
            if last < today or (end == "until" and last == today):
                yield Finding(
                    ID, f"the suspension ran {end} {window[end]}, which has passed",
                    event=link.event, loc=(*loc, end), level=DUE, hint="add what came after it",
                )  # fmt: skip


class _Acts:
    """What adopted acts do to suspensions: by (event, clause or "" for all of it), the latest act."""

    def __init__(self, events: Events, links: list[Link]) -> None:
        self._made: dict[str, Made] = {
            link.event: (day_range(events[link.event]["date"])[0], link.event) for link in links
        }
        self._ended = self._latest(links, _ENDING)
        self._changed = self._latest(links, (*_ENDING, "extends"))
        # The acts that suspend, and those that extend one.
        self._suspensions = {link.event for link in links if link.rel == "suspends"}
        size = -1
        while size != len(self._suspensions):  # an extension may extend another one
            size = len(self._suspensions)
            self._suspensions |= {link.event for link in links
                                  if link.rel == "extends" and link.to in self._suspensions}  # fmt: skip

    def _latest(self, links: list[Link], relations: tuple[str, ...]) -> Latest:
        latest: Latest = {}
        for link in links:
            if link.rel in relations:
                part = link.to, link.value("clause")
                latest[part] = max(latest.get(part, _NEVER), self._made[link.event])
        return latest

    def sets_end(self, link: Link) -> bool:
        """Return whether the end of a suspension is the end of the window of this link's act."""
        made, clause = self._made[link.event], link.value("clause")
        if _is_later(self._changed, link.event, link.value("via")):
            return False
        if link.rel == "suspends":  # what ends the measure ends its suspension
            return not _is_later(self._ended, link.to, clause, made)
        # Of two acts that extend one suspension, the later one sets the end.
        extends = link.rel == "extends" and link.to in self._suspensions
        return extends and not _is_later(self._changed, link.to, clause, made)


def _is_later(latest: Latest, name: str, clause: str, after: Made = _NEVER) -> bool:
    """Return whether an act on an event, or on this clause of it, was made later than `after`."""
    return any(latest.get((name, part), _NEVER) > after for part in ("", clause))
