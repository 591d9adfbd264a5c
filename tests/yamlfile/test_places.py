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
PLACES = read_document(TEXT, "f")


def test_a_key_and_its_value_have_places_of_their_own() -> None:
    assert PLACES.position(("links", 0, "to"), "key") == (4, 5, 2, "")
    assert PLACES.position(("links", 0, "to")) == (4, 9, 3, '"')
    assert PLACES.position(("title",)) == (1, 8, 9, "")


def test_the_style_of_each_part_is_known() -> None:
    paths = [("note",), ("links",), ("links", 0), ("actors",)]
    assert [PLACES.position(path).style for path in paths] == ["|", "block", "block", "flow"]


def test_an_item_is_its_own_key() -> None:
    assert PLACES.position(("actors", 1), "key") == PLACES.position(("actors", 1)) == (5, 14, 2, "")


def test_what_is_not_there_is_told_at_the_key_of_its_nearest_parent() -> None:
    assert PLACES.position(("links", 0, "clause"), "key") == PLACES.position(("links", 0), "key")
    assert PLACES.position(("actors", 7, "x")) == PLACES.position(("actors",), "key")
    assert PLACES.position(("nothing", "here"), "key") == (1, 1, 0, "block")


def test_a_document_that_was_not_built_has_its_first_line_as_place() -> None:
    assert read_document(b"a: b: c\n", "f").position(("a",))[:2] == (1, 1)
