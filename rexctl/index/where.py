"""From a query to SQL: a condition with its values bound, never text pasted in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.errors import bad_value
from rexctl.index.packing import ID, is_worded
from rexctl.index.texts import storable
from rexctl.values.text import comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rexctl.query import Query, Term, Value


class Condition(NamedTuple):
    """A condition on `events` and the values bound in it."""

    sql: str
    values: tuple[Any, ...] = ()


_ALWAYS, _NEVER = Condition("1"), Condition("0")
# The sign that follows the slash: all codes within CN stand between `CN/` and `CN0`.
_AFTER_SLASH = "0"
_LAST_SIGN = "\U0010ffff"  # stands in no code, after every other
# What an event holds stands in a table of its own: a list of events need not read past it.
TEXTS = "contents c JOIN json_each(c.texts) f JOIN json_each(f.value) t WHERE c.n = events.n"
_MOST = 20_000  # bindings of one question


def condition(query: Query, *, retracted: bool) -> Condition:
    """Give the condition under which an event answers the query."""
    parts = [_term(term) for term in query.terms]
    parts += [holds(word) for word in map(comparison_key, query.words)]
    if not retracted:
        parts.append(Condition("confidence <> 'retracted'"))
    found = _joined(parts, " AND ", _ALWAYS)
    if len(found.values) > _MOST:
        raise bad_value("the query", f"holds over {_MOST} values", "--ids takes ids of any number")
    return found


def holds(text: str) -> Condition:
    """Give the condition that some text of an event holds this one, which is folded."""
    sql = "EXISTS (SELECT 1 FROM contents c WHERE c.n = events.n AND instr(c.body, ?) > 0)"
    return Condition(sql, (text,))


def _joined(parts: Iterable[Condition], word: str, none: Condition) -> Condition:
    """Join two by two: SQLite takes a thousand levels of brackets and no more."""
    found = [Condition(f"({part.sql})", part.values) for part in parts]
    while len(found) > 1:
        pairs = zip(found[::2], found[1::2], strict=False)
        odd = found[-1:] if len(found) % 2 else []
        found = [Condition(f"({a.sql}{word}{b.sql})", a.values + b.values) for a, b in pairs] + odd
    return found[0] if found else none


def _term(term: Term) -> Condition:
    inner = _asked(term)
    return Condition(f"NOT ({inner.sql})", inner.values) if term.negated else inner


def _asked(term: Term) -> Condition:
    if term.op == "has":
        return _there(term.field)
    if not term.values:
        return _NEVER
    if term.op == "all":
        return _joined((_some(term, (value,)) for value in term.values), " AND ", _NEVER)
    return _some(term, term.values)


def _there(field: str) -> Condition:
    """The field has a value, or the group of fields has one."""
    if field == ID:
        return Condition("id <> ''")
    named = "= ? OR ({0} > ? AND {0} < ?)"
    sql = (f"n IN (SELECT n FROM vals WHERE field {named.format('field')}) OR "
           f"EXISTS (SELECT 1 FROM {TEXTS} AND (f.key {named.format('f.key')}))")  # fmt: skip
    return Condition(sql, (field, field + ".", field + "/") * 2)


def _some(term: Term, values: tuple[Value, ...]) -> Condition:
    """One value of the field compares with one of `values`."""
    if term.field == ID:
        found = _one_of(term, values, "id", "fold(id)")
        return Condition(f"id <> '' AND ({found.sql})", found.values)
    if is_worded(term.field):
        parts = _one_of(term, values, "t.value", "fold(t.value)")
        sql = f"EXISTS (SELECT 1 FROM {TEXTS} AND f.key = ? AND ({parts.sql}))"
        found = Condition(sql, (term.field, *parts.values))
        return (
            _first_read(values, found)
            if term.comparison == "contains" and term.op != "re"
            else found
        )
    parts = _one_of(term, values, "text", "folded")
    sql = f"n IN (SELECT n FROM vals WHERE field = ? AND ({parts.sql}))"
    return Condition(sql, (term.field, *parts.values))


def _first_read(values: tuple[Value, ...], found: Condition) -> Condition:
    """Look into the whole text of an event first: it is taken apart only where the words are."""
    read = _joined((holds(value.key) for value in values), " OR ", _NEVER)
    return Condition(f"({read.sql}) AND {found.sql}", read.values + found.values)


def _one_of(term: Term, values: tuple[Value, ...], text: str, folded: str) -> Condition:
    exact = term.op == "eq" or (term.op in ("any", "all") and term.comparison == "same")
    if exact and len(values) > 1 and all(value.lo is None for value in values):
        # One binding however many: `--ids` may give a hundred thousand.
        found = json.dumps([storable(value.text) for value in values])
        return Condition(f"{text} IN (SELECT value FROM json_each(?))", (found,))
    return _joined((_compared(term, v, text, folded) for v in values), " OR ", _NEVER)


def _compared(term: Term, value: Value, text: str, folded: str) -> Condition:
    window = value.lo is not None and value.hi is not None
    match term.op:
        case "eq" if window:
            return Condition("lo = ? AND hi = ?", (value.lo, value.hi))
        case "eq":
            return Condition(f"{text} = ?", (value.text,))
        case "certain":
            return Condition("lo >= ? AND hi <= ?", (value.lo, value.hi))
        case "re":
            return Condition(f"matches(?, {text})", (value.text,))
        case "in":
            return _member(value)
    match term.comparison:
        case "overlap":
            return Condition("lo <= ? AND hi >= ?", (value.hi, value.lo))
        case "contains":
            return Condition(f"instr({folded}, ?) > 0", (value.key,))
        case "prefix":
            return _prefix(term, value, text)
    return Condition(f"{text} = ?", (value.text,))


def _member(value: Value) -> Condition:
    """The actor is the bloc or one of its bodies, or is in it, or within what is, on a day of the event."""
    sql = (
        "text = ? OR substr(text, 1, length(?) + 1) = ? || '/' OR EXISTS ("
        "SELECT 1 FROM members m JOIN events e ON e.n = vals.n WHERE m.bloc = ? "
        "AND (vals.text = m.member OR substr(vals.text, 1, length(m.member) + 1) = m.member || '/') "
        "AND m.since <= e.hi AND m.until > e.lo)"
    )
    return Condition(sql, (value.text,) * 4)


def _prefix(term: Term, value: Value, text: str) -> Condition:
    start = value.text
    if term.kind == "id" or (term.kind == "product" and not start.startswith("material:")):
        sql = f"{text} >= ? AND {text} < ?"
        return Condition(sql, (start, start + _LAST_SIGN))
    sql = f"{text} = ? OR ({text} >= ? AND {text} < ?)"
    return Condition(sql, (start, start + "/", start + _AFTER_SLASH))
