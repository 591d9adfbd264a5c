"""What changes of events do to what is in force: the fold over both versions, compared."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from rexctl.changes.changes import can_change_state, make_change
from rexctl.changes.wording import describe_part, join_words
from rexctl.measures.fold import (
    IN_FORCE,
    NEVER,
    NOT_YET,
    PARTLY,
    SCHEDULED,
    UNKNOWN,
    Run,
    merge_runs,
)
from rexctl.measures.terms import terms_at
from rexctl.measures.windows import FIRST, LAST, end_of_day, format_instant, local_time
from rexctl.records import STATE, Change, Event, plain_text
from rexctl.snapshot.states import fold_of, load_linked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rexctl.changes.changes import EventPair
    from rexctl.measures.acts import Key
    from rexctl.measures.fold import Fold
    from rexctl.snapshot.snapshot import Snapshot

_ABSENT = "not in force"  # or not in the log, or retracted
_SAME = (_ABSENT, NOT_YET, SCHEDULED, UNKNOWN)  # nothing is in force, and nothing was
_MOST_GROUPS = 4  # of measures that change on the same days
_NEVER = [Run(_ABSENT, FIRST, LAST)]


class Effect(NamedTuple):
    """What changes do: a sentence on how many are in force, and a change for each measure.

    The sentence is empty where no measure comes into force or leaves it.
    """

    sentence: str
    changes: list[Change]


class _Switch(NamedTuple):
    """A measure that is in force in one version only, from a day until another; 0 is no day.

    `is_lost` says that it is the old version, `is_back` that the measure is in force again at the end.
    """

    day: int
    is_lost: bool
    end: int
    is_back: bool


class _StateChange(NamedTuple):
    """The first change of a measure's state, with the instant and, where it is one, the switch."""

    instant: int
    change: Change
    switch: _Switch | None


def find_effect(
    snapshot: Snapshot, pairs: Iterable[EventPair], today: date, renamed: Mapping[str, str]
) -> Effect:
    """Return what changes of events do to the measures that links join to them.

    :param snapshot: a version of the log that has the other events as they are.
    :param pairs: the changed events, before and after.
    """
    changed = [pair for pair in pairs if can_change_state(*pair)]
    if not changed:
        return Effect("", [])
    before, after = (
        {str(e["id"]): e for e in side if e is not None} for side in zip(*changed, strict=True)
    )
    others = load_linked(snapshot, (), [*before.values(), *after.values()])
    others = {name: one for name, one in others.items() if name not in before and name not in after}
    return _compare(
        fold_of(snapshot, [*others.values(), *before.values()]),
        fold_of(snapshot, [*others.values(), *after.values()]), today, renamed,
    )  # fmt: skip


def _compare(before: Fold, after: Fold, today: date, renamed: Mapping[str, str]) -> Effect:
    old, new = ({renamed.get(name, name): keys for name, keys in _keys_by_event(fold).items()}
                for fold in (before, after))  # fmt: skip
    switches: list[_Switch] = []
    changes: list[tuple[int, Change]] = []
    runs: list[tuple[str, list[Run], list[Run]]] = []
    for name in sorted({*old, *new}):
        fold, keys = (after, new[name]) if name in new else (before, old[name])
        zone, event = fold.acts.rows[keys[0]].zone, fold.acts.rows[keys[0]].event
        was, now = _runs(before, old.get(name)), _runs(after, new.get(name))
        runs.append((zone, was, now))
        if state_change := _state_change(event, zone, was, now):
            changes.append((state_change.instant, state_change.change))
            switches += [state_change.switch] if state_change.switch else []
        elif name in old and name in new:
            changes += _rate_changes(before, after, old[name], new[name])
    changes.sort(key=lambda one: (one[0], one[1].event))
    sentence = _count(switches, runs, today) if switches else ""
    return Effect(sentence, [change for _, change in changes])


def _keys_by_event(fold: Fold) -> dict[str, list[Key]]:
    keys_by_event: dict[str, list[Key]] = {}
    for key in fold.acts.rows:
        keys_by_event.setdefault(key.event, []).append(key)
    return keys_by_event


def _runs(fold: Fold, keys: Sequence[Key] | None) -> list[Run]:
    return merge_runs([fold.runs(key) for key in keys]) if keys else _NEVER


def _state_at(runs: Sequence[Run], instant: int) -> str:
    return next(run.state for run in runs if instant < run.end)


def _is_on(state: str) -> bool:
    return state in (IN_FORCE, PARTLY)


def _state_change(
    event: Event, zone: str, was: Sequence[Run], now: Sequence[Run]
) -> _StateChange | None:
    """Return the first difference of two states, with what follows where it is a switch.

    That a measure is in force in one version only comes before any other difference.
    """
    instants = sorted({run.start for run in (*was, *now)})
    states = [(instant, _state_at(was, instant), _state_at(now, instant)) for instant in instants]
    switched = [one for one in states if _is_on(one[1]) != _is_on(one[2])]
    differing = switched or [one for one in states
                             if one[1] != one[2] and not {*one[1:]} <= {*_SAME}]  # fmt: skip
    if not differing:
        return None
    start, old, new = differing[0]
    begin = f" from {format_instant(start, zone)}" if start != FIRST else ""
    pieces: list[tuple[str, str]] = [(f"{_words(new)}{begin}", "")]
    if old != _ABSENT:
        pieces = [(_words(old), "was"), (" -> ", "to"), (_words(new), "now"), (begin, "")]
    switch = None
    if switched:
        same = (one for one in states if one[0] > start and _is_on(one[1]) == _is_on(one[2]))
        end, _, after = next(same, (FIRST, "", ""))
        switch = _Switch(_ordinal(start, zone), _is_on(old), _ordinal(end, zone), _is_on(after))
        if end != FIRST:
            pieces.append((_describe_end(switch, after, format_instant(end, zone)), ""))
    change = make_change(event, STATE, "state", old, new, plain_text(tuple(pieces)), "force")
    return _StateChange(start, change._replace(pieces=tuple(pieces)), switch)


def _describe_end(switch: _Switch, state: str, end: str) -> str:
    """Return what a measure is from the end of a switch: `; in force again from 2026-11-10`."""
    if switch.is_back and not switch.is_lost:
        return f"; before, only from {end}"
    return f"; {'in force again' if switch.is_back else _words(state)} from {end}"


def _words(state: str) -> str:
    """Return a state in words; what never took effect may have been in force in the other version."""
    return "not in force" if state == NEVER else state.replace("-", " ")


def _ordinal(instant: int, zone: str) -> int:
    """Return the day of an instant; 0 where it is before all days."""
    return 0 if instant == FIRST else local_time(instant, zone).toordinal()


def _count(
    switches: Sequence[_Switch], runs: Sequence[tuple[str, list[Run], list[Run]]], today: date
) -> str:
    """Return how many measures are in force on the first day on which that differs, and what follows."""
    first = min(switch.day for switch in switches)
    day = first or today.toordinal()
    counts = [sum(_is_on(_state_at(sides[n], end_of_day(day, zone))) for zone, *sides in runs)
              for n in (0, 1)]  # fmt: skip
    total = f"{len(runs)} linked measures" if len(runs) > 1 else "1 measure"
    parts = [f"in force on {_iso(day)}: {counts[0]} -> {counts[1]} of {total}"]
    groups = sorted(Counter(switches).items())
    lines = [one for one in groups if one[0].day == first or len(groups) <= _MOST_GROUPS]
    parts += filter(None, (_describe_switch(*one, is_first=one[0].day == first) for one in lines))
    if later := len(switches) - sum(number for _, number in lines):
        parts.append(f"{later} more change on later days")
    return "; ".join(parts)


def _describe_switch(switch: _Switch, number: int, *, is_first: bool) -> str:
    """Return how many measures are in force, or are not, from a day until another."""
    is_one, (day, is_lost, end, is_back) = number == 1, switch
    if is_first and is_back:
        lost, gained = ("comes", "was to come") if is_one else ("come", "were to come")
        return f"{number} {lost if is_lost else gained} back on {_iso(end)}"
    if is_first and (is_lost or not end):
        return ""  # the count says it
    verb, where = "is" if is_one else "are", "out of" if is_lost else "in"
    until = "not only from" if is_back and not is_lost else "until"
    days = [] if is_first else [f"from {_iso(day)}"]
    days += [f"{until} {_iso(end)}"] if end else []
    return " ".join([f"{number} {verb} {where} force", *days])


def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _rate_changes(
    before: Fold, after: Fold, old: Sequence[Key], new: Sequence[Key]
) -> list[tuple[int, Change]]:
    """Return the first change of the rates of each row that acts on it make while it is in force.

    Rates in the measure's own file are not included: the diff of that file has them.
    """
    rate_changes = []
    for key in new:
        former = next((one for one in old if one.clause == key.clause), None)
        if former is None:
            continue
        sides = ((before, former), (after, key))
        part, rates = (
            after.acts.rows[key],
            [fold.acts.rows[one].fields.get("rates") for fold, one in sides],
        )
        if rates[0] != rates[1]:
            continue
        instants = {bound for fold, one in sides for over in fold.parts_over(one)
                    for bound in over.window.bounds(long=False)} - {LAST}  # fmt: skip
        for instant in sorted(instants):
            was, now = (list(terms_at(fold, one, instant).get("rates", ())) for fold, one in sides)
            if was != now and _is_on(after.state(key, instant).state):
                texts = [join_words([describe_part(rate, "Rate") for rate in side]) or "none"
                         for side in (was, now)]  # fmt: skip
                clause = f" of clause {key.clause}" if key.clause else ""
                pieces = ((f"rate{clause} from {format_instant(instant, part.zone)}: ", ""), (texts[0], "was"),
                          (" -> ", "to"), (texts[1], "now"))  # fmt: skip
                change = make_change(
                    part.event, STATE, "rates", was, now, plain_text(pieces), "force"
                )
                rate_changes.append((instant, change._replace(pieces=pieces)))
                break
    return rate_changes
