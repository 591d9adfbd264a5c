"""Legal bases: a jurisdiction and the law, as deep as needed; a new one is no error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.values.codes import UnknownCodeError, is_law
from rexctl.values.suggest import nearest
from rexctl.vocabulary import countries
from rexctl.vocabulary.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Container, Mapping


def law(text: str, spellings: Mapping[str, str], actors: Container[str]) -> str:
    """Give the code in small letters for a code or the name of a law. Raises UnknownCodeError.

    `spellings` gives the code for each name. The jurisdiction is a country or an organisation
    among `actors`: us/s301, eu/cbam, wto/gatt.
    """
    found = spellings.get(folded(text))
    if found:
        return found
    code = text.strip().lower()

    def meant() -> str:
        return spellings.get(nearest(folded(text), spellings) or "", "")

    if not is_law(code):
        raise UnknownCodeError(text, "a legal basis is written us/ieepa", meant)
    land = code.split("/")[0]
    if land.upper() not in countries.codes() and land.upper() not in actors:
        raise UnknownCodeError(text, f"{land} is no jurisdiction", meant)
    return code


def known(code: str, laws: Mapping[str, Any]) -> bool:
    """Tell whether a legal basis is one of `laws` or lies within one: us/ieepa/fentanyl."""
    parts = code.split("/")
    return any("/".join(parts[:length]) in laws for length in range(len(parts), 1, -1))
