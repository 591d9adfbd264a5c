"""The names of codes, and the nearest one to a misspelled name.

A name is compared by `values.text.name_key`: without case, accents, points, hyphens, brackets and
a leading `the`. A country has its ISO code, its three-letter code, the names of ISO 3166 and those
that the shipped tables add; another entry has its code, name, symbol and aliases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.values.clock import timezone_names
from rexctl.values.suggest import nearest
from rexctl.values.text import name_key
from rexctl.vocabulary.shipped import tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Entries = Mapping[str, Mapping[str, Any]]


def names_of(entry: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield each name of an entry with its path in it: code, name, symbol, aliases."""
    yield from (((key,), entry[key]) for key in ("code", "name", "symbol") if key in entry)
    yield from ((("aliases", n), text) for n, text in enumerate(entry.get("aliases", ())))


def index_names(entries: Entries) -> dict[str, str]:
    """Return the code of each name by its key: a code before any name, of two names the first."""
    index = {name_key(code): code for code in entries}
    for code, entry in entries.items():
        for _, text in names_of(entry):
            index.setdefault(name_key(text), code)
    return index


def is_country(code: str) -> bool:
    """Return whether a text is the code of a country."""
    return code in tables().countries


def find_country(text: str) -> str:
    """Return the code of a country's code or name, or an empty text.

    >>> find_country("us"), find_country("The U.S."), find_country("CHN"), find_country("Ruritania")
    ('US', 'US', 'CN', '')
    """
    upper = text.strip().upper()
    return upper if is_country(upper) else tables().country_names.get(name_key(text), "")


def nearest_country(text: str) -> str:
    """Return the code of the country whose name is spelled most like a text, or an empty text."""
    names = tables().country_names
    return names.get(nearest(name_key(text), names) or "", "")


def nearest_timezone(text: str) -> str:
    """Return the IANA time zone that is spelled most like a text, or an empty text."""
    return nearest(text, sorted(timezone_names())) or ""
