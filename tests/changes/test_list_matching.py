from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rexctl.changes.lists import paired, whole
from rexctl.model.legal import SHAPES, TYPES

PARTS = [name for name in SHAPES if name not in TYPES]


def link(to: str, rel: str = "suspends", **more: str) -> dict[str, str]:
    return {"rel": rel, "to": to, **more}


def pairs(old: list[Any], new: list[Any], shape: str) -> list[Any]:
    return list(paired(old, new, shape))


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
    assert whole("hs:2846", "Product") == {"code": "hs:2846"}
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
