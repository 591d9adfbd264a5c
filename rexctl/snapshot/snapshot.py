"""The snapshot: the events of one version of the log, with its vocabulary and settings.

A version is a list of files with their blobs: the working tree, the staged files, a commit, or a
stream of JSON lines. Every command answers from a snapshot.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from rexctl import query as queries
from rexctl.cache.cache import (
    Cache,
    dump_findings,
    errors_of_functions,
    get_meta,
    has_full_text,
    load_findings,
    put_meta,
)
from rexctl.cache.update import Progress, no_progress, update
from rexctl.errors import NoSuchEventError, bad_value
from rexctl.query import Query, Term, Value, sql
from rexctl.records import ERROR, Cells, Finding, Lines, Row
from rexctl.snapshot.names import Names, StoredVocabulary, settings_blobs, stored_vocabulary
from rexctl.store.log import Log
from rexctl.values import dates, json_text
from rexctl.values.clock import Clock
from rexctl.values.json_text import Num, storable
from rexctl.values.text import MARKS, SEPARATOR

if TYPE_CHECKING:
    from rexctl.vocabulary.vocabulary import Vocabulary

_FETCHED = 64  # rows at once: one by one, 10,000 take 5 ms longer
_MAX_REMEMBERED = 100  # files; more are parsed sooner by the workers of the next command
_MAX_RELATED = 500  # events that links of a new one lead to
_ALIASES = f"{sql.EVENTS} JOIN field_values v ON v.blob = b.n WHERE v.field = 'aliases'"
_FINDINGS = ("SELECT f.path, coalesce(f.fault, b.findings), b.json FROM files f "
             "LEFT JOIN blobs b ON b.n = f.blob WHERE")  # fmt: skip
_ACTORS = "vocabulary/actors.yaml"
_PATH = "'events/' || substr(b.id, 1, 4) || '/' || b.id || '.yaml'"  # where an event belongs


class Source:
    """A version of the log; here one without files.

    `settings` has a line for each file of settings and vocabulary: its blob, a space, its path.
    """

    settings = ""
    is_stream = False

    def prepare(self, cache: Cache) -> StoredVocabulary:
        """Make the tables hold this version, and return its vocabulary."""
        raise NotImplementedError

    def load(self, db: sqlite3.Connection, lines: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Put lines of a stream in place of all events."""
        raise NotImplementedError

    def index_texts(self, db: sqlite3.Connection) -> bool:
        """Make full text hold this version, as that of the working tree always does.

        Return whether there is full text.
        """
        return has_full_text(db)

    def read(self, path: str) -> bytes | Finding:
        """Return the bytes of a file, or the finding that says why it is not read."""
        raise KeyError(path)

    def shown(self, path: str) -> str:
        """Return a path as messages show it."""
        return path


class WorkingTree(Source):
    """The files as they are."""

    def __init__(self, log: Log, on_progress: Progress | None) -> None:
        self._log, self._on_progress = log, on_progress or no_progress

    def prepare(self, cache: Cache) -> StoredVocabulary:
        """Bring the cache up to date, and leave it in a read transaction."""
        while True:
            update(cache, self._log.root, self._on_progress)
            try:
                self.settings = get_meta(cache.db, "settings") or ""
                vocabulary = stored_vocabulary(cache, self.settings, self.read)
            except sqlite3.Error as fault:  # the page of these tables is damaged
                if cache.path is None:
                    raise
                cache.move_to_memory(fault)
                continue
            if cache.db.in_transaction:
                return vocabulary

    def read(self, path: str) -> bytes | Finding:
        """Return the bytes of a file, or the finding that says why it is not read."""
        from rexctl.store.safe_open import read_bytes

        return read_bytes(self._log.root / path, path)

    def shown(self, path: str) -> str:
        """Return a path as seen from the current folder."""
        return self._log.shown(path)


class Snapshot:
    """One version of the log. Close it, or use it in a `with` block."""

    def __init__(self, source: Source, cache: Cache) -> None:
        self._source, self._cache = source, cache
        self._known: Snapshot | None = None  # of which a stream knows the vocabulary
        self._today: date | None = None  # on which queries look at states
        self._shows_states = self._has_states = False
        self.stored: StoredVocabulary = source.prepare(cache)

    @classmethod
    def open(
        cls, log: Log, at: str | None = None, *, staged: bool = False, clock: Clock | None = None,
        on_progress: Progress | None = None,
    ) -> Snapshot:  # fmt: skip
        """Return the snapshot of a log.

        :param at: a revision such as `main~2`, or a day such as `2025-10-20`: the commit of that
            name, or the last one by the end of the day. By default the working tree, every file of it.
        :param staged: the files that are to be committed.
        :param clock: the clock of the log, which decides the day of a commit.
        :param on_progress: called with how many files were read, and of how many.
        :raises UsageError: where `at` names no commit, or one without a log.
        :raises EnvironmentFaultError: where git cannot read it.
        """
        source: Source
        if staged or at is not None:
            from rexctl.snapshot.commits import CommitSource

            source = CommitSource(log, at, clock, on_progress)
        else:
            source = WorkingTree(log, on_progress)
        return cls(source, Cache(log.cache, log.key))

    @classmethod
    def of_lines(cls, known: Snapshot | None = None) -> Snapshot:
        """Return a snapshot without events: `load_lines` fills it with lines of a stream.

        :param known: a snapshot whose codes and saved queries are known; by default the shipped codes.
        """
        from rexctl.snapshot.lines import LineSource

        source = LineSource(known._cache.db, known.stored) if known else LineSource(None, None)
        lines = cls(source, Cache(None, ""))
        lines._known = known
        return lines

    def load_lines(self, lines: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
        """Put these events in place of all others; each comes with the line of JSON that it is."""
        self._source.load(self._cache.db, lines)

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the cache."""
        self._cache.close()

    def refresh(self) -> None:
        """See the files of the working tree as they are now."""
        self.look()
        if self._shows_states:
            self._show_states()

    def look(self) -> None:
        """Refresh all but the states of measures."""
        self.stored = self._source.prepare(self._cache)
        self._has_states = False

    @property
    def is_stream(self) -> bool:
        """Whether the events are lines of a stream."""
        return self._source.is_stream

    @property
    def cache_path(self) -> str:
        """The file of the cache; empty where it is in memory."""
        return str(self._cache.path or "")

    def ask(self, text: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a statement whose order is settled.

        Where the cache breaks meanwhile, the statement runs again on tables in memory, and the
        rows that were yielded already are passed over.
        """
        bound = [storable(value) for value in values]
        passed, db = 0, self._cache.db
        try:
            cursor = db.execute(text, bound)
            while rows := cursor.fetchmany(_FETCHED):
                yield from rows
                passed += len(rows)
        except sqlite3.Error as fault:
            if errors_of_functions:
                raise errors_of_functions.pop() from None
            if self._cache.path is None and self._cache.db is db:
                raise
            if self._cache.db is db:  # another statement may have met the fault first
                self._cache.move_to_memory(fault)
                self.refresh()
            yield from islice(self._cache.db.execute(text, bound), passed, None)

    # Queries

    @property
    def names(self) -> Names:
        """The resolver of the names and codes in a query."""
        return Names(self)

    def parse_query(self, words: Sequence[str], today: date) -> Query:
        """Return a query from words such as `actor:CN`. Raises UsageError."""
        self._today = today
        query = queries.parse(words, self.names, today)
        self._show_states_for(term.field for term in query.terms)
        return query

    def _show_states_for(self, fields: Iterable[str]) -> None:
        """Make the states of today those that a query sees, if one of these fields is the state."""
        if sql.STATE in fields and not self._shows_states:
            if self.is_stream:
                raise bad_value(sql.STATE, "follows from all acts of a log, not from one event",
                                "rexctl list state:suspended -j")  # fmt: skip
            self._shows_states = True
            self._show_states()

    def _show_states(self) -> None:
        self.load_states()
        assert self._today is not None  # noqa: S101 - a query was parsed
        day = self._today.toordinal()
        self._cache.db.execute("DROP VIEW IF EXISTS temp.states")
        self._cache.db.execute(
            f"CREATE TEMP VIEW states AS SELECT '{sql.STATE}' AS field, state AS text, blob, "
            f"NULL AS low, NULL AS high FROM spans WHERE level < 2 AND low <= {day} AND high > {day}"
        )

    def load_states(self) -> None:
        """Make the tables `folding` and `spans` hold the states of the measures of this version."""
        if self._has_states:
            return
        from rexctl.snapshot import states

        states.update(self, self._cache, stored=isinstance(self._source, WorkingTree))
        self._has_states = True

    def _indexed(self, query: Query) -> Query:
        """Return a query whose words can be looked up, in full text where there is any."""
        if not query.words:
            return query
        return query._replace(full_text=self._source.index_texts(self._cache.db))

    def select(
        self, query: Query, *, sort: Sequence[tuple[str, bool]] = (), limit: int | None = None,
        offset: int = 0, retracted: bool = False, columns: Sequence[str] = (), as_read: bool = False,
        reverse: bool = False,
    ) -> Lines | Cells:  # fmt: skip
        """Iterate over the events that match a query, by date, instant, id and path unless sorted otherwise.

        Each row is the event as a line of JSON with its path or, with `columns`, these texts alone.

        :param sort: fields, each with whether it descends: `(("actors", False),)`. An event
            without the field comes last; of several values the smallest or the largest counts.
        :param limit: at most so many rows; None for all.
        :param offset: so many rows are left out first.
        :param retracted: retracted events too; by default they are left out.
        :param columns: some of `id`, `type`, `date`, `status`, `title`, `state`: no event is read then.
        :param as_read: in the order of the stream instead.
        :param reverse: in the reverse of that order, before `limit` and `offset` cut it.
        """
        columns = tuple(name for name in columns if name in (*sql.COLUMNS, sql.STATE))
        self._show_states_for((*columns, *(field for field, _ in sort)))
        rows = self.ask(*sql.select_events(
            self._indexed(query), sort=sort, limit=limit, offset=offset, retracted=retracted, columns=columns,
            as_read=as_read, reverse=reverse,
        ))  # fmt: skip
        if self.is_stream:  # a line has no path
            rows = ((*row[:-1], "") for row in rows)
        return Cells(columns, rows) if columns else Lines(rows)

    def states(self) -> dict[str, str]:
        """Return the state of each measure, by id, on the day of the queries."""
        self._show_states_for((sql.STATE,))
        text = "SELECT m.id, s.text FROM states s JOIN folding m ON m.blob = s.blob"
        return dict(self.ask(text))

    def count(self, query: Query, *, retracted: bool = False) -> int:
        """Return how many events match a query."""
        return int(next(self.ask(*sql.count_events(self._indexed(query), retracted=retracted)))[0])

    def search(
        self, query: Query, *, marks: tuple[str, str] = ("*", "*"), limit: int | None = None,
        offset: int = 0, retracted: bool = False,
    ) -> Iterator[Row]:  # fmt: skip
        """Iterate over the events that match a query with words, the best match first.

        A row is the event with `_match`: the text around the words, these between `marks`. That is
        the title where a word is in it, else another text, and at last one of a source.
        """
        from rexctl.query import full_text

        statement = full_text.search_events(
            self._indexed(query), limit=limit, offset=offset, retracted=retracted
        )
        begin, end = MARKS
        for line, path, *snippets in self.ask(*statement):
            snippet = next((one for one in snippets if begin in one), "")
            snippet = snippet.replace(begin, marks[0]).replace(end, marks[1])
            match = " ".join(snippet.replace(SEPARATOR, "").split())
            text = line.decode().strip()
            if match:  # written into the line, since to parse every one takes twice as long
                text = f'{text[:-1].rstrip()}, "{full_text.MATCH}": {json_text.quote(match)}}}'
            yield Row(text=text, path=path)

    def near_words(self, word: str, limit: int = 3) -> list[tuple[str, int]]:
        """Return words of the texts that are spelled like a word, or begin with it.

        Each is as a text has it, with the number of events; the nearest come first.
        """
        from rexctl.query.full_text import MATCH
        from rexctl.values.suggest import rank
        from rexctl.values.text import comparison_key

        db = self._cache.db
        if not self._source.index_texts(db):
            return []
        temporary = db.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'words'").fetchone()
        schema = "temp" if temporary else "main"
        db.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.stems_{schema} "
            f"USING fts5vocab({schema}, words, row)"
        )
        stems = [str(stem) for (stem,) in db.execute(f"SELECT term FROM temp.stems_{schema}")]
        counts: dict[str, int] = {}
        key = comparison_key(word).rstrip("*")
        begun = [stem for stem in stems if stem.startswith(key)] if len(key) > 2 else []
        for stem in [*rank(key, stems), *begun][:limit]:
            begin, end = MARKS
            found_rows = self.search(Query(words=(stem,)), marks=MARKS)
            rows = [str(row.data[MATCH]) for row in found_rows]
            if rows:
                counts[comparison_key(rows[0].partition(begin)[2].partition(end)[0])] = len(rows)
        return list(counts.items())

    def count_by(
        self, fields: Sequence[str], query: Query, *, total: str = "", retracted: bool = False
    ) -> Iterator[dict[str, Any]]:
        """Iterate over groups of events: a mapping of the keys, `events`, and `sum`.

        A key is None for events without a value, or whose date is in more than one unit of time.

        :param fields: names such as `type`, and `year`, `quarter`, `month`, `week`, `day`.
        :param total: a field of numbers that are added up, such as `rates.value`.
        """
        from rexctl.query import counts

        self._show_states_for(fields)
        statement = counts.count_by(fields, self._indexed(query), total=total, retracted=retracted)
        for *keys, number, added in self.ask(*statement):
            row: dict[str, Any] = dict(zip(fields, keys, strict=True))
            row["events"] = Num(number)
            if added is not None:
                row["sum"] = Num(f"{round(added, 9):.9f}".rstrip("0").rstrip("."))
            yield row

    # Events

    def event(self, name: str) -> Row | None:
        """Return the event of an id, None where there is none; of two files the one at its path."""
        text = (f"SELECT b.json, f.path FROM {sql.EVENTS} WHERE b.id = ? "
                f"ORDER BY f.path <> {_PATH}, f.path LIMIT 1")  # fmt: skip
        return next(
            (Row(text=line.decode(), path=path) for line, path in self.ask(text, (name,))), None
        )

    def events(self) -> Lines:
        """Iterate over all events, retracted ones too, by date, id and path."""
        return Lines(self.ask(*sql.select_events(queries.Query(), retracted=True)))

    def path_of(self, name: str) -> str | None:
        """Return the path of the file of an id."""
        row = self.event(name)
        return row.path if row else None

    def copies(self) -> dict[str, list[str]]:
        """Return the paths of the files of each id that several have: each of them is an event."""

        def find() -> str:
            text = (f"SELECT b.id, json_group_array(f.path) FROM {sql.EVENTS} WHERE b.id IS NOT NULL "
                    "GROUP BY b.id HAVING count(*) > 1")  # fmt: skip
            return json_text.dumps({name: json_text.loads(paths) for name, paths in self.ask(text)})

        return {} if self.is_stream else dict(json_text.loads(self.cached("copies", "", find)))

    def id_of_alias(self, name: str) -> str | None:
        """Return the id of the event that once had this one."""
        text = f"SELECT b.id FROM {_ALIASES} AND v.text = ? ORDER BY b.id LIMIT 1"
        return next((str(found) for (found,) in self.ask(text, (name,))), None)

    def former_ids(self) -> set[str]:
        """Return the ids that events had before."""
        return {str(found) for (found,) in self.ask(f"SELECT v.text FROM {_ALIASES}")}

    def ids(self, start: str = "") -> list[str]:
        """Return the ids that begin with a text, in their order."""
        text = (f"SELECT DISTINCT b.id FROM {sql.EVENTS} "
                "WHERE b.id >= ? AND b.id < ? ORDER BY b.id")  # fmt: skip
        return [str(found) for (found,) in self.ask(text, (start, start + "\U0010ffff"))]

    def resolve_id(self, text: str) -> str:
        """Return the id that is meant: this one, the one that replaced it, or the only one that begins so.

        A beginning may end in `…`, as a table shows it. Raises NoSuchEventError, with the
        candidates where there are several.
        """
        text = text.removesuffix("…")
        if self.event(text) is not None:
            return text
        former = self.id_of_alias(text)
        if former is not None:
            return former
        begun = self.ids(text) if text else []
        if len(begun) == 1:
            return begun[0]
        raise NoSuchEventError(text or "''", begun, self.nearest_id(text))

    def nearest_id(self, text: str) -> str:
        """Return `did you mean ...?` with the id most like a mistyped one, or an empty text."""
        from rexctl.snapshot.ids import suggest_id

        ids = self.ids()
        like = [one for one in ids if text and one.startswith(text)] or [
            one for one in ids if text and one.endswith(f"-{text.casefold()}")]  # fmt: skip
        return f"did you mean {like[0]}?" if like else suggest_id(text, ids)

    def links_to(self, name: str) -> list[dict[str, Any]]:
        """Return the links to an event by any of its ids: each with `from` and `title` of its event."""
        row = self.event(name)
        names = {name, *map(str, row.data.get("aliases", ()) if row else ())}
        query = Query((Term("links.to", "id", "eq", tuple(map(Value, names))),))
        links = []
        for other in self.select(query, retracted=True):
            for link in other.data.get("links", ()):
                if link.get("to") in names:
                    rest = {k: v for k, v in link.items() if k not in ("rel", "to")}
                    linked = {"from": other.data["id"], "title": other.data["title"]}
                    links.append({"rel": link["rel"], **linked, **rest})
        return links

    def related(self, event: Mapping[str, Any]) -> dict[str, Row]:
        """Return the events, by id, that a check of a new one must know.

        Those are the events that it links to, theirs in turn, those that link to the same ones, and
        those that may be the same event: of its type, at most a day apart or with the number of its
        instrument.
        """
        events: dict[str, Row] = {}
        todo = [str(link["to"]) for link in event.get("links", ()) if "to" in link]
        for name in tuple(todo):  # `todo` grows: only the links of the new event itself are meant
            todo += (str(link["from"]) for link in self.links_to(name))
        while todo and len(events) < _MAX_RELATED:
            name = todo.pop()
            row = self.event(name) or self.event(self.id_of_alias(name) or "")
            if row is not None and row.data["id"] not in events:
                events[str(row.data["id"])] = row
                todo += (str(link["to"]) for link in row.data.get("links", ()) if "to" in link)
        texts = [str(event["date"]), *(str(also["date"]) for also in event.get("also_dated", ()))]
        days = tuple(Value("", low - 1, low + 1) for low, _ in map(dates.span, texts))
        same = [Term(field, "date", "any", days) for field in ("date", "also_dated.date")]
        if number := event.get("instrument", {}).get("number"):
            same.append(Term("instrument.number", "text", "eq", (Value(str(number)),)))
        kind = Term("type", "word", "eq", (Value(str(event["type"])),))
        rows = (row for term in same for row in self.select(Query((kind, term))))
        return events | {str(row.data["id"]): row for row in rows}

    # Files

    def findings(self) -> list[Finding]:
        """Return what parsing found in each file of the version, by path."""
        text = f"{_FINDINGS} f.fault IS NOT NULL OR b.findings IS NOT NULL ORDER BY f.path"
        return [*self.stored.findings, *self._load_findings(text)]

    def unparsed(self) -> list[Finding]:
        """Return the errors of files that do not parse, by path: their events are in no answer."""
        # Both sides of OR are read from an index; `b.low IS NULL` would read every blob.
        text = (f"{_FINDINGS} f.blob IS NULL "
                "OR f.blob IN (SELECT n FROM blobs WHERE low IS NULL) ORDER BY f.path")  # fmt: skip
        return [finding for finding in self._load_findings(text) if finding.level == ERROR]

    def _load_findings(self, text: str) -> list[Finding]:
        return [one for path, found, _ in self.ask(text) for one in load_findings(found, path)]

    def blobs(self) -> dict[str, str]:
        """Return the blob of each event file by path; "" for one that could not be read."""
        text = "SELECT f.path, coalesce(b.blob, '') FROM files f LEFT JOIN blobs b ON b.n = f.blob"
        return dict(self.ask(text))

    def parsed(self, path: str) -> tuple[dict[str, Any] | None, list[Finding]]:
        """Return the event of a file, or None and its errors."""
        from rexctl.cache.blobs import load_parsed

        _, findings, line = next(self.ask(f"{_FINDINGS} f.path = ?", (path,)))
        return load_parsed(line, findings, path)

    def has_file(self, path: str) -> bool:
        """Return whether the version has a file of this path, be it parsed or not."""
        return next(self.ask("SELECT 1 FROM files WHERE path = ?", (path,)), None) is not None

    def remember(self, files: Sequence[bytes]) -> None:
        """Store what these bytes, which were written just now, hold: the next command parses nothing.

        A fault on the way is none of the command that wrote.
        """
        if self._cache.path is None or len(files) > _MAX_REMEMBERED:
            return
        from rexctl.cache.blobs import insert_blobs, parse_blob
        from rexctl.values.codes import blob_id

        with suppress(OSError, sqlite3.Error):
            self._cache.end()
            parsed = {blob_id(data): parse_blob(data) for data in files}
            with self._cache.transaction():  # these are few rows: the lock of SQLite is enough
                insert_blobs(self._cache.db, parsed)

    def shown(self, path: str) -> str:
        """Return a path as seen from the current folder, or as git names it in a commit."""
        return self._source.shown(path)

    def misplaced(self) -> list[tuple[str, str]]:
        """Return the path and the id of each event whose file name or folder disagrees with its id."""
        text = f"SELECT f.path, b.id FROM {sql.EVENTS} WHERE f.path <> {_PATH} ORDER BY f.path"
        return [(str(path), str(name)) for path, name in self.ask(text)]

    def without_layout(self) -> list[tuple[str, str, bytes]]:
        """Return blob, a path and the JSON of each event for which `put_layouts` has stored nothing.

        A file with findings of parsing is left out: its layout comes after them.
        """
        text = (f"SELECT b.blob, min(f.path), b.json FROM {sql.EVENTS} WHERE b.id IS NOT NULL AND "
                "b.findings IS NULL AND b.blob NOT IN (SELECT blob FROM layouts) GROUP BY b.blob")  # fmt: skip
        return [(str(blob), str(path), line) for blob, path, line in self.ask(text)]

    def layout_findings(self) -> list[Finding]:
        """Return what `put_layouts` has stored of the files of this version, by path."""
        text = (f"SELECT f.path, l.findings, '' FROM {sql.EVENTS} JOIN layouts l ON l.blob = b.blob "
                "WHERE l.findings IS NOT NULL ORDER BY f.path")  # fmt: skip
        return self._load_findings(text)

    def put_layouts(self, layouts: Mapping[str, Sequence[Finding]]) -> None:
        """Store findings about the form of files, by blob: they follow from the bytes alone."""
        rows = [(blob, dump_findings(found)) for blob, found in layouts.items()]
        self._cache.write(
            lambda db: db.executemany("INSERT OR REPLACE INTO layouts VALUES (?, ?)", rows)
        )
        self.refresh()

    def cached(self, name: str, state: str, compute: Callable[[], str]) -> str:
        """Return a text that follows from this version and `state`: of the working tree the cached one."""
        if not isinstance(self._source, WorkingTree):
            return compute()
        stored = get_meta(self._cache.db, f"result {name}") or ""
        head, _, text = stored.partition("\n")
        if head != self.fingerprint(state):
            text = compute()
            value = f"{self.fingerprint(state)}\n{text}"
            self._cache.write(lambda db: put_meta(db, f"result {name}", value))
        return text

    def fingerprint(self, state: str) -> str:
        """Return a text that differs where the working tree, its vocabulary or `state` does."""
        return f"{get_meta(self._cache.db, 'changes')} {self.stored.number} {state}"

    def read(self, path: str) -> bytes | Finding:
        """Return the bytes of a file of the version, or the finding that says why it is not read."""
        return self._source.read(path)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The codes and names of this version: the shipped ones joined with the log's own."""
        if self._known is not None:
            return self._known.vocabulary
        from rexctl.vocabulary.vocabulary import parse_vocabulary

        files = ((path, self.read(path)) for path in settings_blobs(self._source.settings))
        return parse_vocabulary({path: data for path, data in files if isinstance(data, bytes)})[0]

    @cached_property
    def actors(self) -> Vocabulary:
        """The shipped codes and names joined with the log's own actors alone: the fewest files are parsed."""
        from rexctl.vocabulary.vocabulary import parse_vocabulary, shipped_vocabulary

        return (
            parse_vocabulary({_ACTORS: self._own_actors})[0]
            if self._own_actors
            else shipped_vocabulary()
        )

    @cached_property
    def _own_actors(self) -> bytes:
        """The file of the log's own actors; empty where there is none."""
        data = self.read(_ACTORS) if _ACTORS in settings_blobs(self._source.settings) else b""
        return data if isinstance(data, bytes) else b""

    @property
    def _has_own_zones(self) -> bool:
        """Whether an actor of the log has a zone: most logs name none, and need not be parsed for it."""
        return b"tz:" in self._own_actors

    @property
    def zone_of(self) -> Callable[[str], str]:
        """The function that returns the time zone of an actor."""
        from rexctl.vocabulary.vocabulary import shipped_vocabulary

        return (self.actors if self._has_own_zones else shipped_vocabulary()).zone

    @property
    def zones_key(self) -> str:
        """A text that differs where the zones of actors do."""
        return settings_blobs(self._source.settings)[_ACTORS] if self._has_own_zones else ""
