"""Texts that can be bound."""

from __future__ import annotations

import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from rexctl.index.texts import storable


@given(st.text(st.characters(exclude_categories=())))
def test_every_text_can_be_bound_and_comes_back(text: str) -> None:
    db = sqlite3.connect(":memory:")
    assert db.execute("SELECT ?", (storable(text),)).fetchone() == (storable(text),)


@given(st.text())
def test_a_whole_text_stays_as_it_is(text: str) -> None:
    assert storable(text) == text


def test_half_a_surrogate_pair_is_spelled_out() -> None:
    assert storable("a\udcffé") == "a\\udcffé"


def test_what_is_no_text_stays_as_it_is() -> None:
    assert [storable(value) for value in (None, 1, 2.5, b"\xff")] == [None, 1, 2.5, b"\xff"]
