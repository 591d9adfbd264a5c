from __future__ import annotations

from rexctl.yamlfile.documents import read_document

TEXT = b"""\
title: Some text
links:
  - rel: suspends
    to: "x"
actors: [US, CN]
note: |
  Prose.
"""
PLACES = read_document(TEXT, "f").positions


def test_a_key_and_its_value_have_places_of_their_own() -> None:
    assert PLACES.key(("links", 0, "to")) == (4, 5, 2, "")
    assert PLACES.value(("links", 0, "to")) == (4, 9, 3, '"')
    assert PLACES.value(("title",)) == (1, 8, 9, "")


def test_the_style_of_each_part_is_known() -> None:
    paths = [("note",), ("links",), ("links", 0), ("actors",)]
    assert [PLACES.value(path).style for path in paths] == ["|", "block", "block", "flow"]


def test_an_item_is_its_own_key() -> None:
    assert PLACES.key(("actors", 1)) == PLACES.value(("actors", 1)) == (5, 14, 2, "")


def test_what_is_not_there_is_told_at_the_key_of_its_nearest_parent() -> None:
    assert PLACES.key(("links", 0, "clause")) == PLACES.key(("links", 0))
    assert PLACES.value(("actors", 7, "x")) == PLACES.key(("actors",))
    assert PLACES.key(("nothing", "here")) == (1, 1, 0, "block")


def test_a_document_that_was_not_built_has_its_first_line_as_place() -> None:
    assert read_document(b"a: b: c\n", "f").positions.value(("a",))[:2] == (1, 1)
