"""Names and codes of a query resolved by the vocabulary of a version of the log, and by its events."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from rexctl.model.tables import ALIASES, FIELDS
from rexctl.query.terms import NameResolver
from rexctl.snapshot.sources import StoredVocabulary
from rexctl.values.codes import split_product
from rexctl.values.suggest import nearest
from rexctl.values.text import comparison_key

Ask = Callable[..., Iterator[tuple[Any, ...]]]

_LINE = r"\d{1,10}"
_CONTROL = r"\d([A-E](\d{0,3}|\d{3}\.[a-z0-9.]*))?"
# Codes of these schemes, or their beginnings: there is no list of them, but a slip in the shape shows.
_NATIONAL = {
    **dict.fromkeys(("us-hts", "cn-customs", "eu-cn", "eu-taric", "uk-tariff"), _LINE),
    **dict.fromkeys(("hs2017", "hs2012", "hs2007"), r"\d{1,6}"),
    "us-eccn": rf"E(A(R(99?)?)?)?|{_CONTROL}", "cn-control": _CONTROL,
}  # fmt: skip
_END = "\U0010ffff"  # after every character of a code


def resolver(ask: Ask, vocabulary: StoredVocabulary) -> NameResolver:
    """Return the name resolver of a version; `ask` runs a statement on its tables."""
    return NameResolver(
        fields=FIELDS,
        aliases=ALIASES,
        known=lambda kind, code: _is_known(ask, kind, code),
        near=lambda kind, code: _nearest(ask, kind, code),
        saved=vocabulary.queries,
        blocs=[str(bloc) for (bloc,) in ask("SELECT DISTINCT bloc FROM members")],
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
    return ((str(word), str(about)) for word, about in ask(sql, values))


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


def _nearest(ask: Ask, kind: str, code: str) -> str:
    """Return the code that is meant by a name, by other capitals, or by a slip; else an empty text."""
    if kind == "product":
        return _nearest_product(ask, code)
    rows = [
        (str(c), str(n)) for c, n in ask("SELECT code, name FROM codes WHERE kind = ?", (kind,))
    ]
    codes = {comparison_key(c): c for c, _ in rows} | {comparison_key(n): c for c, n in rows}
    key = comparison_key(code)
    return codes.get(key if key in codes else nearest(key, codes) or "", "")


def _nearest_product(ask: Ask, code: str) -> str:
    scheme, digits = split_product(code)
    if scheme in _NATIONAL:
        meant = f"{scheme}:{digits}"
        return meant if _is_known(ask, "product", meant) else ""
    if scheme == "material" or not digits:
        sql = "SELECT code FROM codes WHERE kind = 'product' AND code >= ? AND code < ?"
        materials = (str(c) for (c,) in ask(sql, ("material:", "material;")))
        names = {material.partition(":")[2]: material for material in materials}
        found = nearest(digits or scheme, names)
        if found:
            return names[found]
        return f"hs:{code}" if code.isdigit() and _is_known(ask, "product", f"hs:{code}") else ""
    for length in range(len(digits), 1, -1):
        start = f"hs:{digits[:length]}"
        sql = "SELECT code FROM codes WHERE kind = 'product' AND code >= ? AND code < ? ORDER BY code LIMIT 1"
        for (found,) in ask(sql, (start, start + _END)):
            return str(found)
    return ""
