"""The states of all measures as spans of time: what a question about one day looks up."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.measures.effects import events_without_effect
from rexctl.measures.fold import IN_FORCE, NEVER, PARTLY, UNKNOWN, merge_runs
from rexctl.measures.terms import name_some, rates_over_time
from rexctl.measures.windows import FIRST, LAST, end_of_day, format_instant, local_time
from rexctl.values import dates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from rexctl.measures.acts import Key
    from rexctl.measures.fold import Fold, Run

# Of which a span is: a measure of one part, one made of its clauses, one clause of it.
ALONE, MADE, CLAUSE = 0, 1, 2


class Span(NamedTuple):
    """A state of a measure or a clause with its rates, between two instants at which that changes.

    It holds at the end of each day from `low` to the day before `high`, on the clock of the measure.
    `since` is the day on which the state began, which may be earlier than the span: others that it
    may have instead, `possibly` (with commas), and rates begin and end too. What never took effect has
    no such day. `next` is the next state, or `rate` with the next rates where the state stays; on the
    day on which a start passes without effect nothing changes.
    `begin` is the instant of `since`, and `days` are the days in force before it. `title` is that of a
    clause. `rates` is a JSON list of those of the parts in force, in words, where not all
    have one with the ids of the clauses that have it; empty without any.
    """

    event: str
    level: int
    clause: str
    start: int
    end: int
    low: int
    high: int
    state: str
    possibly: str
    since: str
    next: str
    next_on: str
    begin: int
    days: int
    zone: str
    title: str
    rates: str

    @property
    def others(self) -> list[str]:
        """The states that it may have instead."""
        return self.possibly.split(",") if self.possibly else []

    def days_in_force(self, instant: int) -> int:
        """Return the days for which it has been in force, up to an instant of the span."""
        if self.state not in (IN_FORCE, PARTLY) or self.begin == FIRST:
            return self.days
        return self.days + _days(self.begin, instant + 1)

    def instant(self, day: int) -> int:
        """Return the end of a day on the clock of the measure."""
        return end_of_day(day, self.zone)


class Gaps(NamedTuple):
    """What no answer about a moment can say: measures whose start is unknown then, acts without effect.

    Of these act and target; `outside` has an id for each link to an act that is not in the log.
    """

    unknown: frozenset[str]
    without_effect: Sequence[tuple[str, str]]
    outside: Sequence[str]

    def among(self, names: Collection[str] | None) -> Gaps:
        """Return what concerns some events, acts on them included; everything for None."""
        if names is None:
            return self
        without = [(act, to) for act, to in self.without_effect if act in names or to in names]
        outside = [name for name in self.outside if name in names]
        return Gaps(self.unknown.intersection(names), without, outside)


def gaps_on(fold: Fold, day: int, instant: int | None) -> Gaps:
    """Return what an answer about the end of a day, or about an instant, cannot say."""
    moments = {key: end_of_day(day, part.zone) if instant is None else instant
               for key, part in fold.acts.rows.items()}  # fmt: skip
    unknown = {key.event for key, at in moments.items() if fold.state(key, at).state == UNKNOWN}
    return Gaps(frozenset(unknown), list(events_without_effect(fold)), fold.acts.outside)


def spans_on(
    fold: Fold, day: int, instant: int | None, *, clauses: bool
) -> Iterator[tuple[Span, Mapping[str, Any]]]:
    """Yield the span of each measure, or each clause, with its event, by the day since when it is so.

    :param day: the ordinal of the day at whose end they are looked at, on the clock of each.
    :param instant: the instant to look at instead.
    """
    spans = [
        span for span in spans_of(fold)
        if span.level != (MADE if clauses else CLAUSE)
        and (span.low <= day < span.high if instant is None else span.start <= instant < span.end)
    ]  # fmt: skip
    for span in sorted(spans, key=lambda span: (span.begin, span.event, span.clause)):
        yield span, fold.acts.events[span.event]


def spans_of(fold: Fold) -> Iterator[Span]:
    """Yield the spans of each measure, and of each of its clauses, in the order of time."""
    for keys in fold.acts.rows_by_event().values():
        if len(keys) == 1:
            yield from spans_of_row(fold, keys, ALONE)
            continue
        yield from spans_of_row(fold, keys, MADE)
        for key in keys:
            yield from spans_of_row(fold, [key], CLAUSE)


def spans_of_row(fold: Fold, keys: Sequence[Key], level: int) -> Iterator[Span]:
    """Yield the spans of one row of an answer: of a measure, made of its clauses, or of one clause."""
    part = fold.acts.rows[keys[0]]
    zone, own = part.zone, level != MADE and keys[0].clause
    clause, title = (keys[0].clause, str(part.fields["title"])) if own else ("", "")
    rates = {key: rates_over_time(fold, key) for key in keys}
    changes = {instant for key in keys for instant in fold.changes(key)}
    changes |= {instant for several in rates.values() for instant, _ in several}
    days = 0
    spans: list[Span] = []
    for run in merge_runs([fold.runs(key) for key in keys]):
        since = format_instant(run.start, zone) if run.start != FIRST and run.state != NEVER else ""
        within = sorted({run.start, *(one for one in changes if run.start < one < run.end)})
        for start, end in zip(within, [*within[1:], run.end], strict=True):
            answers = [fold.state(key, start) for key in keys]
            others = dict.fromkeys(other for answer in answers for other in answer.others)
            now = _name_rates({
                key.clause: _rates_at(rates[key], start) if answer.state == IN_FORCE else []
                for key, answer in zip(keys, answers, strict=True)
            })  # fmt: skip
            spans.append(Span(keys[0].event, level, clause, start, end, _day(start, zone), _day(end, zone),
                              run.state, ",".join(others), since, "", "", run.start, days, zone, title,
                              json.dumps(now) if now else ""))  # fmt: skip
        days += _days_of(run)
    for n, span in enumerate(spans):
        after = next((one for one in spans[n:] if one.state != NEVER
                      and (one.state, one.rates) != (span.state, span.rates)), None)  # fmt: skip
        if after:
            text = after.state
            if text == span.state:
                text = "rate " + ", ".join(json.loads(after.rates) if after.rates else ["none"])
            span = span._replace(next=text, next_on=format_instant(after.start, zone))
        yield span


def _rates_at(rates: Sequence[tuple[int, list[str]]], instant: int) -> list[str]:
    return [texts for start, texts in rates if start <= instant][-1]


def _name_rates(by_clause: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the rates of clauses, each once; one that not all have is followed by those that have it.

    >>> _name_rates({"base": ["10 percent"], "china": ["84 percent"]})
    ['10 percent (base)', '84 percent (china)']
    """
    clauses: dict[str, dict[str, None]] = {}
    for clause, texts in by_clause.items():
        for text in texts:
            clauses.setdefault(text, {})[clause] = None
    return [
        text if len(ids) == len(by_clause) else f"{text} ({name_some(list(ids))})"
        for text, ids in clauses.items()
    ]


def _days_of(run: Run) -> int:
    """Return the days of a run in force; none of one without a known start."""
    counts = run.state in (IN_FORCE, PARTLY) and run.start != FIRST
    return _days(run.start, run.end) if counts else 0


def _days(start: int, end: int) -> int:
    return round((end - start) / 86_400)


@lru_cache(maxsize=100_000)
def _day(instant: int, zone: str) -> int:
    """Return the first day (an ordinal) at whose end an instant is there or over."""
    if instant in (FIRST, LAST):
        return dates.LOWEST if instant == FIRST else dates.HIGHEST
    day = local_time(instant, zone).toordinal()
    while end_of_day(day, zone) < instant:  # a day that begins at 01:00
        day += 1
    return day
