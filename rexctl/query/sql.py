"""From a query to SQL over the tables of the cache: values are bound, never pasted into the text.

The tables: `files` (path, blob) is the version of the log, `blobs` the events by the
number of their blob, `field_values` the values of each field, `texts` all that words are looked up in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from rexctl.errors import bad_value
from rexctl.model.tables import FIELDS
from rexctl.query.terms import Query, Term, Value
from rexctl.values.json_text import storable


class Sql(NamedTuple):
    """A statement or a part of one, with the values bound in it."""

    text: str
    values: tuple[Any, ...] = ()


# Fields that are columns of `blobs`: who wants no more reads no event. Not `confidence`, which is
# there also where an event does not state it.
COLUMNS = ("id", "type", "date", "status", "title")
# The field whose values are computed: the view `states` has them, for the day of the query.
STATE = "state"
_STATE = "(SELECT s.text FROM states s WHERE s.blob = b.n)"
# A blob at two paths is two events; a file that does not parse has no id and is none. In the order of
# dates:
EVENTS = "blobs b CROSS JOIN files f ON f.blob = b.n"
# The order of the index `blobs_by_date`, which needs no sort. Files of one content follow by their
# paths: the index `files_by_blob` gives them so.
ORDER = "b.low, b.instant, b.id, b.blob"
_SORTED_ORDER = f"{ORDER}, f.path"
# The computed fields that are columns of `blobs`.
_BOUNDS = {"_earliest": "low", "_latest": "high"}
_EVENT, _NEVER = Sql("b.id IS NOT NULL"), Sql("0")
_AFTER_SLASH = "0"  # follows the slash: all codes within CN are between `CN/` and `CN0`
_LAST_CHARACTER = "\U0010ffff"  # in no code, after every other
_MAX_VALUES = 20_000
# Blob and bloc, as `text`, of each event of which an actor, in a field, is the bloc, a member on a day
# of the event, or within one of these. CROSS: of each member the values are looked up, not of each
# value the members.
BLOCS = """
SELECT v.blob, m.bloc AS text FROM members m CROSS JOIN field_values v ON v.field = '{0}'
    AND (v.text = m.member OR (v.text >= m.member || '/' AND v.text < m.member || '0'))
    JOIN blobs d ON d.n = v.blob WHERE m.since <= d.high AND m.until > d.low
UNION SELECT v.blob, m.bloc FROM (SELECT DISTINCT bloc FROM members) m CROSS JOIN field_values v
    ON v.field = '{0}' AND (v.text = m.bloc OR (v.text >= m.bloc || '/' AND v.text < m.bloc || '0'))
"""
_WINDOW_KINDS = frozenset({"date", "day", "number", "integer"})


def select_events(
    query: Query, *, sort: Sequence[tuple[str, bool]] = (), limit: int | None = None,
    offset: int = 0, retracted: bool = False, columns: Sequence[str] = (), as_read: bool = False,
    reverse: bool = False,
) -> Sql:  # fmt: skip
    """Return the statement for `columns` of the events, or for their JSON, each with its path.

    `reverse` turns the order around before `limit` and `offset` cut it.
    """
    where = condition(query, retracted=retracted)
    rest = _SORTED_ORDER if sort or query.terms else ORDER
    joins, order = _sorted(
        [(field, descending != reverse) for field, descending in sort], rest, reverse
    )
    if as_read:
        order = Sql("b.n DESC" if reverse else "b.n")
    columns = [f"coalesce({_STATE}, '')" if one == STATE else f"b.{one}" for one in columns]
    names = ", ".join(columns) or "b.json"
    text = (f"SELECT {names}, f.path FROM {EVENTS} {joins.text} WHERE {where.text} "
            f"ORDER BY {order.text} LIMIT ? OFFSET ?")  # fmt: skip
    return Sql(text, (*joins.values, *where.values, -1 if limit is None else limit, offset))


def values_of(field: str) -> str:
    """Return the table, or the view, that has the values of a field."""
    return "states" if field == STATE else "field_values"


def count_events(query: Query, *, retracted: bool = False) -> Sql:
    """Return the statement that counts the events of a query."""
    where = condition(query, retracted=retracted)
    return Sql(f"SELECT count(*) FROM {EVENTS} WHERE {where.text}", where.values)


def condition(query: Query, *, retracted: bool) -> Sql:
    """Return the condition under which an event matches the query. Raises UsageError."""
    parts = [_of_term(term) for term in query.terms]
    parts += _of_words(query)
    parts.append(_EVENT if retracted else Sql("b.confidence <> 'retracted'"))
    where = _join(parts, " AND ", _EVENT)
    if len(where.values) > _MAX_VALUES:
        problem = f"holds over {_MAX_VALUES} values"
        raise bad_value("the query", problem, "--ids takes ids of any number")
    return where


def _of_words(query: Query) -> list[Sql]:
    """Return the conditions that an event has all words of a query."""
    if not query.words:
        return []
    from rexctl.query import full_text

    return full_text.conditions(query)


def _sorted(sort: Sequence[tuple[str, bool]], rest: str, reverse: bool) -> tuple[Sql, Sql]:
    """Return the joins and the order for sort keys, then `rest`; an event without the field comes last.

    Events of one date follow in the order of their instants, those without a time first.
    """
    joins, parts, fields = [], [], []
    for number, (field, descending) in enumerate(sort):
        direction = "DESC" if descending else "ASC"
        if field in _BOUNDS:
            parts.append(f"b.{_BOUNDS[field]} {direction}")
            continue
        kind = FIELDS[field].kind if field in FIELDS else ""
        bound = "high" if descending else "low"
        column = bound if kind in _WINDOW_KINDS else "text"
        pick = "max" if descending else "min"
        joins.append(f"LEFT JOIN (SELECT blob, {pick}({column}) AS key FROM {values_of(field)} "
                     f"WHERE field = ? GROUP BY blob) s{number} ON s{number}.blob = b.n")  # fmt: skip
        fields.append(field)
        parts += [f"s{number}.key IS NULL", f"s{number}.key {direction}"]
        if field == "date":
            parts.append(f"b.instant {direction}")
    if reverse:
        rest = ", ".join(f"{key} DESC" for key in rest.split(", "))
    return Sql(" ".join(joins), tuple(fields)), Sql(", ".join([*parts, rest]))


def _join(parts: Iterable[Sql], word: str, none: Sql) -> Sql:
    """Join two by two: SQLite takes a thousand levels of brackets and no more."""
    nodes = [Sql(f"({part.text})", part.values) for part in parts]
    while len(nodes) > 1:
        pairs = zip(nodes[::2], nodes[1::2], strict=False)
        odd = nodes[-1:] if len(nodes) % 2 else []
        nodes = [Sql(f"({a.text}{word}{b.text})", a.values + b.values) for a, b in pairs] + odd
    return nodes[0] if nodes else none


def _of_term(term: Term) -> Sql:
    where = _positive(term)
    return Sql(f"NOT ({where.text})", where.values) if term.negated else where


def _positive(term: Term) -> Sql:
    if term.op == "has":  # the field has a value, or a field of the group has one
        field = term.field
        return _having(field, Sql("v.field = ? OR (v.field > ? AND v.field < ?)",
                                  (field, field + ".", field + "/")))  # fmt: skip
    if term.op == "all":
        return _join((_any_of(term, (value,)) for value in term.values), " AND ", _NEVER)
    if term.op == "only":
        where = _join((_compare(term, value) for value in term.values), " OR ", _NEVER)
        others = Sql(f"v.field = ? AND NOT ({where.text})", (term.field, *where.values))
        other = _having(term.field, others)
        some = _any_of(term, term.values)
        return Sql(f"({some.text}) AND NOT ({other.text})", (*some.values, *other.values))
    if term.op == "rests-on":
        claims = term._replace(field="claims.attribution", op="any")
        return _join(map(_positive, (term._replace(op="only"), claims)), " OR ", _NEVER)
    return _any_of(term, term.values)


def _having(field: str, where: Sql) -> Sql:
    text = f"f.blob IN (SELECT v.blob FROM {values_of(field)} v WHERE {where.text})"
    return Sql(text, where.values)


def _any_of(term: Term, values: tuple[Value, ...]) -> Sql:
    """Return the condition that one value of the field compares with one of `values`."""
    if term.op == "in":
        blocs = json.dumps([value.text for value in values])
        members = f"SELECT blob FROM ({BLOCS.format(term.field)}) WHERE text IN (SELECT value FROM json_each(?))"
        return Sql(f"f.blob IN ({members})", (blocs,))
    exact = term.op == "eq" or (term.op in ("any", "all") and term.comparison == "same")
    if exact and len(values) > 1 and all(value.lo is None for value in values):
        # One binding however many: `--ids` may bring a hundred thousand.
        texts = json.dumps([storable(value.text) for value in values])
        where = Sql("v.text IN (SELECT value FROM json_each(?))", (texts,))
    else:
        where = _join((_compare(term, value) for value in values), " OR ", _NEVER)
    return _having(term.field, Sql(f"v.field = ? AND ({where.text})", (term.field, *where.values)))


def _compare(term: Term, value: Value) -> Sql:
    match term.op:
        case "eq" if value.lo is not None:
            return Sql("v.low = ? AND v.high = ?", (value.lo, value.hi))
        case "eq":
            return Sql("v.text = ?", (value.text,))
        case "certain":
            return Sql("v.low >= ? AND v.high <= ?", (value.lo, value.hi))
        case "re":
            return Sql("matches(?, v.text)", (value.text,))
    match term.comparison:
        case "overlap":
            return Sql("v.low <= ? AND v.high >= ?", (value.hi, value.lo))
        case "contains":
            return Sql("instr(comparison_key(v.text), ?) > 0", (value.key,))
        case "prefix":
            return _prefix(term, value.text)
    return Sql("v.text = ?", (value.text,))


def _within(start: str) -> Sql:
    return Sql("v.text = ? OR (v.text >= ? AND v.text < ?)",
               (start, start + "/", start + _AFTER_SLASH))  # fmt: skip


def _prefix(term: Term, start: str) -> Sql:
    if term.kind == "id" or (term.kind == "product" and not start.startswith("material:")):
        return Sql("v.text >= ? AND v.text < ?", (start, start + _LAST_CHARACTER))
    return _within(start)
