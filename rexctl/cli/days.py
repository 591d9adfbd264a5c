"""The days and the events that a question about measures names, and what its answer leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rexctl.errors import bad_range
from rexctl.measures import spans
from rexctl.snapshot import states
from rexctl.values.dates import BadDateError, parse_point
from rexctl.values.text import count_of

if TYPE_CHECKING:
    from rexctl.cli.context import Context
    from rexctl.measures.fold import Fold
    from rexctl.query import Query
    from rexctl.snapshot.snapshot import Snapshot

_LATE = 30  # days after the newest event of the log, from which an answer says so


def selected_ids(
    context: Context, snapshot: Snapshot, words: Sequence[str] | None, ids: str | None
) -> tuple[Query, set[str] | None]:
    """Return the query, and the ids of its events; None without terms, for all that are not retracted."""
    query = context.parse_query(snapshot, words, ids)
    if not words and ids is None:
        return query, None
    return query, {str(row.data["id"]) for row in snapshot.select(query, columns=("id",))}


def parse_day(text: str, context: Context) -> int:
    """Return the ordinal of the last day of a date that a user wrote; say which of several it is.

    Raises UsageError.
    """
    try:
        first, last = parse_point(text, context.today)
    except BadDateError as error:
        raise bad_range(error) from None
    if first != last:
        context.note(f"{text}: the answer is for its last day, {date.fromordinal(last)}")
    return last


def as_of(context: Context, known_by: str | None) -> tuple[int | None, date]:
    """Return the ordinal of the day of `--known-by`, and the day from which days are counted.

    That is today, or the earlier day of `--known-by`. Raises UsageError.
    """
    if not known_by:
        return None, context.today
    known = parse_day(known_by, context)
    return known, min(context.today, date.fromordinal(known))


def notes_on(
    context: Context, snapshot: Snapshot, day: int, only: set[str] | None, fold: Fold | None
) -> Iterator[str]:
    """Yield what an answer about the end of a day and some events leaves out.

    :param fold: over what was known, where that is not all of the log.
    """
    gaps = spans.gaps_on(fold, day, None) if fold else states.gaps_on(snapshot, day, None)
    return notes_left(context, gaps.among(only), day, snapshot)


def notes_left(
    context: Context, gaps: spans.Gaps, day: int, snapshot: Snapshot | None = None
) -> Iterator[str]:
    """Yield what an answer about a day leaves out, and which command lists it.

    :param snapshot: is named for its newest event where the day is long after it.
    """
    newest = snapshot and states.newest_day(snapshot, context.today.toordinal())
    if newest and day > newest + _LATE:
        yield f"the log's newest event is of {date.fromordinal(newest)}"
    on = "" if day == context.today.toordinal() else f"{date.fromordinal(day)} "
    for number, one, many, how in (
        (len(gaps.unknown), "measure has an unknown start", "measures have an unknown start",
         f"rexctl in-force {on}--all-states"),
        (len(gaps.without_effect), "act has no effect", "acts have no effect", "rexctl check"),
        (len(gaps.outside), "link leads to an act that is not in the log",
         "links lead to acts that are not in the log", "rexctl list has:links.instrument"),
    ):  # fmt: skip
        if number:
            yield f"{number} {one if number == 1 else many}: {how}"


def notes_later(context: Context, snapshot: Snapshot, known: int | None) -> Iterator[str]:
    """Yield that an answer counts events after the day of `--today`, if it does."""
    day = context.today
    if known is None and (number := states.count_later(snapshot, day.toordinal())):
        verb = "counts" if number == 1 else "count"
        yield (f"{count_of(number, 'later event')} {verb} here: --known-by {day} leaves out what became "
               "public after that day")  # fmt: skip
