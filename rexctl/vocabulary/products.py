"""Products: a scheme and a code in it, held against what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.values.codes import PRODUCT_SCHEMES, SHAPES, UnknownCode, split
from rexctl.values.suggest import nearest
from rexctl.vocabulary import hs
from rexctl.vocabulary.spelling import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def product(text: str, materials: Mapping[str, str]) -> str:
    """Give the code as it is stored: `hs:2805.30` is hs:280530, `material:Dy` material:dysprosium.

    `materials` gives the code for each spelling. Raises UnknownCode.
    """
    scheme, code = split(text)
    if scheme == "material":
        return f"material:{_material(text, code, materials)}"
    if scheme not in SHAPES or ":" not in text:
        raise UnknownCode(text, "names no scheme of product codes",
                          lambda: _meant(text, materials), "scheme")  # fmt: skip
    if not SHAPES[scheme].pattern.fullmatch(code):
        raise UnknownCode(text, f"{scheme} codes have {SHAPES[scheme].sentence}")
    if scheme == "hs" and hs.known(code) is False:
        raise UnknownCode(text, "no such code in HS 2022", lambda: f"hs:{hs.nearest(code)}")
    return f"{scheme}:{code}"


def _material(text: str, name: str, materials: Mapping[str, str]) -> str:
    code = materials.get(folded(name))
    if code:
        return code

    def near() -> str:
        found = nearest(folded(name), materials)
        return f"material:{materials[found]}" if found else ""

    raise UnknownCode(text, "no such material", near)


def _meant(text: str, materials: Mapping[str, str]) -> str:
    """Guess what stands there without its scheme, or with a misspelled one; else an empty text."""
    scheme, colon, rest = text.partition(":")
    if colon:
        near = nearest(scheme.strip(), PRODUCT_SCHEMES)
        return ":".join(split(f"{near}:{rest}")) if near else ""
    _, digits = split(f"hs:{text}")
    if hs.known(digits):
        return f"hs:{digits}"
    code = materials.get(folded(text))
    return f"material:{code}" if code else ""


def name(code: str, materials: Mapping[str, Mapping[str, Any]]) -> str:
    """Give the name of a product code, or an empty text: national tariffs are not listed here."""
    scheme, _, rest = code.partition(":")
    if scheme == "hs":
        return hs.all_codes().get(rest, "")
    return str(materials.get(rest, {}).get("name", "")) if scheme == "material" else ""


def codes() -> Iterator[tuple[str, str]]:
    """Give code and name of everything in HS 2022; nothing where its tables are not there."""
    return ((f"hs:{digits}", name) for digits, name in hs.all_codes().items())
