"""Actors: countries, blocs and organisations, by code or by name; their clocks and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.plain.codes import UnknownCode
from rexctl.plain.suggest import nearest
from rexctl.vocabulary import countries
from rexctl.vocabulary.shipped import load
from rexctl.vocabulary.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Entries = Mapping[str, Mapping[str, Any]]


def actor(text: str, spellings: Mapping[str, str]) -> str:
    """Give the code for a code, a name or an alias, in any case. Raises UnknownCode.

    `spellings` gives the code of each organisation by its folded names. A country's name may stand
    before the slash: `China/mofcom` is CN/mofcom.
    """
    found = spellings.get(folded(text))
    if found:
        return found
    head, slash, body = text.partition("/")
    try:
        country = countries.country(head)
    except UnknownCode:
        raise _unknown(text, text, spellings) from None
    if not slash:
        return country
    found = spellings.get(folded(f"{country}/{body}"))
    if found:
        return found
    raise _unknown(text, f"{country}/{body}", spellings)


def _unknown(given: str, meant: str, spellings: Mapping[str, str]) -> UnknownCode:
    """Make the error, with the code of what is spelled most like it, country or organisation."""
    every = {**countries.spellings(), **spellings}
    near = nearest(folded(meant), every)
    return UnknownCode(given, "no such actor in the vocabulary", every[near] if near else "")


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
            yield bloc, row["code"], row.get("since", ""), row.get("until", "")
