"""Names and codes of a query resolved by the vocabulary of a version of the log, and by its events."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from rexctl.model.tables import FIELDS
from rexctl.query.sql import EVENTS
from rexctl.query.terms import NameResolver
from rexctl.snapshot.sources import StoredVocabulary
from rexctl.values.codes import split_product
from rexctl.values.suggest import nearest

if TYPE_CHECKING:
    from rexctl.vocabulary.vocabulary import Vocabulary

Ask = Callable[..., Iterator[tuple[Any, ...]]]

_LINE = r"\d{1,10}"
_CONTROL = r"\d([A-E](\d{0,3}|\d{3}\.[a-z0-9.]*))?"
# Codes of these schemes, or their beginnings: there is no list of them, but a slip in the shape shows.
_NATIONAL = {
    **dict.fromkeys(("us-hts", "cn-customs", "eu-cn", "eu-taric", "uk-tariff"), _LINE),
    **dict.fromkeys(("hs2017", "hs2012", "hs2007"), r"\d{1,6}"),
    "us-eccn": rf"E(A(R(99?)?)?)?|{_CONTROL}", "cn-control": _CONTROL,
}  # fmt: skip
_CHECKS = frozenset({"allow", "allow.check"})  # slugs that name checks, used by an event or not
_END = "\U0010ffff"  # after every character of a code


def resolver(
    ask: Ask, stored: StoredVocabulary, vocabulary: Callable[[], Vocabulary], *, is_stream: bool
) -> NameResolver:
    """Return the name resolver of a version; `ask` runs a statement on its tables.

    :param vocabulary: returns the names of codes, which are loaded only for a text that is no code.
    :param is_stream: the tags and ids of the events are not known in advance.
    """
    names = NameResolver(
        known=lambda kind, code: _is_known(ask, kind, code),
        find=lambda kind, text: _find(ask, vocabulary(), kind, text),
        near=lambda kind, text: _nearest(ask, vocabulary(), kind, text),
        saved=stored.queries,
        blocs=[str(bloc) for (bloc,) in ask("SELECT DISTINCT bloc FROM members")],
    )
    if is_stream:
        return names
    return names._replace(
        is_used=lambda field, text: _is_used(ask, vocabulary, field, text),
        used=lambda field: _used(ask, vocabulary, field),
    )


def complete(ask: Ask, kind: str, field: str, start: str, limit: int) -> Iterator[tuple[str, str]]:
    """Yield what a shell may offer: codes of the kind, ids, or values in use, each with its meaning."""
    end = start + _END
    if kind == "id":
        sql = ("SELECT b.id, b.title FROM blobs b JOIN files f ON f.blob = b.n "
               "WHERE b.id >= ? AND b.id < ? ORDER BY b.id DESC LIMIT ?")  # fmt: skip
        values: tuple[object, ...] = (start, end, limit)
    elif kind in ("actor", "country", "law", "list"):
        upper = start.upper() if "/" not in start else start
        sql = ("SELECT code, name FROM codes WHERE kind = ? AND (code >= ? AND code < ? "
               "OR code >= ? AND code < ?) ORDER BY code LIMIT ?")  # fmt: skip
        values = (kind, start, end, upper, upper + _END, limit)
    elif kind == "bloc":
        sql = ("SELECT DISTINCT m.bloc, c.name FROM members m LEFT JOIN codes c "
               "ON c.kind = 'actor' AND c.code = m.bloc WHERE m.bloc >= ? AND m.bloc < ? "
               "ORDER BY m.bloc LIMIT ?")  # fmt: skip
        values = (start, end, limit)
    elif kind == "product" and start:
        sql = (
            "SELECT code, name FROM codes WHERE kind = 'product' AND code >= ? AND code < ? LIMIT ?"
        )
        values = (start, end, limit)
    else:
        name = {"tag": "tags", "product": "products"}.get(kind, field)
        sql = ("SELECT v.text, count(*) || ' events' FROM field_values v JOIN files f USING (blob) "
               "WHERE v.field = ? AND v.text >= ? AND v.text < ? "
               "GROUP BY v.text ORDER BY count(*) DESC LIMIT ?")  # fmt: skip
        values = (name, start, end, limit)
    return ((str(word), str(about or "")) for word, about in ask(sql, values))


def _is_known(ask: Ask, kind: str, code: str) -> bool:
    """Return whether a code is listed, or is the beginning of one that is listed or in use."""
    if kind == "product":
        scheme, _ = split_product(code)
        if scheme not in ("hs", "material"):
            shape = _NATIONAL.get(scheme)
            return bool(shape and re.fullmatch(f"{scheme}:({shape})", code, re.ASCII))
        if _listed(ask, kind, code, code, code + _END):
            return True
        # Without the tables of HS on this machine, every code may be one.
        return scheme == "hs" and not _listed(ask, kind, "", "hs:", "hs;")
    if _listed(ask, kind, code, code + "/", code + "0"):
        return True
    if kind not in ("law", "list"):
        return False
    # us/ieepa/fentanyl is within us/ieepa; and an unlisted law is a warning, so events may have it.
    parts = code.split("/")
    within = ("/".join(parts[:length]) for length in range(2, len(parts)))
    return any(_listed(ask, kind, law, "", "") for law in within) or _in_use(ask, kind, code)


def _listed(ask: Ask, kind: str, code: str, low: str, high: str) -> bool:
    sql = "SELECT 1 FROM codes WHERE kind = ? AND (code = ? OR (code >= ? AND code < ?)) LIMIT 1"
    return next(ask(sql, (kind, code, low, high)), None) is not None


def _in_use(ask: Ask, kind: str, code: str) -> bool:
    fields = json.dumps([name for name, field in FIELDS.items() if field.kind == kind])
    sql = ("SELECT 1 FROM field_values v JOIN files f USING (blob) "
           "WHERE v.field IN (SELECT value FROM json_each(?)) "
           "AND (v.text = ? OR (v.text >= ? AND v.text < ?)) LIMIT 1")  # fmt: skip
    return next(ask(sql, (fields, code, code + "/", code + "0")), None) is not None


def _find(ask: Ask, vocabulary: Vocabulary, kind: str, text: str) -> str:
    """Return the code that `add` stores for a text, or an empty text where it would refuse it."""
    code = _resolve(vocabulary, kind, text)[0]
    # A law may be new to `add`, but nothing can match one that is neither listed nor in use.
    return "" if kind == "law" and not _is_known(ask, kind, code) else code


def _nearest(ask: Ask, vocabulary: Vocabulary, kind: str, text: str) -> str:
    """Return the code of a misspelled text with its name, or an empty text where none is near."""
    code, near = _resolve(vocabulary, kind, text)
    if code and not near:
        rows = ask("SELECT code FROM codes WHERE kind = ?", (kind,))
        near = nearest(code, [str(one) for (one,) in rows]) or ""
    if near.startswith("hs:") and near[:5] not in f"hs:{text.removeprefix('hs:')}":
        return ""  # another chapter is no slip
    name = vocabulary.name(kind, near) if near and "(" not in near else ""
    return f"{near} ({name})" if name else near


def _resolve(vocabulary: Vocabulary, kind: str, text: str) -> tuple[str, str]:
    """Return the code of a text, or an empty text and the code that is near."""
    from rexctl.model.codes import METHODS, UnknownCodeError

    try:
        return str(getattr(vocabulary, METHODS[kind])(text)), ""
    except UnknownCodeError as error:
        return "", error.suggestion


def _is_used(ask: Ask, vocabulary: Callable[[], Vocabulary], field: str, text: str) -> bool:
    """Return whether a tag, an episode or another slug is known, or an id or the beginning of one."""
    if field in _CHECKS:
        return True
    if FIELDS[field].kind == "id":
        sql = (f"SELECT 1 FROM {EVENTS} WHERE b.id >= ? AND b.id < ? UNION ALL "
               "SELECT 1 FROM field_values v JOIN files f USING (blob) "
               "WHERE v.field IN (?, 'aliases') AND v.text >= ? AND v.text < ? LIMIT 1")  # fmt: skip
        return next(ask(sql, (text, text + _END, field, text, text + _END)), None) is not None
    sql = ("SELECT 1 FROM field_values v JOIN files f USING (blob) "
           "WHERE v.field = ? AND v.text = ? LIMIT 1")  # fmt: skip
    if next(ask(sql, (field, text)), None) is not None:
        return True
    return text in _listed_words(vocabulary(), field)


def _used(ask: Ask, vocabulary: Callable[[], Vocabulary], field: str) -> list[str]:
    """Return the tags, episodes or ids that a query may name."""
    if FIELDS[field].kind == "id":
        return [str(one) for (one,) in ask(f"SELECT DISTINCT b.id FROM {EVENTS}")]
    sql = "SELECT DISTINCT v.text FROM field_values v JOIN files f USING (blob) WHERE v.field = ?"
    used = [str(one) for (one,) in ask(sql, (field,))]
    return [*used, *_listed_words(vocabulary(), field)]


def _listed_words(vocabulary: Vocabulary, field: str) -> Mapping[str, str]:
    return {"tags": vocabulary.tags, "episode": vocabulary.episodes}.get(field, {})
