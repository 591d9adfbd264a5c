from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.model.types import TYPES
from tests.model.made import codes, faults, only, plain_of


def event(**more: Any) -> dict[str, Any]:
    return plain_of("tariff") | more


def test_an_element_of_a_list_is_called_by_the_name_of_its_list() -> None:
    (loc, _, message, _) = only(plain_of("export-control") | {"controls": ["tax", "licenc"]})
    assert loc == ("controls", 1)
    assert message.startswith("licenc: controls is one of licence, ")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"actors": "CN"}, "actors must be a list"),
        ({"effective": "2025"}, "effective must be a mapping"),
        ({"effective": ["2025"]}, "effective must be a mapping"),
        ({"rates": ["100"]}, "rates must be a mapping"),
        ({"title": ["x"]}, "title: must be a text, and this is a list"),
        ({"title": {"x": "y"}}, "title: must be a text, and this is a mapping"),
        ({"actors": [["CN"]]}, "actors: must be a text, and this is a list"),
    ],
)
def test_a_wrong_shape_is_told_in_words_of_a_file(wrong: dict[str, Any], message: str) -> None:
    (_, code, told, _) = only(event(**wrong))
    assert (code, told) == ("wrong-shape", message)


def test_of_a_code_or_a_mapping_only_the_one_that_was_meant_is_judged() -> None:
    assert codes(event(products=["hs:280531"])) == {"products.0": "unknown-product"}
    assert codes(event(products=[{"code": "hs:280531"}])) == {"products.0.code": "unknown-product"}
    assert codes(event(products=[{"role": "reference"}])) == {"products.0.code": "missing-field"}
    bad = event(products=[{"code": "hs:28", "rol": "x"}])
    assert codes(bad) == {"products.0.rol": "unknown-field"}


def test_several_elements_are_told_each_at_its_own_place() -> None:
    bad = event(products=["hs:01", "x", {"code": "y"}], affected=["CN", "Nowhereland"])
    assert sorted(codes(bad)) == ["affected.1", "products.1", "products.2.code"]


def test_a_missing_field_of_a_part_is_told_at_the_part_with_what_it_is_for() -> None:
    (loc, code, message, hint) = only(event(links=[{"rel": "suspends"}]))
    assert (loc, code, message) == (("links", 0, "to"), "missing-field", "to is missing")
    assert hint.startswith("the id of the other event")


def test_an_unknown_field_of_a_part_gets_the_nearest_of_that_part() -> None:
    (_, _, _, hint) = only(event(effective={"form": "2025-11-01"}))
    assert hint == "did you mean from?"
    (_, _, _, hint) = only(event(zzzzzz="1"))
    assert hint == "rexctl fields lists them"


def test_a_brace_in_the_data_is_no_place_to_fill() -> None:
    (_, _, message, _) = only(event(tz="{hint} {0}"))
    assert message.startswith("{hint} {0}: ")


JUNK = st.recursive(
    st.sampled_from(["", "x", "CN", "hs:28", "2025", "\u202e", "{0}", "1e9", "../..", "\ud800", "//"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "to", "rel", "from", "value", "x"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(st.sampled_from(list(TYPES)), st.data())
def test_any_value_in_any_field_is_judged_without_a_crash(name: str, data: st.DataObject) -> None:
    whole = plain_of(name)
    key = data.draw(
        st.sampled_from([*whole, "links", "clauses", "products", "effective", "claims"])
    )
    for loc, code, message, _ in faults(whole | {key: data.draw(JUNK)}):
        assert loc
        assert code
        assert message


def test_a_field_of_the_event_that_stands_too_deep_is_said_to_be_one() -> None:
    rates = [{"value": "10", "unit": "percent", "summary": "x"}]
    (loc, code, message, hint) = only(event(rates=rates))
    assert (loc, code) == (("rates", 0, "summary"), "unknown-field")
    assert message == "summary: no field of rates; it is one of the event"
    assert hint == "write it without the indentation"
