from __future__ import annotations

from rexctl.index import lexicon, select
from rexctl.index.bare import bare


def test_codes_and_blocs_are_known_and_events_are_none() -> None:
    index = bare()
    assert not index.stored
    assert select.total(index) == 0
    words = lexicon.of(index)
    assert words.known("actor", "CN/mofcom")
    assert not words.known("actor", "ZZ")
    assert "G7" in words.blocs
