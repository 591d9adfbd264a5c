"""Questions put to the tables: rows of a query, one event, its links, values, findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rexctl.index.freshness.compare import may_lie
from rexctl.index.packing import ID, is_worded, source_of
from rexctl.index.where import TEXTS, Condition, condition
from rexctl.model.legal import FIELDS
from rexctl.query import hides_retracted
from rexctl.records import ERROR, Cells, Finding, Lines, Row
from rexctl.values.json_text import Num

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rexctl.index.freshness.compare import Years
    from rexctl.index.tables import Index
    from rexctl.query import Query

# Fields that the table of events holds as they were written: those who want no more read no event.
# Not `confidence`, which stands there also where an event leaves it unsaid.
COLUMNS = ("id", "type", "status", "title")
_LINE = "CAST(json AS BLOB)"  # a text would be judged UTF-8 once more
_WINDOWED = frozenset({"date", "day", "number", "integer"})


def rows(
    index: Index, query: Query, *, sort: Sequence[tuple[str, bool]] = (),
    limit: int | None = None, offset: int = 0, retracted: bool = False, as_put: bool = False,
    only: Sequence[str] = (),
) -> Lines | Cells:  # fmt: skip
    """Give the events of a query, by date and id unless sorted otherwise.

    `sort` gives fields with whether they run downward; an event without the field stands last.
    `only` names those of `COLUMNS` that are wanted, where that is less than the whole event.
    """
    found = condition(query, retracted=retracted)
    order, bound = ("n", ()) if as_put else _order(index, sort)
    wanted = tuple(name for name in only if name in COLUMNS)
    sql = (f"SELECT {', '.join(wanted) or _LINE}, path FROM events WHERE {found.sql} "
           f"ORDER BY {order} LIMIT ? OFFSET ?")  # fmt: skip
    given = index.ask(sql, (*found.values, *bound, -1 if limit is None else limit, offset))
    return Cells(wanted, given) if wanted else Lines(given)


def _order(index: Index, sort: Sequence[tuple[str, bool]]) -> tuple[str, tuple[str, ...]]:
    parts, bound = [], []
    for field, down in sort:
        one = _sorted_by(field, down)
        parts += [f"{one} IS NULL", f"{one} {'DESC' if down else 'ASC'}"]
        bound += [field] * 2 if field != ID else []
    # In a log no path stands twice, and an index gives this order without sorting.
    last = ("lo", "id", "path") if index.stored else ("lo", "id", "path", "n")
    return ", ".join([*parts, *last]), tuple(bound)


def _sorted_by(field: str, down: bool) -> str:
    if field == ID:
        return "nullif(id, '')"
    pick = "max" if down else "min"
    if is_worded(field):
        return f"(SELECT {pick}(t.value) FROM {TEXTS} AND f.key = ?)"
    kind = FIELDS[field].kind if field in FIELDS else ""
    column = ("hi" if down else "lo") if kind in _WINDOWED else "text"
    return (f"(SELECT {pick}(l.{column}) FROM contents c JOIN json_each(c.leaves) j "
            "JOIN leaves l ON l.leaf = j.value WHERE c.n = events.n AND l.field = ?)")  # fmt: skip


def count(index: Index, query: Query, *, retracted: bool = False) -> int:
    """Give how many events answer a query."""
    found = condition(query, retracted=retracted)
    sql = f"SELECT count(*) FROM events WHERE {found.sql}"
    return int(next(index.ask(sql, found.values))[0])


def total(index: Index) -> int:
    """Give how many good events there are."""
    return int(next(index.ask("SELECT count(*) FROM events"))[0])


def by_id(index: Index, name: str) -> Row | None:
    """Give the event of an id."""
    sql = "SELECT json, path FROM events WHERE id = ? ORDER BY path LIMIT 1"
    return next((Row(text=text, path=path) for text, path in index.ask(sql, (name,))), None)


def by_alias(index: Index, name: str) -> str | None:
    """Give the id of the event that once had this one."""
    sql = ("SELECT e.id FROM vals v JOIN events e ON e.n = v.n "
           "WHERE v.field = 'aliases' AND v.text = ? ORDER BY e.id LIMIT 1")  # fmt: skip
    return next((str(found) for (found,) in index.ask(sql, (name,))), None)


def ids(index: Index, start: str) -> list[str]:
    """Give the ids that begin so, in their order."""
    sql = "SELECT DISTINCT id FROM events WHERE substr(id, 1, length(?)) = ? ORDER BY id"
    return [str(found) for (found,) in index.ask(sql, (start, start))]


def all_ids(index: Index) -> list[str]:
    """Give every id."""
    return ids(index, "")


def backlinks(index: Index, name: str) -> list[dict[str, Any]]:
    """Give the links to this event, by any of its ids: from which, and the link as it is stored."""
    sql = ("SELECT a.text FROM vals a JOIN events e ON e.n = a.n "
           "WHERE a.field = 'aliases' AND e.id = ?")  # fmt: skip
    names = {name, *(str(former) for (former,) in index.ask(sql, (name,)))}
    sql = ("SELECT json FROM events WHERE n IN (SELECT n FROM vals WHERE field = 'links.to' "
           "AND text IN (SELECT value FROM json_each(?))) ORDER BY lo, id, path")  # fmt: skip
    found = []
    for (text,) in index.ask(sql, (json.dumps(sorted(names)),)):
        event = Row(text=text).data
        for link in event.get("links", ()):
            if link["to"] in names:
                rest = {k: v for k, v in link.items() if k not in ("rel", "to")}
                found.append(
                    {"rel": link["rel"], "from": event["id"], "title": event["title"], **rest}
                )
    return found


def distinct(index: Index, field: str, query: Query) -> Iterator[tuple[str, Num]]:
    """Give the values of a field among the events of a query, the most frequent first.

    Retracted events count only where the query asks about confidence.
    """
    asked: Condition = condition(query, retracted=not hides_retracted(query))
    sql = (f"SELECT text, count(DISTINCT n) c FROM {source_of(field)} WHERE field = ? "
           f"AND n IN (SELECT n FROM events WHERE {asked.sql}) "
           "GROUP BY text ORDER BY c DESC, text")  # fmt: skip
    return ((str(text), Num(many)) for text, many in index.ask(sql, (field, *asked.values)))


def findings(index: Index) -> list[Finding]:
    """Give everything that was found in single files, by place."""
    found = index.ask("SELECT findings FROM told ORDER BY path")
    return [Finding.from_dict(one) for (text,) in found for one in json.loads(text)]


def bad_files(index: Index, within: Years | None = None) -> list[Finding]:
    """Give the errors of files that stand in no answer, of those that may lie in these years."""
    found = index.ask("SELECT findings FROM told WHERE path GLOB 'events/*' AND instr(findings, ?) "
                      "ORDER BY path", (f'"level": "{ERROR}"',))  # fmt: skip
    bad = (Finding.from_dict(one) for (text,) in found for one in json.loads(text))
    return [f for f in bad if f.level == ERROR and may_lie(f.path, within)]
