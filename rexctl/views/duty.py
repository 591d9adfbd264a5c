"""The duty on goods of one origin into one country: a row for each rate, and the total in words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rexctl.measures import duty
from rexctl.measures.terms import describe_rate, number, setting_rates
from rexctl.records import Row, Table
from rexctl.views.in_force import when

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from rexctl.measures.duty import Holds, Line, Question, Stack
    from rexctl.measures.fold import Fold
    from rexctl.views.in_force import When

COLUMNS = ("law", "rate", "counted", "note", "title", "id")
# Of a table to compute with, which has the total as its last row.
COLUMNS_WITH_TOTAL = ("row", "law", "rate", "by", "counted", "bound", "base", "in_all",
                      "base_at_most", *COLUMNS[3:])  # fmt: skip
HISTORY_COLUMNS = ("date", "duty", "parts")
HISTORY_WITH_TOTAL = ("date", "total", "bound", "base", "in_all", "base_at_most", "duty", "parts",
                      "measures")  # fmt: skip


def lines(fold: Fold, stack: Stack, at: When) -> Table:
    """Return a row for each rate of a stack; `counted` is what it adds to the total, `by` what set it."""
    rows = []
    for line in stack.lines:
        part = fold.acts.rows[line.key]
        row: dict[str, Any] = {"row": "part", "id": line.key.event, "clause": line.key.clause,
                               "law": line.law, "title": part.event["title"]}  # fmt: skip
        if line.rate is not None:
            row["rate"] = describe_rate(line.rate)
            acts = [one.part.key.event for one in setting_rates(fold, line.key, at(part))]
            row["by"] = list(dict.fromkeys(acts))
        if line.points is not None:
            row["counted"] = number(line.points)
        row["note"] = "; ".join(line.notes)
        rows.append(Row({key: value for key, value in row.items() if value not in ("", [])}))
    by = ("by",) if any("by" in row.data for row in rows) else ()
    return Table((*COLUMNS[:-2], *by, *COLUMNS[-2:]), rows, right=("counted",),
                 more=(*COLUMNS_WITH_TOTAL, "clause"))  # fmt: skip


def describe_total(stack: Stack) -> str:
    """Return the total of a stack in words, with and without the base rate, and what is not counted."""
    text = _describe_sum(stack)
    rest = sum(not line.is_counted for line in stack.lines)
    return text + (f"; {rest} listed {'is' if rest == 1 else 'are'} not counted" if rest else "")


def _describe_sum(stack: Stack) -> str:
    bound = f"{_bound(stack)} ".lstrip()
    base = "the base rate" if stack.base is None else f"the base rate of {number(stack.base)}"
    if not stack.lines:
        return f"no measure in the log reaches these goods: {base} alone"
    if not any(line.is_counted for line in stack.lines):
        return f"nothing is counted: {base} alone"
    alone = f"{bound}{number(stack.total)} percent on top of {base}"
    if stack.base is not None:
        return f"{bound}{number(stack.base + stack.total)} percent in all: {alone}"
    if not stack.all_in:
        return alone
    in_all = f"{bound}{number(stack.total + sum(stack.all_in))} percent in all"
    if len(stack.all_in) > 1:
        return (f"{in_all} where the base rate is 0; {len(stack.all_in)} rates include it: give it"
                " with --base")  # fmt: skip
    above = alone if stack.total else "the base rate alone"
    return (f"{in_all}, base rate included, if the base rate is at most"
            f" {number(stack.all_in[0])}; {above} above that")  # fmt: skip


def _bound(stack: Stack) -> str:
    """Return the words before a total that is an upper bound, a lower one, or neither nor exact."""
    if stack.is_most and stack.is_least:
        return "about"
    return "at most" if stack.is_most else "at least" if stack.is_least else ""


def note_texts(fold: Fold, stack: Stack) -> Iterator[str]:
    """Yield which events of a stack, counted or not, have a note: it may say what the log lacks."""
    names = dict.fromkeys(line.key.event for line in stack.lines)
    names |= dict.fromkeys([stack.base_key.event] if stack.base_key else [])
    if noted := [name for name in names if "note" in fold.acts.events[name]]:
        some = "1 of these measures has a note" if len(noted) == 1 else (
            f"{len(noted)} of these measures have notes")  # fmt: skip
        yield f"{some}: rexctl show {' '.join(noted)}"


def total_row(stack: Stack, none: str = "") -> Row:
    """Return the total as the last row: `counted` without the base rate, `in_all` with it.

    Where the base rate is not known and one rate includes it, `in_all` holds for a base rate of at
    most `base_at_most`, and `counted` comes on top of a higher one.

    :param none: says that the log has no tariff to count, in place of a total of 0.
    """
    if none:
        return Row({"row": "total", "law": "total", "note": none})
    return Row({"row": "total", "law": "total", **_summary(stack, "counted"),
                "note": describe_total(stack)})  # fmt: skip


def _summary(stack: Stack, total: str) -> dict[str, Any]:
    row: dict[str, Any] = {total: number(stack.total)}
    if bound := _bound(stack):
        row["bound"] = bound
    if stack.base is not None:
        row["base"] = number(stack.base)
    if (in_all := stack.with_base) is not None:
        row["in_all"] = number(in_all)
    if stack.base is None and len(stack.all_in) == 1:
        row["base_at_most"] = number(stack.all_in[0])
    return row


def history(
    fold: Fold, question: Question, holds_on: Callable[[int], Holds], days: Collection[int] = ()
) -> Table:
    """Return a row for each day on which the duty changed: what it is at the end of that day.

    :param holds_on: returns for a day what `question.holds` is on it.
    :param days: the days on which that changes.
    """
    keys = [key for key, part in fold.acts.rows.items() if part.event["type"] == "tariff"]
    changes = sorted(duty.days_of_change(fold, keys) | {*days})
    rows: list[Row] = []
    last: dict[str, Any] | None = None
    for day in [*(day - 1 for day in changes[:1]), *changes]:
        on_day = question._replace(instant=when(day, None), holds=holds_on(day))
        stack = duty.stack(fold, on_day, keys)
        lines = [line for line in stack.lines if line.is_counted]
        row = {**_summary(stack, "total"), "duty": _describe_sum(stack),
               "parts": [_part_of_total(line) for line in lines],
               "measures": [str(line.key) for line in lines]}  # fmt: skip
        if last is not None and row != last:
            rows.append(Row({"date": date.fromordinal(day).isoformat(), **row}))
        last = row
    return Table(HISTORY_COLUMNS, rows)


def _part_of_total(line: Line) -> str:
    """Return what a line adds with its law: `us/ieepa 34`, `us/s232 15 in all`."""
    value = str(number(line.points or Decimal(0)))
    if line.limit is not None:
        value = f"{number(line.limit)} in all"
    return f"{line.law} {value}".strip()


def parse_percent(text: str) -> Decimal:
    """Return a rate in percent from a text such as `2.5` or `2.5%`. Raises ValueError."""
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?\s*%?", text.strip()):
        raise ValueError(text)
    return Decimal(text.strip().rstrip("% "))
