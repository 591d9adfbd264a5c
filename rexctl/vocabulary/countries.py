"""Countries: ISO 3166-1 alpha-2 through pycountry, with EU, XK and the names that people use."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from rexctl.values.codes import UnknownCodeError
from rexctl.values.suggest import nearest
from rexctl.vocabulary.shipped import load
from rexctl.vocabulary.spelling import folded

_STANDARD = ("name", "official_name", "common_name", "alpha_3")


@cache
def codes() -> frozenset[str]:
    """Give all codes: there is a zone for each, so that pycountry need not be loaded for them."""
    return frozenset(load("zones"))


@cache
def names() -> dict[str, str]:
    """Give the name of every country by its code."""
    standard = {c.alpha_2: getattr(c, "common_name", c.name)
                for c in import_module("pycountry").countries}  # fmt: skip
    own = {code: entry["name"] for code, entry in load("countries").items() if "name" in entry}
    return standard | own


@cache
def our_spellings() -> dict[str, str]:
    """Give the code for each name of our own list, folded."""
    return {
        folded(text): code
        for code, entry in load("countries").items()
        for text in (*entry.get("aliases", ()), entry.get("name", code))
    }


@cache
def spellings() -> dict[str, str]:
    """Give the code for each name, folded: those of the standard, and ours over them."""
    standard = {
        folded(getattr(country, field)): country.alpha_2
        for country in import_module("pycountry").countries
        for field in _STANDARD
        if hasattr(country, field)
    }
    return standard | our_spellings()


def found(text: str) -> str:
    """Give the code for a code, a name or an alias, or an empty text."""
    upper = text.strip().upper()
    if upper in codes():
        return upper
    name = folded(text)
    return our_spellings().get(name) or spellings().get(name, "")


def country(text: str) -> str:
    """Give the code for a code, a name or an alias. Raises UnknownCodeError."""
    code = found(text)
    if not code:
        raise UnknownCodeError(text, "no such country", lambda: near(text))
    return code


def near(text: str) -> str:
    """Give the code of the country that is spelled most like a text, or an empty text."""
    name = nearest(folded(text), spellings())
    return spellings()[name] if name else ""


@cache
def currencies() -> frozenset[str]:
    """Give the codes of ISO 4217."""
    return frozenset(c.alpha_3 for c in import_module("pycountry").currencies)


def currency(text: str) -> str:
    """Give the code of a currency, whatever its case. Raises UnknownCodeError."""
    upper = text.strip().upper()
    if upper in currencies():
        return upper
    raise UnknownCodeError(
        text, "no such currency in ISO 4217", nearest(upper, sorted(currencies())) or ""
    )
