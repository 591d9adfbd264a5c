"""The fold over a version of the log, and the states of its measures, kept in the cache.

The state of a measure follows from its event and the acts that links join to it, directly or not: a
group. The table `folding` has each event that can change what is in force, with the key of its group;
`spans` has the states. Where files change, the groups whose key is new are computed and no others.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl import __version__
from rexctl.cache.cache import STATES, get_meta, put_meta
from rexctl.measures.acts import FOLDING, Acts
from rexctl.measures.cycles import components
from rexctl.measures.fold import IN_FORCE, UNKNOWN, Fold
from rexctl.model.tables import LIFECYCLE, SHAPES
from rexctl.query import Query, Term, Value, sql
from rexctl.values import dates, json_text
from rexctl.values.text import group_pairs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from rexctl.cache.cache import Cache
    from rexctl.measures.spans import Gaps, Span
    from rexctl.snapshot.snapshot import Snapshot

    Data = Mapping[str, Any]

# The types of events that can change what is in force.
_TYPES = tuple(name for name, shape in SHAPES.items() if {"type", "effective"} <= shape.keys())
# Statuses of what is to come, and fields with a day of it.
_TO_COME: tuple[Any, ...] = ("threatened", "planned", "expected", "proposed")
_DAYS_TO_COME = ("deadline", "review_by", "due", "commitments.due")
# The fields that decide when a state changes, and the days by which zones may move that.
_MOMENTS, _SPARE = ("date", "effective.from", "effective.until", "effective.through"), 2
_LOT = 1000  # groups that are in memory at once
_LOOKS = 20  # times that others may change the files before this process goes on alone
_TABLES, _META = ("folding", "spans"), "states"


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


_FOLDING = f"b.type IN ({_quoted(_TYPES)}) AND b.status IN ({_quoted(FOLDING)})"


# The table of spans


class Missing(NamedTuple):
    """How tables differ from a version: its groups that they lack, by key, and the blobs to delete.

    `stored` are the blobs whose groups they have.
    """

    groups: dict[str, list[int]]
    gone: list[int]
    stored: list[int]


def update(snapshot: Snapshot, cache: Cache, *, stored: bool) -> None:
    """Make the tables hold the states of a version.

    :param stored: it is the working tree, whose tables stay in the cache; those of another version
        are temporary ones that hide them.
    """
    for _ in range(_LOOKS if stored else 0):
        version, db = snapshot.fingerprint(__version__), cache.db
        if get_meta(db, _META) == version:
            return
        cache.write(lambda db, version=version: _update(db, snapshot, cache, version))  # type: ignore[misc]
        cache.begin()
        if cache.db is not db or snapshot.fingerprint(__version__) != version:
            snapshot.look()
    for table in _TABLES:
        cache.db.execute(f"DROP TABLE IF EXISTS temp.{table}")
    for statement in STATES.format("temp").split(";\n"):
        cache.db.execute(statement)
    missing = _compare(snapshot, cache.db)
    for table in _TABLES:
        cache.db.execute(f"INSERT INTO temp.{table} SELECT * FROM main.{table} "
                         "WHERE blob IN (SELECT value FROM json_each(?))", (json.dumps(missing.stored),))  # fmt: skip
    _put(cache, "temp", snapshot, missing.groups)


def _update(db: sqlite3.Connection, snapshot: Snapshot, cache: Cache, version: str) -> None:
    """Bring the stored tables up to date, unless the files have changed meanwhile."""
    if snapshot.fingerprint(__version__) != version:
        return
    missing = _compare(snapshot, db)
    for table in _TABLES:
        db.execute(f"DELETE FROM {table} WHERE blob IN (SELECT value FROM json_each(?))",
                   (json.dumps(missing.gone),))  # fmt: skip
    _put(cache, "main", snapshot, missing.groups)
    put_meta(db, _META, version)


def _compare(snapshot: Snapshot, db: sqlite3.Connection) -> Missing:
    """Return how the stored tables differ from a version."""
    stored = dict(db.execute("SELECT blob, around FROM main.folding"))
    start = f"{__version__} {snapshot.zones_key} "
    missing = Missing({}, [], [])
    for members in _groups(snapshot):
        text = " ".join(map(str, members))
        if len(members) > 1:
            text = hashlib.sha256(text.encode()).hexdigest()[:32]
        if stored.get(members[0]) == start + text:
            missing.stored.extend(members)
        else:
            missing.groups[start + text] = members
    missing.gone.extend(stored.keys() - set(missing.stored))
    return missing


def _groups(snapshot: Snapshot) -> Iterator[list[int]]:
    """Yield the numbers of the blobs of each group, in the order of the log.

    Events of one id are in one group, and so are those with a lifecycle link and all their targets.
    """
    text = f"SELECT b.n, b.id FROM {sql.EVENTS} WHERE {_FOLDING} AND b.confidence <> 'retracted' ORDER BY {sql.ORDER}"
    ids = [(name, number) for number, name in snapshot.ask(text)]
    order = dict.fromkeys(number for _, number in ids)
    text = "SELECT text, blob FROM field_values WHERE field = 'aliases'"
    ids += ((name, number) for name, number in snapshot.ask(text) if number in order)
    names = group_pairs(ids)
    text = ("SELECT blob, text FROM field_values WHERE field = 'links.to' AND blob IN (SELECT blob "
            f"FROM field_values WHERE field = 'links.rel' AND text IN ({_quoted(LIFECYCLE)}))")  # fmt: skip
    pairs = [(first, number) for first, *others in names.values() for number in others]
    pairs += ((number, other) for number, name in snapshot.ask(text) if number in order
              for other in names.get(name, ()))  # fmt: skip
    root = components(both for pair in pairs for both in (pair, pair[::-1]))
    yield from group_pairs((root.get(number, number), number) for number in order).values()


def _put(cache: Cache, schema: str, snapshot: Snapshot, groups: Mapping[str, list[int]]) -> None:
    """Compute groups, and store them in the tables of a schema."""
    from rexctl.measures.effects import events_without_effect
    from rexctl.measures.spans import Span, spans_of

    db, rest = cache.db, iter(groups.items())
    while lot := dict(islice(rest, _LOT)):
        keys = {number: key for key, members in lot.items() for number in members}
        text = "SELECT n, json FROM blobs WHERE n IN (SELECT value FROM json_each(?))"
        lines = dict(db.execute(text, (json.dumps(list(keys)),)))
        events = {number: json_text.loads(lines[number].decode()) for number in keys}
        numbers = {str(event["id"]): number for number, event in events.items()}
        fold = fold_of(snapshot, events.values())
        without: dict[str, list[str]] = {}
        for act, target in events_without_effect(fold):
            without.setdefault(act, []).append(target)
        outside = Counter(fold.acts.outside)
        rows = (
            (number, keys[number], name := str(event["id"]), event["type"], event["title"],
             json_text.dumps(event["actors"]), json.dumps(without.get(name, [])), outside[name])
            for number, event in events.items()
        )  # fmt: skip
        db.executemany(f"INSERT INTO {schema}.folding VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        marks = ", ".join("?" * len(Span._fields))
        db.executemany(f"INSERT INTO {schema}.spans VALUES ({marks})",
                       ((numbers[one.event], *one[1:]) for one in spans_of(fold)))  # fmt: skip
        cache.report_progress()


# Questions


def spans_on(
    snapshot: Snapshot, day: int, instant: int | None, *, clauses: bool
) -> Iterator[tuple[Span, Data]]:
    """Yield from the cache what `spans.spans_on` yields from a fold over all events."""
    from rexctl.measures.spans import CLAUSE, MADE, Span

    snapshot.load_states()
    moment = day if instant is None else instant
    text = (f"SELECT m.type, m.title, m.actors, m.id, s.* FROM spans s JOIN folding m ON m.blob = s.blob "
            f"WHERE s.level <> ? AND {_window(instant)} ORDER BY s.begin, m.id, s.clause")  # fmt: skip
    values = (MADE if clauses else CLAUSE, moment, moment)
    for kind, title, actors, name, _, *span in snapshot.ask(text, values):
        yield Span(name, *span), {"type": kind, "title": title, "actors": _actors(actors)}


def every_span(snapshot: Snapshot) -> Iterator[Span]:
    """Yield from the cache what `spans.spans_of` yields from a fold over all events."""
    from rexctl.measures.spans import Span

    snapshot.load_states()
    text = "SELECT m.id, s.* FROM spans s JOIN folding m ON m.blob = s.blob"
    return (Span(name, *span) for name, _, *span in snapshot.ask(text))


@lru_cache(maxsize=10_000)
def _actors(text: str) -> list[str]:
    return list(json.loads(text))


def gaps_on(snapshot: Snapshot, day: int, instant: int | None) -> Gaps:
    """Return from the cache what `spans.gaps_on` returns of a fold over all events."""
    from rexctl.measures.spans import MADE, Gaps

    snapshot.load_states()
    text = (f"SELECT DISTINCT m.id FROM spans s JOIN folding m ON m.blob = s.blob WHERE "
            f"s.level <> {MADE} AND s.state = ? AND {_window(instant)}")  # fmt: skip
    moment = day if instant is None else instant
    unknown = frozenset(name for (name,) in snapshot.ask(text, (UNKNOWN, moment, moment)))
    text = "SELECT id, without_effect, outside FROM folding WHERE without_effect <> '[]' OR outside"
    rows = list(snapshot.ask(text))
    without = [(name, target) for name, targets, _ in rows for target in json.loads(targets)]
    return Gaps(unknown, without, [name for name, _, number in rows for _ in range(number)])


def newest_day(snapshot: Snapshot, today: int) -> int:
    """Return the last day, up to today, on which something happened; 0 without an event."""
    text = (f"SELECT b.low FROM {sql.EVENTS} WHERE b.low <= ? AND b.confidence <> 'retracted' "
            "AND b.status NOT IN ('planned', 'expected') ORDER BY b.low DESC LIMIT 1")  # fmt: skip
    return next((int(day) for (day,) in snapshot.ask(text, (today,))), 0)


def _window(instant: int | None) -> str:
    return "s.low <= ? AND s.high > ?" if instant is None else "s.start <= ? AND s.end > ?"


# The fold itself


def load_fold(
    snapshot: Snapshot, *, known_by: int | None = None, blobs: sql.Sql | None = None
) -> Fold:
    """Return the fold over the events of a version of the log.

    :param known_by: the ordinal of a day: what became public later is left out.
    :param blobs: a statement for the blobs of the events that matter: they and their groups alone.
    """
    where, values = "", tuple[Any, ...]()
    if blobs is not None:
        snapshot.load_states()
        where = ("AND b.n IN (SELECT blob FROM folding WHERE around IN "
                 f"(SELECT around FROM folding WHERE blob IN ({blobs.text})))")  # fmt: skip
        values = blobs.values
    where = f"{_FOLDING} AND b.confidence <> 'retracted' {where}"
    return fold_of(snapshot, public_by(_load_where(snapshot, where, values), known_by))


def _load_where(snapshot: Snapshot, where: str, values: Iterable[Any] = ()) -> Iterator[Data]:
    """Yield the events for which a condition of SQL holds, in the order of the log."""
    text = f"SELECT b.json FROM {sql.EVENTS} WHERE {where} ORDER BY {sql.ORDER}"
    return (json_text.loads(line.decode()) for (line,) in snapshot.ask(text, tuple(values)))


def load_pending(
    snapshot: Snapshot, settling: Iterable[str], only: Collection[str] | None,
    known_by: int | None, days: dates.Window | None = None,
) -> tuple[list[Data], list[Data]]:  # fmt: skip
    """Return the events that name something to come, and those with a link that settles something.

    :param settling: the relations of such links.
    :param only: the ids of the events that may name something; None for all that are not retracted.
    :param known_by: the ordinal of a day: what became public later is left out.
    :param days: with these, of the events that only name a deadline, a review or a commitment, those
        with one of these days; and the meetings held on them.
    """
    where, values = (
        "b.status IN (?, ?, ?, ?) OR b.n IN (SELECT blob FROM field_values WHERE ",
        _TO_COME,
    )
    if days is None:
        where += "field = 'commitments.id' OR field = 'act' AND text = 'threaten')"
    else:
        where += (f"field IN ({_quoted(_DAYS_TO_COME)}) AND low <= ? AND high >= ?) "
                  "OR b.status = 'held' AND b.low <= ? AND b.high >= ?")  # fmt: skip
        values += (days[1], days[0]) * 2
    pending = (event for event in _load_where(snapshot, where, values) if (
        event.get("confidence") != "retracted" if only is None else event["id"] in only))  # fmt: skip
    where = "b.n IN (SELECT blob FROM field_values WHERE field = 'links.rel' AND text IN ({}))"
    links = _load_where(snapshot, where.format(_quoted(settling)))
    return list(public_by(pending, known_by)), list(public_by(links, known_by))


def count_later(snapshot: Snapshot, day: int) -> int:
    """Return how many events of a version are of a later day than `day`, plans aside."""
    text = f"SELECT count(*) FROM {sql.EVENTS} WHERE b.low > ? AND b.status NOT IN ('planned', 'expected')"
    return int(next(snapshot.ask(text, (day,)))[0])


def changing(first: int, last: int) -> sql.Sql:
    """Return the statement for the blobs by which a state may change from one day to another."""
    text = (f"SELECT blob FROM field_values WHERE field IN ({_quoted(_MOMENTS)}) "
            "AND low <= ? AND high >= ?")  # fmt: skip
    return sql.Sql(text, (last + _SPARE, first - _SPARE))


def events_of(snapshot: Snapshot, kind: str) -> Iterator[tuple[int, str, Data]]:
    """Yield number of the blob, id, and type with actors of each event of a type."""
    snapshot.load_states()
    text = "SELECT blob, id, actors FROM folding WHERE type = ?"
    for number, name, actors in snapshot.ask(text, (kind,)):
        yield number, name, {"type": kind, "actors": _actors(actors)}


def in_force(day: int, among: Iterable[int]) -> sql.Sql:
    """Return the statement for those of these blobs that are, or may be, in force at the end of a day."""
    text = (f"SELECT s.blob FROM spans s WHERE {_window(None)} AND (s.state IN (?, ?) OR "
            "instr(s.possibly, ?)) AND s.blob IN (SELECT value FROM json_each(?))")  # fmt: skip
    return sql.Sql(text, (day, day, IN_FORCE, UNKNOWN, IN_FORCE, json.dumps(list(among))))


def load_fold_around(snapshot: Snapshot, name: str, known_by: int | None = None) -> Fold:
    """Return the fold over one event and the acts that links join to it, in both directions.

    :param known_by: the ordinal of a day: what became public later is left out.
    """
    return fold_of(snapshot, public_by(load_linked(snapshot, [name]).values(), known_by))


def load_linked(
    snapshot: Snapshot, names: Iterable[str], known: Iterable[Data] = ()
) -> dict[str, Data]:
    """Return the events that links of lifecycle acts join to these, in both directions, by id.

    :param known: versions of events that the log need not have; what they link to is joined as well.
    """
    events: dict[str, Data] = {}
    done: set[str] = set()
    todo = set(names).union(*map(_names_of, known))
    while todo := todo - done:
        done |= todo
        values = tuple(map(Value, sorted(todo)))
        for field in ("id", "aliases", "links.to"):
            for row in snapshot.select(Query((Term(field, "id", "eq", values),)), retracted=True):
                joined = _names_of(row.data)
                if not done.isdisjoint(joined):  # else another relation links the two
                    events[str(row.data["id"])] = row.data
                    todo = todo | joined
    return events


def _names_of(event: Data) -> set[str]:
    """Return the ids, present and former, of an event and of what it acts on."""
    targets = (link.get("to") for link in event.get("links", ()) if link["rel"] in LIFECYCLE)
    return {str(name) for name in (event["id"], *event.get("aliases", ()), *targets) if name}


def fold_of(snapshot: Snapshot, events: Iterable[Data]) -> Fold:
    """Return the fold over these events, with the time zones of the log's actors."""
    every = list(events)
    aliases = {
        str(alias): str(event["id"]) for event in every for alias in event.get("aliases", ())
    }
    return Fold(Acts(every, snapshot.zone_of, aliases))


def public_by(events: Iterable[Data], day: int | None) -> Iterator[Data]:
    """Yield the events that were public at the end of a day; all of them without one."""
    return (event for event in events if day is None or day_public(event) <= day)


def day_public(event: Data) -> int:
    """Return the ordinal of the last possible day on which an event became public.

    That is `disclosed`; of a plan without it the first day on which a source was published or
    read; else `date`.
    """
    if "disclosed" in event:
        return dates.span(event["disclosed"])[1]
    if event["status"] in ("planned", "expected"):
        days = [source.get("published", source.get("accessed", "")) for source in event["sources"]]
        last_days = [dates.span(day)[1] for day in days if day]
        return min(last_days, default=dates.HIGHEST)
    return dates.span(event["date"])[1]
