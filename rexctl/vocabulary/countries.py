"""Countries: ISO 3166-1 alpha-2 through pycountry, with EU, XK and the names that people use."""

from __future__ import annotations

import unicodedata
from functools import cache

from rexctl.plain import register
from rexctl.vocabulary.shipped import load


@cache
def names() -> dict[str, str]:
    """Give the name of every country by its code."""
    found = {c.alpha_2: getattr(c, "common_name", c.name)
             for c in register.load("pycountry").countries}  # fmt: skip
    return found | {code: entry["name"] for code, entry in load("countries").items()
                    if "name" in entry}  # fmt: skip


@cache
def aliases() -> dict[str, str]:
    """Give the code for every folded name, alias and three-letter code."""
    found: dict[str, str] = {}
    for country in register.load("pycountry").countries:
        for text in (country.name, country.alpha_3, getattr(country, "official_name", ""),
                     getattr(country, "common_name", "")):  # fmt: skip
            if text:
                found[folded(text)] = country.alpha_2
    for code, entry in load("countries").items():
        for text in [*entry.get("aliases", []), *([entry["name"]] if "name" in entry else [])]:
            found[folded(text)] = code
    return found


@cache
def currencies() -> frozenset[str]:
    """Give the codes of ISO 4217."""
    return frozenset(c.alpha_3 for c in register.load("pycountry").currencies)


def folded(text: str) -> str:
    """Give a name without case, accents and outer spaces, so that spellings meet."""
    plain = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("’", "'")
