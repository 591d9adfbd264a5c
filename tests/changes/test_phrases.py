from __future__ import annotations

from typing import Any

import pytest

from rexctl.changes.wording import (
    describe_part,
    format_unit,
    format_value,
    join_words,
    name_figure,
    name_part,
    part_noun,
    quote,
)
from rexctl.model.tables import SHAPES, TYPES


@pytest.mark.parametrize(
    ("item", "shape", "words"),
    [
        ({"publisher": "Reuters", "published": "2025-10-18", "title": "x"}, "Source", "Reuters, 18 October 2025"),
        ({"url": "https://example.org/x"}, "Source", "https://example.org/x"),
        ({"title": "A readout", "published": "2025"}, "Source", "A readout, 2025"),
        ({"rel": "suspends", "to": "2025-10-09-a"}, "Link", "suspends 2025-10-09-a"),
        ({"rel": "suspends", "to": "2025-10-09-a", "clause": "1(1)", "via": "2"}, "Link",
         "suspends 2025-10-09-a, clause 1(1), by its clause 2"),
        ({"value": "100", "unit": "percent"}, "Rate", "100 percent"),
        ({"value": "5", "unit": "specific", "currency": "USD", "per": "t"}, "Rate", "5 USD per t"),
        ({"value": "25", "unit": "percentage-points", "qualifier": "up-to"}, "Rate", "up to 25 percentage points"),
        ({"metric": "ownership", "op": "ge", "value": "50", "unit": "percent"}, "Threshold",
         "ownership at least 50 percent"),
        ({"from": "2025-10-14", "value": "50"}, "Step", "50 from 14 October 2025"),
        ({"code": "hs:2846", "role": "reference"}, "Product", "hs:2846"),
        ("hs:2846", "Product", "hs:2846"),
        ({"id": "1(1)", "title": "Items"}, "TariffClause", "1(1) (Items)"),
        ({"name": "Xi Jinping", "office": "President"}, "Person", "Xi Jinping (President)"),
        ({"from": "2025-11-07", "time": "13:01", "until": "2026-11-10"}, "Effective",
         "from 7 November 2025, 13:01 until 10 November 2026"),
        ({"text": "One.\nTwo."}, "Claim", "“One. Two.”"),
        ({}, "Quota", "nothing"),
        ({"colour": "red"}, "Unheard-of", "red"),
    ],
)  # fmt: skip
def test_a_part_is_told_by_what_tells_it_from_others(item: Any, shape: str, words: str) -> None:
    assert describe_part(item, shape) == words


@pytest.mark.parametrize("shape", [name for name in SHAPES if name not in TYPES])
def test_every_part_of_the_schema_has_a_noun_and_words(shape: str) -> None:
    """A new type brings parts that nothing here names; they are told all the same."""
    item = {key: [] if isinstance(kind, list) else "7" for key, kind in SHAPES[shape].items()}
    assert part_noun(shape).islower()
    assert "7" in describe_part(item, shape)


def test_a_part_is_labelled_with_its_noun() -> None:
    assert name_part({"id": "1(1)"}, "ExportControlClause") == "clause 1(1)"
    assert part_noun("AlsoDated") == "also dated"


def test_a_figure_says_what_it_counts_and_in_what() -> None:
    assert name_figure({"metric": "ownership", "op": "ge"}, "Threshold") == "ownership threshold"
    assert name_figure({"from": "2025-10-14", "value": "50"}, "Step") == "step from 14 October 2025"
    assert name_figure({"value": "50", "unit": "percent"}, "Rate") == "rate"
    assert format_unit({"unit": "percentage-points"}) == " percentage points"
    assert format_unit({}) == ""


def test_values_are_said_by_their_kind() -> None:
    assert format_value("2025-10", "date") == "October 2025"
    assert format_value(["CN", "JP", "US"], ["actor"]) == "CN, JP and US"
    assert format_value(True, "extra") == "true"
    assert format_value("Short", "text") == "Short"
    assert format_value("Short", "prose") == "“Short”"
    assert len(quote("word " * 100)) < 90
    assert join_words(["a", "b", "c", "d", "e"], 3) == "a, b, c and 2 more"
    assert join_words(["a", "b", "c", "d"], 3) == "a, b, c and d"
    assert join_words([]) == ""
