from __future__ import annotations

from typing import Any

import pytest

from rexctl.merge import keys
from rexctl.model.legal import HEADS, SHAPES, TYPES

ID = "2025-10-09-cn-mofcom-61"


@pytest.mark.parametrize(
    ("one", "other", "kind", "same"),
    [
        ("CN", "CN", "actor", True), ("CN", "US", "actor", False),
        ("hs:2846", {"code": "hs:2846", "role": "reference"}, "product|Product", True),
        ({"url": "https://a.org", "title": "A"}, {"url": "https://a.org"}, "Source", True),
        ({"title": "A", "publisher": "B"}, {"title": "A", "lang": "en"}, "Source", True),
        ({"title": "A"}, {"title": "B"}, "Source", False),
        ({"rel": "suspends", "to": ID}, {"rel": "extends", "to": ID}, "Link", False),
        ({"rel": "suspends", "to": ID}, {"rel": "suspends", "to": ID, "clause": "1"}, "Link", False),
        ({"rel": "suspends", "to": ID}, {"rel": "suspends", "to": ID, "note": "N."}, "Link", True),
        ({"from": "2025", "value": "1"}, {"from": "2025", "value": "2"}, "Step", True),
    ],
)  # fmt: skip
def test_an_item_is_known_by_its_head(one: Any, other: Any, kind: str, same: bool) -> None:
    assert (keys.key_of(one, kind) == keys.key_of(other, kind)) is same


@pytest.mark.parametrize(
    ("item", "kind"),
    [({"value": "10", "unit": "percent"}, "Rate"), ({"value": "1"}, "Threshold"), ("a", ""),
     ({"a": "b"}, ""), ({}, "Source"), (["a"], "actor"), (["a"], "Source")],
)  # fmt: skip
def test_a_quantity_and_what_has_no_text_are_nobodys_key(item: Any, kind: str) -> None:
    assert keys.key_of(item, kind) is None


def test_every_shape_within_an_event_has_a_head_of_its_own() -> None:
    assert {name for name in SHAPES if name not in TYPES} == set(HEADS)
    assert all(head in SHAPES[name] for name, head in HEADS.items())


def test_a_list_with_the_same_key_twice_has_no_keys() -> None:
    assert keys.keyed(["CN", "US"], "actor") == {(("", "CN"),): "CN", (("", "US"),): "US"}
    assert keys.keyed(["CN", "CN"], "actor") is None
    assert keys.keyed([{"value": "1"}], "Rate") is None


def test_a_path_is_told_by_the_names_of_items() -> None:
    data = {"clauses": [{"id": "1(1)", "effective": {"from": "2025"}}], "rates": [{"value": "1"}]}
    name = keys.named(("clauses", 0, "effective", "from"), data, "tariff")
    assert keys.told(name) == "clauses[1(1)].effective.from"
    assert keys.told(keys.named(("rates", 0), data, "tariff")) == "rates[1]"
    assert keys.named((), data, "tariff") == ()


def test_a_long_name_is_cut_and_stays_on_one_line() -> None:
    label = keys.label({"text": "One\ntwo " * 30}, "Claim", 0)
    assert len(label) == 60
    assert "\n" not in label
