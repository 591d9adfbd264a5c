from __future__ import annotations

from collections import Counter

import pytest

from rexctl.merge.text_merge import EventText, NamedComment, parse_event
from rexctl.yamlfile.documents import read_document

TEXT = """\
# The head.

id: a
type: tariff
sources:
  # seen
  - url: https://example.org/a  # twice
note: |
  One. Two.
"""


def side(text: str = TEXT) -> EventText:
    found = parse_event(text.encode(), "f")
    assert found is not None
    return found


def test_comments_are_known_by_the_names_of_their_nodes() -> None:
    source = ("sources", "[https://example.org/a]")
    assert side().comments == Counter(
        [
            NamedComment("# The head.", ()),
            NamedComment("# seen", source),
            NamedComment("# twice", (*source, "url")),
        ]
    )


def test_its_data_has_prose_as_canon_has_it() -> None:
    assert side().data["note"] == "One.\nTwo."
    assert EventText(None, "tariff").data == {}


def test_other_data_is_said_with_its_own_lines() -> None:
    data = side().data | {"note": "Three."}
    assert side().with_data(data) == TEXT.replace("One. Two.", "Three.")
    assert (
        EventText(None, "tariff").with_data({"type": "tariff", "id": "b"})
        == "id: b\ntype: tariff\n"
    )
    assert side().with_data({"id": "a", "type": "tariff"}) is None  # where would the comments go?


def test_comments_are_taken_out_with_the_room_they_took() -> None:
    bare = side().without_comments(lambda comment: comment.text != "# The head.")
    assert bare.document is not None
    assert bare.document.text == TEXT.replace("  # seen\n", "").replace("  # twice", "")
    assert bare.data == side().data
    assert EventText(None, "tariff").without_comments(lambda _: True) == EventText(None, "tariff")


def test_its_canonical_form_keeps_comments_or_there_is_none() -> None:
    whole = side("type: tariff\nid: a # b\n").canonical()
    assert whole is not None
    assert whole.document is not None
    assert whole.document.text == "id: a  # b\ntype: tariff\n"
    crowded = "type: tariff\nid: a\nactors: [CN, # one\n  US, # two\n  # three\n  ] # four\n"
    assert read_document(crowded.encode(), "f").comments
    assert side(crowded).canonical() is None


@pytest.mark.parametrize(
    "bad", ["", "- a\n", "id: a\n", "type: no\n", "type: [a]\n", "type: tariff\ntype: a\n"]
)
def test_what_is_no_event_is_not_read(bad: str) -> None:
    assert parse_event(bad.encode(), "f") is None


def test_a_shape_may_be_given() -> None:
    found = parse_event(b"id: a\n", "f", "tariff")
    assert found is not None
    assert found.shape == "tariff"
