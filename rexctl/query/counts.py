"""Events counted by what they share: a field, the time of their date, or what follows from their codes."""

from __future__ import annotations

from collections.abc import Sequence

from rexctl.query.sql import BLOCS, EVENTS, Sql, condition, values_of
from rexctl.query.terms import Query
from rexctl.values.codes import NUMERIC

# The ordinals of days, as Python counts them, from the Julian day that SQLite counts by.
_DAY = 1721424.5
# The Thursday of a day's week: the year of a week in ISO 8601 is that of its Thursday.
_THURSDAY = f"({{0}} - {_DAY}) - (({{0}} - {_DAY}) + 6) % 7 + 3 + {_DAY}"
_TIMES = {
    "year": "strftime('%Y', {0})", "month": "strftime('%Y-%m', {0})",
    "day": "strftime('%Y-%m-%d', {0})",
    "week": "strftime('%Y', {1}) || '-W' || printf('%02d', (strftime('%j', {1}) + 6) / 7)",
    "quarter": "strftime('%Y', {0}) || '-Q' || ((strftime('%m', {0}) + 2) / 3)",
}  # fmt: skip
TIMES = tuple(_TIMES)
# Keys made of the values of another field: a name, what it is, and blob and text of each value.
_CODES = {
    "bloc": ("an actor is a member on the event's date", BLOCS.format("actors")),
    "hs-chapter": (
        "the first two digits of a product code",
        "SELECT DISTINCT blob, 'hs:' || substr(text, instr(text, ':') + 1, 2) AS text "
        "FROM field_values WHERE field = 'products' AND substr(text, 1, instr(text, ':') - 1) IN "
        f"({', '.join(repr(scheme) for scheme in NUMERIC)})",
    ),
    "material": (
        "a product that is a material",
        "SELECT DISTINCT blob, text FROM field_values "
        "WHERE field = 'products' AND text >= 'material:' AND text < 'material;'",
    ),
}  # fmt: skip
CODES = {name: text for name, (text, _) in _CODES.items()}
KEYS = (*TIMES, *CODES)


def count_by(
    fields: Sequence[str], query: Query, *, total: str = "", retracted: bool = False
) -> Sql:
    """Return the statement for each group: its keys, the number of events, the sum of a field.

    An event with several values of a field counts in the group of each, and so does one with actors
    in several blocs; one without any value, or with a date too imprecise to lie in one month, counts
    where the key is NULL.
    """
    where = condition(query, retracted=retracted)
    joins, keys, values = [], [], []
    for number, field in enumerate(fields):
        if field in _TIMES:
            keys.append(_time(field))
            continue
        if field in _CODES:
            source = _CODES[field][1]
        else:
            # DISTINCT has SQLite compute this once, with an index, and not for each event.
            source = f"SELECT DISTINCT blob, text FROM {values_of(field)} WHERE field = ?"
            values.append(field)
        joins.append(f"LEFT JOIN ({source}) k{number} ON k{number}.blob = e.n")
        keys.append(f"k{number}.text")
    summed = "NULL"
    if total:
        joins.append("LEFT JOIN (SELECT blob, sum(low) AS low FROM field_values WHERE field = ? "
                     "GROUP BY blob) s ON s.blob = e.n")  # fmt: skip
        values.append(total)
        summed = "sum(s.low)"
    names = ", ".join(str(n + 1) for n in range(len(keys)))
    order = names if fields and fields[0] in _TIMES else f"{len(keys) + 1} DESC, {names}"
    events = f"SELECT b.n, b.low, b.high FROM {EVENTS} WHERE {where.text}"
    text = (f"SELECT {', '.join(keys)}, count(*), {summed} FROM ({events}) e {' '.join(joins)} "
            f"GROUP BY {names} ORDER BY {order}")  # fmt: skip
    return Sql(text, (*where.values, *values))


def _time(unit: str) -> str:
    """Return the unit that the event's date is completely in; NULL where it is in more than one."""
    days = [f"e.{bound} + {_DAY}" for bound in ("low", "high")]
    first, last = (_TIMES[unit].format(day, _THURSDAY.format(day)) for day in days)
    return f"CASE WHEN {first} = {last} THEN {first} END"
