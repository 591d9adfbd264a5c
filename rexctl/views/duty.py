"""The duty on goods of one origin into one country: a row for each rate, and the total in words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rexctl.measures import duty
from rexctl.measures.terms import number
from rexctl.measures.windows import FIRST, LAST, end_of_day, format_instant, local_time
from rexctl.records import Row, Table
from rexctl.views.in_force import when

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rexctl.measures.duty import Question, Stack
    from rexctl.measures.fold import Fold

COLUMNS = ("law", "rate", "counted", "note", "title", "id")


def lines(fold: Fold, stack: Stack) -> Table:
    """Return a row for each rate of a stack; `counted` is what it adds to the total."""
    rows = []
    for line in stack.lines:
        event = fold.acts.events[line.key.event]
        row: dict[str, Any] = {"id": line.key.event}
        if line.key.clause:
            row["clause"] = line.key.clause
        row |= {"law": line.law, "title": event["title"]}
        if line.rate is not None:
            row["rate"] = describe_rate(line.rate)
        if line.points is not None:
            row["counted"] = number(line.points)
        if line.notes:
            row["note"] = "; ".join(line.notes)
        rows.append(Row({key: value for key, value in row.items() if value != ""}))
    return Table(COLUMNS, rows, right=("counted",))


def describe_rate(rate: Mapping[str, Any]) -> str:
    """Return a rate in words: `25 percent`, `80 USD/kg`, `50 percent of steel content`."""
    unit = rate["unit"]
    if unit == "specific":
        amount = " ".join(str(rate[key]) for key in ("value", "currency") if key in rate)
        text = f"{amount}/{rate['per']}" if "per" in rate else amount
    else:
        text = f"{rate['value']} {unit.replace('-', ' ')}"
    return text + (f" of {rate['of']}" if "of" in rate else "")


def describe_total(stack: Stack) -> str:
    """Return the total of a stack in words, with and without the base rate."""
    bound = "at most " if stack.is_most else "at least " if stack.is_least else ""
    text = f"total {bound}{number(stack.total)} percent on top of the base rate"
    in_all = stack.with_base
    if in_all is None:
        several = f"; {len(stack.all_in)} rates depend on the base rate: give it with --base"
        return text + (several if stack.all_in else "")
    if stack.base is not None:
        return f"{text} of {number(stack.base)}: {bound}{number(in_all)} in all"
    limit = number(stack.all_in[0])
    return f"{text}; {number(in_all)} in all if the base rate is at most {limit}"


def history(fold: Fold, question: Question, zone: str) -> Table:
    """Return a row for each day on which the total changed, on the clock of the importer."""
    keys = [key for key, part in fold.acts.rows.items() if part.event["type"] == "tariff"]
    days = sorted(
        {
            local_time(one, zone).toordinal()
            for one in duty.changes(fold, keys)
            if FIRST < one < LAST
        }
    )
    rows, last = [], None
    for day in days:
        instant = end_of_day(day, zone)
        stack = duty.stack(fold, question._replace(instant=when(day, instant)), keys)
        shown = _summary(stack)
        if shown != last:
            rows.append(Row({"date": format_instant(end_of_day(day - 1, zone) + 1, zone), **shown}))
            last = shown
    return Table(("date", "total", "bound", "in_all", "measures"), rows, right=("total", "in_all"))


def _summary(stack: Stack) -> dict[str, Any]:
    row: dict[str, Any] = {"total": number(stack.total)}
    if stack.is_most or stack.is_least:
        row["bound"] = "at most" if stack.is_most else "at least"
    if stack.base is not None:
        row["in_all"] = number(stack.base + stack.total)
    row["measures"] = [str(line.key) for line in stack.lines if line.points is not None]
    return row


def parse_percent(text: str) -> Decimal:
    """Return a rate in percent from a text such as `2.5` or `2.5%`. Raises ValueError."""
    return Decimal(text.removesuffix("%").strip())
