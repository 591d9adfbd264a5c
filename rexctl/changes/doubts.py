"""What a reviewer should look at twice: changes that look like slips. `rexctl help review` lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

from rexctl.changes.wording import format_date
from rexctl.records import ADDED, CHANGED, Change, Event
from rexctl.values.dates import span

_FACTOR = 5  # a figure so many times as high, or as low, may have slipped a digit
_LATE = 366  # days between the date of an event and the start of what it decides
# Fields of which another value is doubted whatever it is.
_ELSE = {"actors": "other actors", "by": "another actor",
         **dict.fromkeys(("unit", "currency", "per"), "another unit")}  # fmt: skip
_PARTS = ("clauses", "claims", "commitments", "rates", "sources")
_OTHER_YEAR = re.compile(r"(\d{4})(-\d.*) (?!\1)\d{4}\2")
_SHORT = 60  # characters of a sentence that goes with a doubt
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def find_doubts(
    changes: Iterable[Change], pairs: Iterable[tuple[Event | None, Event | None]]
) -> dict[str, list[str]]:
    """Return for each event that is in doubt the reasons, in the order of the changes."""
    by_event: dict[str, list[Change]] = {}
    for change in changes:
        by_event.setdefault(change.event, []).append(change)
    versions = {str(new["id"]): (old, new) for old, new in pairs if new is not None}
    doubts_by_event = {}
    for name, own in by_event.items():
        old, new = versions.get(name, (None, None))
        reasons = [_with_change(reason, change) for change in own if (reason := doubt_of(change))]
        if new is not None:
            reasons += [*_together(own, new), *_contradicted(own, new), *_windows(old or {}, new)]
        if reasons:
            doubts_by_event[name] = list(dict.fromkeys(reasons))
    return doubts_by_event


def doubt_of(change: Change) -> str:
    """Return why a reviewer should look twice at one change; "" if nothing is in doubt.

    >>> doubt_of(Change("a", "", "tariff", "changed", "rates.value", "44", "440", ""))
    'a figure 10 times as high'
    """
    old, new = change.old, change.new
    key = change.field.rpartition(".")[2]
    if change.kind == ADDED:
        sources = new.get("sources") or [{}]
        if all(one.get("attribution") == "anonymous" for one in sources):
            return "unnamed sources only"
        sure = new.get("confidence", "confirmed") == "confirmed"
        return "" if sure else f"confidence {new['confidence']}"
    if change.kind != CHANGED:
        return ""
    if new is None and change.field in _PARTS:
        return f"a {change.field[:-1]} is gone"
    if key in _ELSE and old is not None:
        return _ELSE[key]
    if not isinstance(old, str) or not isinstance(new, str):
        return ""
    if _OTHER_YEAR.fullmatch(f"{old} {new}"):
        return "the same day of another year"
    with suppress(ArithmeticError):  # what is no number, or 0, has no factor
        ratio = Decimal(new) / Decimal(old)
        if ratio > 0 and (factor := max(ratio, 1 / ratio)) >= _FACTOR:
            return f"a figure {float(factor):.3g} times as {'high' if ratio > 1 else 'low'}"
    return ""


def _with_change(reason: str, change: Change) -> str:
    """Return a doubt, followed by what changed if that is short."""
    is_short = change.kind == CHANGED and len(change.sentence) <= _SHORT
    return f"{reason} ({change.sentence})" if is_short else reason


def _contradicted(changes: Iterable[Change], new: Event) -> Iterator[str]:
    """Yield which texts of an event still have the figure or day that another field had before."""
    for change in changes:
        old, now = change.old, change.new
        if change.kind != CHANGED or change.section == "texts":
            continue
        before, after = _as_written(old), _as_written(now)
        for field in ("title", "summary") if before and after else ():
            text = str(new.get(field, ""))
            repeats = [one for one in before
                       if re.search(rf"(?<![\w.,-]){re.escape(one)}(?![\w-])", text)]  # fmt: skip
            if repeats and not any(one in text for one in after):
                yield f"the {field} still says {repeats[0]}"
                break


def _as_written(value: Any) -> list[str]:
    """Return how texts write a figure or a day; nothing for other values.

    >>> _as_written("2026-11-10"), _as_written("44")
    (['10 November 2026', '10 November', '2026-11-10'], ['44'])
    """
    if not isinstance(value, str):
        return []
    if _DAY.fullmatch(value):
        long = format_date(value)
        return [long, long.rpartition(" ")[0], value]
    return [value] if value.replace(".", "", 1).isdigit() and len(value) > 1 else []


def _together(changes: Sequence[Change], new: Event) -> Iterator[str]:
    """Yield the doubts that follow from several changes of one event, whose new version is `new`."""
    changed = [change for change in changes if change.kind == CHANGED]
    is_sourced = any(one.field.startswith("sources") and one.new is not None for one in changed)
    if not is_sourced and any(one.field == "status" for one in changed):
        yield f"no source was added for the status {new['status']}"
    links = [change for change in changed if change.field == "links"]
    old_rels = {change.old["rel"] for change in links if change.old}
    new_rels = {change.new["rel"] for change in links if change.new}
    for relation in sorted(old_rels & new_rels):
        yield f"{relation} leads to another event"


def _windows(old: Event, new: Event) -> Iterator[str]:
    """Yield the doubts about windows that are new or have changed."""
    begin = _bounds(new, "from")
    date = span(str(new["date"]))
    before = {clause.get("id"): clause for clause in old.get("clauses", ())}
    for part in (new, *new.get("clauses", ())):
        known = old if part is new else before.get(part.get("id"), {})
        if part.get("effective") == known.get("effective"):
            continue
        within = "" if part is new else f"clause {part.get('id', '')} "
        if (start := _bounds(part, "from")) and start[0] > date[1] + _LATE:
            yield f"{within}begins {round((start[0] - date[1]) / 30.4)} months after its date"
        end = _bounds(part, "until") or _bounds(part, "through")
        if part is not new and begin and end and end[1] < begin[0]:
            yield f"{within}ends before the measure begins"


def _bounds(part: Event, key: str) -> tuple[int, int] | None:
    text = part.get("effective", {}).get(key)
    return span(str(text)) if text else None
