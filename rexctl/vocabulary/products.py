"""Resolve product codes: a scheme and a code in it, or the name of a material."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.values.codes import PRODUCT_SCHEMES, SCHEMES, UnknownCodeError, split_product
from rexctl.values.suggest import nearest
from rexctl.values.text import name_key
from rexctl.vocabulary import hs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def resolve_product(text: str, materials: Mapping[str, str]) -> str:
    """Return the stored code: `hs:2805.30` is hs:280530, `material:Dy` is material:dysprosium.

    `materials` are the codes of materials by the keys of their names. Raises UnknownCodeError.
    """
    scheme, code = split_product(text)
    if scheme == "material":
        return f"material:{_resolve_material(text, code, materials)}"
    if scheme not in SCHEMES or ":" not in text:
        raise UnknownCodeError(text, "names no scheme of product codes",
                               lambda: _suggest(text, materials), "scheme")  # fmt: skip
    if not SCHEMES[scheme].pattern.fullmatch(code):
        raise UnknownCodeError(text, f"{scheme} codes have {SCHEMES[scheme].description}")
    if scheme == "hs" and hs.is_known(code) is False:
        raise UnknownCodeError(text, "no such code in HS 2022", lambda: f"hs:{hs.nearest(code)}")
    return f"{scheme}:{code}"


def product_name(code: str, materials: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the name of a product code, or an empty text: national tariffs have no table here."""
    scheme, _, rest = code.partition(":")
    if scheme == "hs":
        return hs.all_codes().get(rest, "")
    return str(materials.get(rest, {}).get("name", "")) if scheme == "material" else ""


def list_hs_codes() -> Iterator[tuple[str, str]]:
    """Yield code and name of everything in HS 2022; nothing where its tables are not installed."""
    return ((f"hs:{digits}", name) for digits, name in hs.all_codes().items())


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
    if hs.is_known(digits):
        return f"hs:{digits}"
    code = materials.get(name_key(text))
    return f"material:{code}" if code else ""
