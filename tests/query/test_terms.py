from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.query import Query, Term, Value, fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Türkiye", "turkiye"),
        ("İstanbul", "istanbul"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("Ｇ７", "g7"),
        ("商务部", "商务部"),
        ("Ελλάδα", "ελλαδα"),
        ("ﬁrm", "firm"),
    ],
)
def test_folding_takes_away_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert Value(text).folded == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("kind", "way"),
    [
        ("actor", "prefix"),
        ("product", "prefix"),
        ("id", "prefix"),
        ("slug", "same"),
        ("country", "same"),
        ("date", "overlap"),
        ("integer", "overlap"),
        ("prose", "contains"),
        ("extra", "contains"),
    ],
)
def test_each_kind_is_compared_its_own_way(kind: str, way: str) -> None:
    assert Term("x", kind, "any").way == way


def test_a_query_cannot_be_changed_and_can_be_compared() -> None:
    query = Query((Term("type", "word", "any", (Value("tariff"),)),))
    assert query == Query((Term("type", "word", "any", (Value("tariff"),)),))
    with pytest.raises(AttributeError):
        query.words = ("x",)  # type: ignore[misc]
