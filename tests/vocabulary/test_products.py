from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.errors import UnknownCodeError
from rexctl.values.codes import is_slug
from rexctl.values.text import name_key
from rexctl.vocabulary import products
from rexctl.vocabulary.names import index_names, names_of, tables

MATERIALS = tables().materials
SPELLINGS = index_names(MATERIALS)
RARE_EARTHS = [
    "scandium",
    "yttrium",
    "lanthanum",
    "cerium",
    "praseodymium",
    "neodymium",
    "promethium",
    "samarium",
    "europium",
    "gadolinium",
    "terbium",
    "dysprosium",
    "holmium",
    "erbium",
    "thulium",
    "ytterbium",
    "lutetium",
]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hs:2805.30", "hs:280530"), ("hs:280530", "hs:280530"), ("HS:28", "hs:28"),
        ("hs:0103", "hs:0103"), ("material:dysprosium", "material:dysprosium"),
        ("material:Dysprosium", "material:dysprosium"), ("material:Dy", "material:dysprosium"),
        ("material:镝", "material:dysprosium"), ("material:REE", "material:rare-earths"),
        ("material:wolfram", "material:tungsten"), ("us-eccn:3a090.A", "us-eccn:3A090.a"),
        ("cn-control:1C902", "cn-control:1C902"), ("us-hts:9903.01.24", "us-hts:99030124"),
        ("cn-customs:2805301200", "cn-customs:2805301200"), ("2805.30", "hs:280530"), ("2846", "hs:2846"),
        ("HS 8703", "hs:8703"), ("hs 8541.10", "hs:854110"), ("HS code: 8703", "hs:8703"),
        ("WCO heading 87.03", "hs:8703"), ("chapter 72", "hs:72"), ("CN 7208", "hs:7208"),
        ("us-hts:2846", "hs:2846"), ("HTSUS heading 8541", "hs:8541"), ("HTS 8541.10.00", "us-hts:85411000"),
        ("HTSUS 9903.01.24", "us-hts:99030124"), ("TARIC 7208390010", "eu-taric:7208390010"),
        ("ECCN 3A090", "us-eccn:3A090"), ("EAR99", "us-eccn:EAR99"), ("tungsten", "material:tungsten"),
        ("Rare Earths", "material:rare-earths"), ("Dy", "material:dysprosium"), ("In", "material:indium"),
        ("iron and steel", "hs:72"), ("Pharmaceutical products", "hs:30"), ("silk", "hs:50"),
    ],
)  # fmt: skip
def test_a_product_is_stored_in_one_spelling(text: str, code: str) -> None:
    assert products.resolve_product(text, SPELLINGS) == code
    assert products.resolve_product(code, SPELLINGS) == code


@pytest.mark.parametrize(
    ("text", "why", "meant"),
    [
        ("dysprosum", "not a product code", "material:dysprosium"),
        ("in", "not a product code", ""),
        ("1C117.d", "a code of which list", "us-eccn:1C117.d cn-control:1C117.d"),
        (
            "8541.10.00",
            "a code of which list",
            "us-hts:85411000 cn-customs:85411000 eu-cn:85411000 uk-tariff:85411000",
        ),
        ("CN 72083900", "a code of which list", "eu-cn:72083900 cn-customs:72083900"),
        ("203", "2, 4 or 6 digits", "hs:0203"),
        ("steel", "not a product code", "hs:72 hs:73"),
        ("cars", "not a product code", "hs:8703"),
        ("semiconductors", "not a product code", "hs:8541 hs:8542"),
        ("footwear", "not a product code", "hs:64"),
        ("phase 1", "not a product code", ""),
        ("hs", "not a product code", ""),
        ("mateiral:dysprosium", "not a product code", "material:dysprosium"),
        ("hs:284691", "no such code in HS 2022", "hs:284690"),
        ("hs:284", "2, 4 or 6 digits", ""),
        ("hs:", "2, 4 or 6 digits", ""),
        ("us-hts:284", "8 or 10 digits", ""),
        ("us-eccn:XYZ", "a shape such as us-eccn:3A090", ""),
        ("material:disprosium", "no such material", "material:dysprosium"),
        ("material:", "no such material", ""),
    ],
)
def test_what_is_no_product_is_told_with_what_was_meant(text: str, why: str, meant: str) -> None:
    with pytest.raises(UnknownCodeError, match=why) as told:
        products.resolve_product(text, SPELLINGS)
    assert told.value.suggestion == meant


@given(st.text(max_size=20))
def test_any_text_is_a_product_or_told(text: str) -> None:
    try:
        code = products.resolve_product(text, SPELLINGS)
    except UnknownCodeError as fault:
        assert str(fault).startswith(f"{text}: ")
    else:
        assert products.resolve_product(code, SPELLINGS) == code


def test_without_tables_a_code_of_the_right_shape_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "hs_codes", dict)
    assert products.resolve_product("hs:284691", SPELLINGS) == "hs:284691"
    assert products.hs_codes() == {}


@pytest.mark.parametrize("name", RARE_EARTHS)
def test_the_seventeen_rare_earths_are_there_with_their_symbols(name: str) -> None:
    symbol = MATERIALS[name]["symbol"]
    assert products.resolve_product(f"material:{symbol.lower()}", SPELLINGS) == f"material:{name}"


def test_strategic_materials_are_there() -> None:
    wanted = (
        "gallium germanium antimony graphite tungsten tellurium bismuth molybdenum indium lithium"
    )
    assert set(wanted.split()) <= set(MATERIALS)


def test_a_material_has_a_sound_code_a_name_and_places_in_hs_that_exist() -> None:
    for code in MATERIALS:
        entry = MATERIALS[code]
        assert is_slug(code)
        assert entry["name"]
        assert set(entry) <= {"code", "name", "symbol", "aliases", "hs"}
        assert all(products.is_known_hs(digits) for digits in entry.get("hs", ()))
        assert entry.get("hs", ["radioactive"])


def test_no_name_of_a_material_is_ambiguous() -> None:
    told: dict[str, str] = {}
    for code, entry in MATERIALS.items():
        for _, text in names_of(entry):
            assert told.setdefault(name_key(text), code) == code, text


def test_a_product_has_a_name_where_it_is_listed() -> None:
    assert products.product_name("material:dysprosium", MATERIALS) == "Dysprosium"
    assert "erium" in products.product_name("hs:284610", MATERIALS)
    assert products.product_name("us-hts:99030124", MATERIALS) == ""
    assert products.product_name("material:none", MATERIALS) == ""


def test_the_codes_are_those_of_hs_with_their_scheme() -> None:
    assert products.hs_codes()["2846"]


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("1C117.d", "CN", "cn-control:1C117.d"), ("1E902", "CN", "cn-control:1E902"),
        ("3A090", "US", "us-eccn:3A090"), ("8541.10.00", "US", "us-hts:85411000"),
        ("7208 39 00", "EU", "eu-cn:72083900"), ("CN 7208.39.00", "CN", "cn-customs:72083900"),
        ("hs:2841801000", "CN", "cn-customs:2841801000"), ("7208390010", "GB", "uk-tariff:7208390010"),
    ],
)  # fmt: skip
def test_a_line_of_a_tariff_is_that_of_the_country_of_the_event(
    text: str, country: str, code: str
) -> None:
    assert products.resolve_product(text, SPELLINGS, countries=[country]) == code


def test_every_suggestion_for_goods_is_a_code() -> None:
    for codes in products.goods().values():
        for code in codes:
            assert products.resolve_product(code, SPELLINGS) == code
