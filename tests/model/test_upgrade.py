"""Fields of earlier versions get their present form."""

from __future__ import annotations

import pytest

from rexctl.model.upgrade import upgrade
from tests.model.made import plain_of


@pytest.mark.parametrize("name", ["tariff", "trade-measure", "sanction", "statement"])
def test_what_is_in_the_present_form_is_unchanged(name: str) -> None:
    assert upgrade(plain_of(name)) == plain_of(name)


def test_a_chapter_gets_its_edition_and_an_end_for_good_stays_an_error() -> None:
    old = {"type": "trade-measure", "category": "F", "effective": {"on_expiry": "ends"}}
    assert upgrade(old) == old | {"category": "mast-2019:F"}
