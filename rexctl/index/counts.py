"""Events counted by what they share: a field, or the year, quarter, month or day they lie in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.index.packing import source_of
from rexctl.index.where import condition
from rexctl.values.json_text import Num

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rexctl.index.tables import Index
    from rexctl.query import Query

# The ordinals of days, as Python counts them, from the Julian day that SQLite counts by.
_DAY = 1721424.5
# The number of an event out of a list of JSON is of no type, and SQLite makes no index of such: each
# event was compared with each, which took 5 seconds for 10,000.
_N = "CAST(n AS INTEGER) AS n"
_TIMES = {
    "year": "strftime('%Y', {0})", "month": "strftime('%Y-%m', {0})",
    "day": "strftime('%Y-%m-%d', {0})",
    "quarter": "strftime('%Y', {0}) || '-Q' || ((strftime('%m', {0}) + 2) / 3)",
}  # fmt: skip
TIMES = tuple(_TIMES)


def counted(
    index: Index, query: Query, by: Sequence[str], *, total: str = "", retracted: bool = False
) -> Iterator[dict[str, Any]]:
    """Give a row for each group: its keys, `events`, and `sum` of the numbers of a field.

    An event with several values of a field counts in the group of each; one without any, or with
    a date too imprecise to lie in one month, counts where the key is absent.
    """
    asked = condition(query, retracted=retracted)
    joins, keys, bound = [], [], []
    for number, field in enumerate(by):
        if field in _TIMES:
            keys.append(_time(field))
        else:
            joins.append(f"LEFT JOIN (SELECT DISTINCT {_N}, text FROM {source_of(field)} "
                         f"WHERE field = ?) k{number} ON k{number}.n = e.n")  # fmt: skip
            bound.append(field)
            keys.append(f"k{number}.text")
    summed = "NULL"
    if total:
        joins.append(f"LEFT JOIN (SELECT {_N}, sum(lo) AS lo FROM vals WHERE field = ? GROUP BY n) "
                     "s ON s.n = e.n")  # fmt: skip
        bound.append(total)
        summed = "sum(s.lo)"
    names = ", ".join(str(n + 1) for n in range(len(keys)))
    order = names if by and by[0] in _TIMES else f"{len(keys) + 1} DESC, {names}"
    source, counting = f"events e {' '.join(joins)} WHERE {_of(query, asked.sql)}", "count(*)"
    if not joins:  # many events lie on one day: what month that is in need be found but once
        counting = "sum(e.many)"
        source = ("(SELECT lo, hi, count(*) AS many FROM events "
                  f"WHERE {asked.sql} GROUP BY lo, hi) e")  # fmt: skip
    sql = (f"SELECT {', '.join(keys)}, {counting}, {summed} FROM {source} "
           f"GROUP BY {names} ORDER BY {order}")  # fmt: skip
    for *found, many, number in index.ask(sql, (*bound, *asked.values)):
        row: dict[str, Any] = {k: v for k, v in zip(by, found, strict=True) if v is not None}
        row["events"] = Num(many)
        if number is not None:
            row["sum"] = Num(f"{round(number, 9):.9f}".rstrip("0").rstrip("."))
        yield row


def _of(query: Query, sql: str) -> str:
    """The condition as it stands among other tables; a query of no terms asks nothing of those."""
    if not query.terms and not query.words:
        return sql
    return f"e.n IN (SELECT n FROM events WHERE {sql})"


def _time(unit: str) -> str:
    """The unit that the whole of an event's date lies in; none where it lies in more than one."""
    first, last = (_TIMES[unit].format(f"e.{bound} + {_DAY}") for bound in ("lo", "hi"))
    return f"CASE WHEN {first} = {last} THEN {first} END"
