"""Actors: countries, blocs and organisations, by code or by name; their clocks and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.values.codes import UnknownCodeError
from rexctl.values.suggest import nearest
from rexctl.vocabulary import countries
from rexctl.vocabulary.shipped import load
from rexctl.vocabulary.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Entries = Mapping[str, Mapping[str, Any]]


def actor(text: str, spellings: Mapping[str, str]) -> str:
    """Give the code for a code, a name or an alias, in any case. Raises UnknownCodeError.

    `spellings` gives the code of each organisation by its folded names. A country's name is never
    taken over by an organisation's, and may stand before the slash: `China/mofcom` is CN/mofcom.
    """
    head, slash, body = text.partition("/")
    country = countries.found(head)
    if country and not slash:
        return country
    name = folded(f"{country or head}/{body}" if slash else text)
    if name in spellings:
        return spellings[name]

    def near() -> str:
        every = spellings if slash else {**countries.spellings(), **spellings}
        return every.get(nearest(name, every) or "", "")

    raise UnknownCodeError(text, "no such actor in the vocabulary", near)


def zone_of(code: str, actors: Entries) -> str:
    """Give the IANA zone of an actor's code; UTC where nothing tells.

    The actor's own `tz` counts first, then that of the body it belongs to, then the capital.
    """
    parts = code.split("/")
    for length in range(len(parts), 0, -1):
        own = actors.get("/".join(parts[:length]), {}).get("tz")
        if own:
            return str(own)
    return str(load("zones").get(parts[0], "UTC"))


def members(actors: Entries) -> Iterator[tuple[str, str, str, str]]:
    """Give bloc, member, and two ISO days: the first of membership and the first without it.

    An empty day is open: a member since before anybody asks, or a member still.
    """
    for bloc, entry in actors.items():
        for row in entry.get("members", ()):
            for code in row["codes"]:
                yield bloc, code, row.get("since", ""), row.get("until", "")
