"""The legal names and codes of a log, as its index has them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from rexctl.index.packing import source_of
from rexctl.model.legal import ALIASES, FIELDS
from rexctl.query import NameResolver
from rexctl.values.codes import split_product
from rexctl.values.suggest import nearest
from rexctl.values.text import comparison_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rexctl.index.tables import Index


_LINE = r"\d{1,10}"
_CONTROL = r"\d([A-E](\d{0,3}|\d{3}\.[a-z0-9.]*))?"
# Codes of these schemes, or their beginnings.
_NATIONAL = {
    scheme: re.compile(f"{scheme}:({shape})", re.ASCII)
    for scheme, shape in (
        ("us-hts", _LINE), ("cn-customs", _LINE), ("us-eccn", rf"E(A(R(99?)?)?)?|{_CONTROL}"), ("cn-control", _CONTROL),
    )
}  # fmt: skip


def _as_it_is() -> None:
    """All events are known that can be."""


def of(index: Index, whole: Callable[[], object] = _as_it_is) -> NameResolver:
    """Give the lexicon by which a query on this index is judged.

    `whole` is rung before an event is asked which words are in use.
    """
    return NameResolver(
        fields=FIELDS,
        aliases=ALIASES,
        known=lambda kind, code: _known(index, kind, code, whole),
        near=lambda kind, code: _near(index, kind, code),
        saved={str(n): str(w) for n, w in index.ask("SELECT name, words FROM queries")},
        blocs=[str(b) for (b,) in index.ask("SELECT DISTINCT bloc FROM members")],
    )


def _known(
    index: Index, kind: str, code: str, whole: Callable[[], object] = _as_it_is
) -> bool:  # fmt: skip
    """Tell whether a code is legal, or the beginning of one that is, or of one that is in use."""
    scheme, _ = split_product(code)
    if kind == "product" and scheme not in ("hs", "material"):
        # There is no list of these here to hold it against; a slip in its shape can be told.
        return _NATIONAL[scheme].fullmatch(code) is not None if scheme in _NATIONAL else False
    if (
        kind == "product"
        and scheme == "hs"
        and not _any(index, "SELECT 1 FROM codes WHERE code >= 'hs:' AND code < 'hs;' LIMIT 1")
    ):
        return True  # the tables of HS are not on this machine
    upper = code + "\U0010ffff" if kind == "product" else code + "0"
    lower = code if kind == "product" else code + "/"
    if _any(index, "SELECT 1 FROM codes WHERE kind = ? AND (code = ? OR (code >= ? AND code < ?)) LIMIT 1",
            kind, code, lower, upper):  # fmt: skip
        return True
    if kind == "law":  # us/ieepa/fentanyl lies within us/ieepa, which is known
        parts = code.split("/")
        if any(_exact(index, kind, "/".join(parts[:n])) for n in range(2, len(parts))):
            return True
        # A law that no list has is a warning in a file, so a log may well hold it.
        whole()
        return _used(index, kind, code)
    return False


def _used(index: Index, kind: str, code: str) -> bool:
    fields = json.dumps([name for name, field in FIELDS.items() if field.kind == kind])
    sql = ("SELECT 1 FROM vals WHERE field IN (SELECT value FROM json_each(?)) "
           "AND (text = ? OR (text >= ? AND text < ?)) LIMIT 1")  # fmt: skip
    return _any(index, sql, fields, code, code + "/", code + "0")


def _exact(index: Index, kind: str, code: str) -> bool:
    return _any(index, "SELECT 1 FROM codes WHERE kind = ? AND code = ? LIMIT 1", kind, code)


def _any(index: Index, sql: str, *values: str) -> bool:
    return next(index.ask(sql, values), None) is not None


def _near(index: Index, kind: str, code: str) -> str:
    """Give the code that is meant by a name, by other capitals, or by a slip."""
    if kind == "product":
        return _near_product(index, code)
    rows = list(index.ask("SELECT code, name FROM codes WHERE kind = ?", (kind,)))
    spelled = {comparison_key(str(c)): str(c) for c, _ in rows} | {
        comparison_key(str(n)): str(c) for c, n in rows
    }
    folded = comparison_key(code)
    if folded in spelled:
        return spelled[folded]
    found = nearest(folded, spelled)
    return spelled[found] if found else ""


def _near_product(index: Index, code: str) -> str:
    scheme, digits = split_product(code)
    if scheme in _NATIONAL:
        meant = f"{scheme}:{digits}"
        return meant if _known(index, "product", meant) else ""
    if scheme == "material" or not digits:
        names = {
            str(c).removeprefix("material:"): str(c)
            for (c,) in index.ask(
                "SELECT code FROM codes WHERE kind = 'product' AND code >= 'material:' AND code < 'material;'"
            )
        }
        found = nearest(digits or scheme, names)
        if found:
            return names[found]
        return f"hs:{code}" if code.isdigit() and _known(index, "product", f"hs:{code}") else ""
    for length in range(len(digits), 1, -1):
        start = f"hs:{digits[:length]}"
        sql = "SELECT code FROM codes WHERE kind = 'product' AND code >= ? AND code < ? ORDER BY code LIMIT 1"
        found_row = next(index.ask(sql, (start, start + "\U0010ffff")), None)
        if found_row:
            return str(found_row[0])
    return ""


def begun(index: Index, kind: str, field: str, start: str, most: int) -> Iterator[tuple[str, str]]:
    """Give what a shell may offer: legal codes of the kind, ids, or values in use, with a meaning."""
    end = start + "\U0010ffff"
    if kind == "id":
        sql = "SELECT id, title FROM events WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT ?"
        values: tuple[object, ...] = (start, end, most)
    elif kind in ("actor", "country", "law"):
        upper = start.upper() if "/" not in start else start
        sql = ("SELECT code, name FROM codes WHERE kind = ? AND (code >= ? AND code < ? "
               "OR code >= ? AND code < ?) ORDER BY code LIMIT ?")  # fmt: skip
        values = (kind, start, end, upper, upper + "\U0010ffff", most)
    elif kind == "product" and start:
        sql = (
            "SELECT code, name FROM codes WHERE kind = 'product' AND code >= ? AND code < ? LIMIT ?"
        )
        values = (start, end, most)
    else:
        name = {"tag": "tags", "product": "products"}.get(kind, field)
        sql = (f"SELECT text, count(*) || ' events' FROM {source_of(name)} "
               "WHERE field = ? AND text >= ? AND text < ? GROUP BY text ORDER BY count(*) DESC LIMIT ?")  # fmt: skip
        values = (name, start, end, most)
    return ((str(word), str(about)) for word, about in index.ask(sql, values))
