"""A plan, a threat, a deadline, a commitment, the end of a suspension or a `review_by` has passed.

Add the event that followed: what carried it out (`carries-out`, of a commitment `implements`),
called it off (`calls-off`) or averted it (`averts`), the act that extends the suspension or resumes
the measure. A threat lapses after the later of `deadline` and `effective.from`. Where nothing is
known yet, allow it in the event with the reason. A `review_by` that has passed is always reported:
look at the event again, then move the day or remove the field. All is relative to today, or to
`--today`.

FAIL:
- {id: 2025-10-talks, type: meeting, status: planned, date: 2025-10}

PASS:
- {id: 2099-10-talks, type: meeting, status: planned, date: 2099-10}
"""

from collections.abc import Collection, Iterator

from rexctl.checks.context import Event, Findings, Loc, RuleContext, day_range, finding_in
from rexctl.measures.acts import Acts, Layer, loc_of
from rexctl.measures.windows import end_of_day
from rexctl.views import outcomes

# What ends a suspension, or the measure that it suspends.
_ENDING = ("resumes", "revokes", "replaces")
_FOLLOWED = "add what came of it, with --carries-out, --calls-off or --averts"
_REVIEW = "review the event, then change or remove review_by"


def check(context: RuleContext) -> Findings:
    """Yield a finding for each day that has passed. A date counts by its last possible day."""
    today = context.today.toordinal()
    settled = outcomes.settled(context.events.values())
    for name, event in context.having("overdue").items():
        if event.get("confidence") != "retracted":
            for day, loc, message, hint in _days(event, settled):
                if day and day_range(day)[1] < today:
                    yield finding_in(name, loc, message, hint)
    yield from _ended_suspensions(context.fold.acts, today)


def _days(event: Event, settled: Collection[str]) -> Iterator[tuple[str, Loc, str, str]]:
    """Yield each day of an event by which something is to come: path, message and hint, too."""
    threat = False
    for one in outcomes.pending(event):
        threat |= one.kind == "threat"
        what = one.key.partition("#")[2]
        what = f"commitment {what} due" if what else f"{event['status']} for"
        if one.key not in settled:
            yield one.due, one.loc, f"{what} {one.due}, which has passed", _FOLLOWED
    if "deadline" in event and not threat and event["id"] not in settled:
        day = event["deadline"]
        yield day, ("deadline",), f"deadline {day} has passed", _FOLLOWED
    if "review_by" in event:
        day = event["review_by"]
        yield day, ("review_by",), f"review_by {day} has passed", _REVIEW


def _ended_suspensions(acts: Acts, today: int) -> Findings:
    """Yield a finding for each end of a suspension, or of its extension, that nothing follows."""
    seen = set()
    for layer in acts.layers("suspends"):
        over = acts.on_layer.get(id(layer), [])
        last = next((one for one in reversed(over) if one.rel == "extends"), layer)
        if _is_ended(acts, layer) or _is_ended(acts, last):
            continue
        loc = loc_of(last.part.event, last.part.key.clause, "effective")
        window = last.part.fields.get("effective", {})
        end = next((end for end in ("until", "through") if end in window), "")
        place = (last.part.key.event, *loc, end)
        ended = last.part.window.end[1] <= end_of_day(today, last.part.zone)
        if end and ended and place not in seen:
            seen.add(place)
            message = f"the suspension ran {end} {window[end]}, which has passed"
            yield finding_in(last.part.key.event, (*loc, end), message, "add what came after it")


def _is_ended(acts: Acts, layer: Layer) -> bool:
    """Return whether an act ends a layer, or was made later and ends what the layer suspends."""
    if any(one.rel in _ENDING for one in acts.on_layer.get(id(layer), ())):
        return True
    later = [
        any(one.rel in _ENDING and one.order > layer.order for one in acts.on_row.get(key, ()))
        for key in layer.rows
    ]
    return bool(later) and all(later) and layer.rel == "suspends"
