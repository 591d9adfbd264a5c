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


def test_the_codes_blocs_and_queries_of_a_log_are_known_beside_the_shipped() -> None:
    log = bare()
    log.db.execute("INSERT INTO codes VALUES ('actor', 'firm/own', 'Own')")
    log.db.execute("INSERT INTO members VALUES ('OWN', 'NO', 0, 4000000)")
    log.db.execute("INSERT INTO queries VALUES ('mine', 'actor:firm/own')")
    words = lexicon.of(bare(log))
    assert words.known("actor", "firm/own")
    assert words.known("actor", "CN/mofcom")
    assert "OWN" in words.blocs and "G7" in words.blocs
    assert words.saved == {"mine": "actor:firm/own"}
