"""An event as plain values, which another process may have made: all that the tables keep of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

from rexctl.index.spread import spread
from rexctl.index.texts import storable
from rexctl.model.legal import FIELDS
from rexctl.values.json_text import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rexctl.records import Finding

    Event = tuple[Any, ...]

ID = "id"  # shared by no two events, so that it stands in theirs alone
_OWN = {ID: "ids", "title": "titles"}  # fields that the table of events holds by themselves
# Values of these kinds are looked into, not looked up.
_WORDED = frozenset({"text", "prose", "url", "extra"})
_worded: dict[str, bool] = {
    name: info.kind in _WORDED for name, info in FIELDS.items()
}  # a name of no type is somebody's own


class RowLike(Protocol):
    """An event as the tables keep it; `derive/row` makes them."""

    @property
    def fields(self) -> tuple[Any, ...]:
        """Id, type, status, confidence, title, first and last day, JSON, body."""

    @property
    def values(self) -> Iterable[tuple[Any, ...]]:
        """Field, text, folded text, low, high of each leaf."""


def is_worded(field: str) -> bool:
    """Tell whether the values of a field are texts to look into, rather than codes and days."""
    return _worded.get(field, True)


def source_of(field: str) -> str:
    """Give the view in which the values of a field stand."""
    return _OWN.get(field) or ("texts_in" if is_worded(field) else "vals")


def plain(value: tuple[Any, ...]) -> tuple[Any, ...]:
    """Give a leaf as the tables and another process take it."""
    if value[0].isascii() and value[1].isascii():
        return tuple(value)
    return tuple(map(storable, value))


def packed(path: str, digest: str, row: RowLike | None, findings: Sequence[Finding]) -> Event:
    """Give a file in plain values, but for the leaves of its event: `sharing` tells these."""
    told = json.dumps([f._asdict() for f in findings], ensure_ascii=False) if findings else None
    return path, digest, storable(told), None if row is None else of_row(row)


def of_row(row: RowLike) -> Event:
    """Give the fields of an event, its texts as JSON, what full text reads, and its other leaves."""
    fields, leaves = row.fields, row.values
    if not _is_utf8(fields):
        fields = tuple(map(storable, fields))
        leaves = [tuple(map(storable, value)) for value in leaves]
    texts: dict[str, list[str]] = {}
    values = []
    for value in leaves:
        field = value[0]
        if _worded.get(field, True):
            if field in texts:
                texts[field].append(value[1])
            else:
                texts[field] = [value[1]]
        elif field != ID:
            values.append(value)
    read = readable(fields[4], texts, [fields[0], *(value[1] for value in values)])
    return (*fields, _json(texts), read, tuple(values))


def _is_utf8(fields: Sequence[Any]) -> bool:
    """Tell whether all of an event can be bound as it is; its line of JSON holds each text of it."""
    try:
        str(fields[7]).encode()
    except UnicodeEncodeError:
        return False
    return bool(fields[7])  # nested too deep to be written


def readable(
    title: str, texts: Mapping[str, Sequence[str]], codes: Iterable[str]
) -> tuple[str, str, str]:
    """Give what full text knows of an event: its title, its prose, its codes and addresses."""
    prose: list[str] = []
    rest = list(dict.fromkeys(codes))
    for field, found in texts.items():
        if field != "title":
            (rest if "url" in field else prose).extend(found)
    prosaic, others = storable("\n".join(prose)), storable("\n".join(rest))
    return spread(title), spread(prosaic), spread(others)


def _json(texts: Mapping[str, Sequence[str]]) -> str:
    found = [f"{quote(field)}:[{','.join(map(quote, said))}]" for field, said in texts.items()]
    return "{" + ",".join(found) + "}"
