"""Resolve names to codes: actors, countries, laws, currencies and time zones.

A name is compared by `values.text.name_key`: without case, accents, points, hyphens, brackets and
a leading `the`. A country has its ISO code, its three-letter code, the names of ISO 3166 and those
that the shipped tables add; another entry has its code, name, symbol and aliases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.values.clock import is_timezone, timezone_names
from rexctl.values.codes import UnknownCodeError, is_law
from rexctl.values.suggest import nearest
from rexctl.values.text import name_key
from rexctl.vocabulary.shipped import tables

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    Entries = Mapping[str, Mapping[str, Any]]
    Names = Mapping[str, str]  # name_key of a name -> code


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


def resolve_country(text: str) -> str:
    """Return the code of a country's code or name. Raises UnknownCodeError."""
    code = find_country(text)
    if not code:
        raise UnknownCodeError(text, "no such country", lambda: nearest_country(text))
    return code


def nearest_country(text: str) -> str:
    """Return the code of the country whose name is spelled most like a text, or an empty text."""
    names = tables().country_names
    return names.get(nearest(name_key(text), names) or "", "")


def resolve_actor(text: str, names: Names) -> str:
    """Return the code of an actor's code or name. Raises UnknownCodeError.

    `names` are those of the organisations. The name of a country is never that of an organisation,
    and may be used before the slash: `China/mofcom` is CN/mofcom.
    """
    head, slash, body = text.partition("/")
    country = find_country(head)
    if country and not slash:
        return country
    key = name_key(f"{country or head}/{body}" if slash else text)
    if key in names:
        return names[key]

    def suggestion() -> str:
        every = names if slash else {**tables().country_names, **names}
        return every.get(nearest(key, every) or "", "")

    raise UnknownCodeError(text, "no such actor in the vocabulary", suggestion)


def zone_of(code: str, actors: Entries) -> str:
    """Return the IANA time zone of an actor: its `tz`, else that of its parents, else the capital's.

    UTC where none of them is known.
    """
    parts = code.split("/")
    for length in range(len(parts), 0, -1):
        own = actors.get("/".join(parts[:length]), {}).get("tz")
        if own:
            return str(own)
    return tables().zones.get(parts[0], "UTC")


def list_members(actors: Entries) -> Iterator[tuple[str, str, str, str]]:
    """Yield bloc, member, and two ISO days: the first of membership and the first after it.

    An empty day is open: a member since before every event, or a member still.
    """
    for bloc, entry in actors.items():
        for row in entry.get("members", ()):
            for code in row["codes"]:
                yield bloc, code, row.get("since", ""), row.get("until", "")


def resolve_law(text: str, names: Names, actors: Container[str]) -> str:
    """Return the code of a law's code or name; a new code is allowed. Raises UnknownCodeError.

    The jurisdiction of a new one is a country or one of `actors`: us/s301, eu/cbam, wto/gatt.
    """
    code = names.get(name_key(text))
    if code:
        return code
    code = text.strip().lower()

    def suggestion() -> str:
        return names.get(nearest(name_key(text), names) or "", "")

    if not is_law(code):
        raise UnknownCodeError(text, "a legal basis is written us/ieepa", suggestion)
    jurisdiction = code.split("/")[0]
    if not is_country(jurisdiction.upper()) and jurisdiction.upper() not in actors:
        raise UnknownCodeError(text, f"{jurisdiction}: no such jurisdiction", suggestion)
    return code


def is_known_law(code: str, laws: Container[str]) -> bool:
    """Return whether a law is one of `laws`, or within one: us/ieepa/fentanyl is in us/ieepa."""
    parts = code.split("/")
    return any("/".join(parts[:length]) in laws for length in range(len(parts), 1, -1))


def resolve_currency(text: str) -> str:
    """Return the ISO 4217 code of a currency in any case. Raises UnknownCodeError."""
    upper = text.strip().upper()
    known = tables().currencies
    if upper in known:
        return upper
    raise UnknownCodeError(text, "no such currency in ISO 4217", nearest(upper, known) or "")


def resolve_timezone(text: str) -> str:
    """Return the name of an IANA time zone unchanged. Raises UnknownCodeError."""
    if is_timezone(text):
        return text
    raise UnknownCodeError(text, "no such time zone", lambda: nearest_timezone(text))


def nearest_timezone(text: str) -> str:
    """Return the IANA time zone that is spelled most like a text, or an empty text."""
    return nearest(text, sorted(timezone_names())) or ""
