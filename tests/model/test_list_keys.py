from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.model.list_keys import as_mapping, index_by_key, item_key, match_items
from rexctl.model.tables import HEADS, SHAPES, TYPES

ID = "2025-10-09-cn-mofcom-61"
PARTS = [name for name in SHAPES if name not in (*TYPES, "Event")]


def link(to: str, rel: str = "suspends", **more: str) -> dict[str, str]:
    return {"rel": rel, "to": to, **more}


def pairs(old: list[Any], new: list[Any], shape: str) -> list[Any]:
    return list(match_items(old, new, shape))


def test_parts_are_matched_by_their_key_wherever_they_stand() -> None:
    old = [{"id": "1", "title": "A"}, {"id": "2", "title": "B"}]
    new = [{"id": "2", "title": "B"}, {"id": "3"}, {"id": "1", "title": "C"}]
    assert pairs(old, new, "TariffClause") == [(None, {"id": "3"}), (old[0], new[2])]


def test_a_link_to_another_event_is_another_link() -> None:
    a, b = link("2025-10-09-a"), link("2025-10-09-b")
    assert pairs([a], [b], "Link") == [(None, b), (a, None)]
    assert pairs([a], [link("2025-10-09-a", "extends")], "Link")[1] == (a, None)


def test_a_link_that_is_limited_to_a_clause_is_the_same_link() -> None:
    a, b = link("2025-10-09-a"), link("2025-10-09-a", clause="1(1)")
    assert pairs([a], [b], "Link") == [(a, b)]
    assert pairs([a], [b, a], "Link") == [(None, b)]


def test_a_source_is_known_by_its_address_and_else_by_its_title() -> None:
    old = {"url": "https://example.org/a", "title": "A", "publisher": "Reuters"}
    assert pairs([old], [{**old, "title": "B"}], "Source") == [(old, {**old, "title": "B"})]
    moved = {**old, "url": "https://example.org/b"}
    assert pairs([old], [moved], "Source") == [(old, moved)]
    other = {"url": "https://example.org/c", "title": "C"}
    assert pairs([old], [other], "Source") == [(None, other), (old, None)]


def test_a_figure_is_the_same_one_with_another_value() -> None:
    percent, specific = {"value": "100", "unit": "percent"}, {"value": "5", "unit": "specific"}
    raised = {"value": "140", "unit": "percent"}
    assert pairs([percent, specific], [specific, raised], "Rate") == [(percent, raised)]
    assert pairs([percent], [{"value": "5"}], "Rate") == [(percent, {"value": "5"})]


def test_a_bare_code_and_its_mapping_are_one_product() -> None:
    assert as_mapping("hs:2846", "Product") == {"code": "hs:2846"}
    assert pairs(["hs:2846"], [{"code": "hs:2846"}], "Product") == []


@given(st.sampled_from(PARTS), st.data())
def test_every_part_of_both_sides_is_accounted_for_once(shape: str, data: st.DataObject) -> None:
    names = list(SHAPES[shape])
    item = st.dictionaries(st.sampled_from(names), st.sampled_from("abc"), min_size=1, max_size=4)
    old, new = data.draw(st.lists(item, max_size=5)), data.draw(st.lists(item, max_size=5))
    found = pairs(old, new, shape)
    told_old = [id(a) for a, _ in found if a is not None]
    told_new = [id(b) for _, b in found if b is not None]
    assert len(set(told_old)) == len(told_old)
    assert len(set(told_new)) == len(told_new)
    # What is not told is alike on both sides.
    silent_old = [a for a in old if id(a) not in told_old]
    silent_new = [b for b in new if id(b) not in told_new]
    key = lambda one: sorted(one.items())  # noqa: E731
    assert sorted(silent_old, key=key) == sorted(silent_new, key=key)
    shuffled = data.draw(st.permutations(old))
    assert pairs(old, shuffled, shape) == []


def test_thousands_of_items_match_in_no_more_than_n_log_n() -> None:
    old = [{"id": str(n), "title": "A"} for n in range(20_000)]
    new = [{"id": str(n), "title": "B"} for n in reversed(range(20_000))]
    start = time.process_time()
    assert len(pairs(old, new, "TariffClause")) == 20_000
    assert time.process_time() - start < 5


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
    assert (item_key(one, kind) == item_key(other, kind)) is same


@pytest.mark.parametrize(
    ("item", "kind"),
    [({"value": "10", "unit": "percent"}, "Rate"), ({"value": "1"}, "Threshold"), ("a", ""),
     ({"a": "b"}, ""), ({}, "Source"), (["a"], "actor"), (["a"], "Source")],
)  # fmt: skip
def test_a_quantity_and_what_has_no_text_are_nobodys_key(item: Any, kind: str) -> None:
    assert item_key(item, kind) is None


def test_every_shape_within_an_event_has_a_head_of_its_own() -> None:
    assert {name for name in SHAPES if name not in (*TYPES, "Event")} == set(HEADS)
    assert all(head in SHAPES[name] for name, head in HEADS.items())


def test_a_list_with_the_same_key_twice_has_no_keys() -> None:
    assert index_by_key(["CN", "US"], "actor") == {(("", "CN"),): "CN", (("", "US"),): "US"}
    assert index_by_key(["CN", "CN"], "actor") is None
    assert index_by_key([{"value": "1"}], "Rate") is None
