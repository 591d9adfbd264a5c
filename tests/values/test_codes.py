from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.errors import UnknownCodeError
from rexctl.values import codes
from rexctl.values.codes import PRODUCT_SCHEMES

PARTS = st.lists(st.from_regex(r"[a-z0-9]{1,4}", fullmatch=True), min_size=1, max_size=4)


def test_every_scheme_but_materials_has_a_shape() -> None:
    assert {*codes.SCHEMES, "material"} == set(PRODUCT_SCHEMES)


@pytest.mark.parametrize(
    ("given_", "stored"),
    [
        ("hs:2805.30", ("hs", "280530")),
        ("HS: 28 05", ("hs", "2805")),
        ("hs:0103", ("hs", "0103")),
        ("us-hts:9903.01.24", ("us-hts", "99030124")),
        ("cn-customs:2805.3012.00", ("cn-customs", "2805301200")),
        ("us-eccn:1e902.A.1", ("us-eccn", "1E902.a.1")),
        ("us-eccn:ear99", ("us-eccn", "EAR99")),
        ("cn-control:1c902", ("cn-control", "1C902")),
        ("material: rare earths ", ("material", "rare earths")),
        ("2805.30", ("2805.30", "")),
    ],
)
def test_a_product_is_split_into_scheme_and_stored_code(
    given_: str, stored: tuple[str, str]
) -> None:
    assert codes.split_product(given_) == stored


@given(st.sampled_from(PRODUCT_SCHEMES), st.text(max_size=12))
def test_splitting_what_was_split_changes_nothing(scheme: str, rest: str) -> None:
    once = codes.split_product(f"{scheme}:{rest}")
    assert codes.split_product(":".join(once)) == once


@pytest.mark.parametrize(
    ("scheme", "code"),
    [
        ("hs", "28"), ("hs", "2846"), ("hs", "284690"), ("us-hts", "28469020"),
        ("cn-customs", "2846901100"), ("us-eccn", "1E902"), ("us-eccn", "3A090.a"),
        ("us-eccn", "4A003.g.1"), ("us-eccn", "EAR99"), ("cn-control", "1C902"),
        ("cn-control", "0C902.a.1"),
    ],
)  # fmt: skip
def test_a_code_of_the_scheme_has_its_shape(scheme: str, code: str) -> None:
    assert codes.SCHEMES[scheme][0].fullmatch(code)


@pytest.mark.parametrize(
    ("scheme", "code"),
    [
        ("hs", "2"), ("hs", "284"), ("hs", "28469000"), ("hs", "２８"), ("us-hts", "284690"),
        ("us-eccn", "1F902"), ("us-eccn", "1E90"), ("us-eccn", "1E902."), ("cn-control", "EAR99"),
        ("cn-control", "C902"), ("cn-customs", ""),
    ],
)  # fmt: skip
def test_a_code_of_another_shape_is_told(scheme: str, code: str) -> None:
    assert not codes.SCHEMES[scheme][0].fullmatch(code)


@pytest.mark.parametrize("text", ["CN", "CN/mofcom", "G7", "firm/rhodium", "IMF", "AFRICAN-UNION"])
def test_an_actor_may_be_a_country_a_body_or_a_firm(text: str) -> None:
    assert codes.is_actor(text)


@pytest.mark.parametrize("text", ["", "CN/", "/mofcom", "CN//mofcom", "firm/Rhodium", "a b", "ü"])
def test_what_is_no_actor_code_is_told(text: str) -> None:
    assert not codes.is_actor(text)


def test_a_law_has_a_jurisdiction_and_a_part_more() -> None:
    assert codes.is_law("us/ieepa/fentanyl")
    assert codes.is_law("wto/gatt/art-xxi")
    assert not codes.is_law("us")
    assert not codes.is_law("US/ieepa")
    assert not codes.is_law("us/ieepa/")


def test_a_slug_is_small_letters_digits_and_single_hyphens() -> None:
    assert codes.is_slug("rare-earths-2025")
    assert not any(map(codes.is_slug, ["", "Rare", "-x", "x-", "a--b", "a_b"]))


@pytest.mark.parametrize(
    ("kind", "prefix", "code"),
    [
        ("actor", "CN", "CN"),
        ("actor", "CN", "CN/mofcom"),
        ("law", "us/ieepa", "us/ieepa/fentanyl"),
        ("product", "hs:28", "hs:284690"),
        ("product", "us-eccn:1E9", "us-eccn:1E902"),
        ("product", "material:rare-earths", "material:rare-earths"),
    ],
)
def test_a_code_lies_within_its_beginning(kind: str, prefix: str, code: str) -> None:
    assert codes.is_prefix(kind, prefix, code)


@pytest.mark.parametrize(
    ("kind", "prefix", "code"),
    [
        ("actor", "CN", "CNX"),
        ("actor", "CN/mof", "CN/mofcom"),
        ("actor", "CN/mofcom", "CN"),
        ("law", "us/s3", "us/s301"),
        ("product", "hs:28", "us-hts:28469020"),
        ("product", "material:rare", "material:rare-earths"),
    ],
)
def test_a_likeness_of_letters_is_not_enough(kind: str, prefix: str, code: str) -> None:
    assert not codes.is_prefix(kind, prefix, code)


@given(PARTS, PARTS)
def test_parts_added_behind_a_slash_stay_within(head: list[str], tail: list[str]) -> None:
    whole, more = "/".join(head), "/".join([*head, *tail])
    assert codes.is_prefix("actor", whole, more)
    assert not codes.is_prefix("actor", more, whole)


def test_an_unknown_code_says_what_why_and_what_was_meant() -> None:
    fault = UnknownCodeError("CN/mofkom", "no such actor", "CN/mofcom")
    assert str(fault) == "CN/mofkom: no such actor"
    assert (fault.text, fault.reason, fault.suggestion) == (
        "CN/mofkom",
        "no such actor",
        "CN/mofcom",
    )
    assert isinstance(fault, ValueError)
