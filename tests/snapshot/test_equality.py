"""Both engines answer alike; deleted with the old one."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexctl.index import counts, lexicon, select
from rexctl.query import parse
from rexctl.snapshot.snapshot import Snapshot
from tests.benchmarks import generator
from tests.benchmarks.maker import Maker
from tests.index.rows import filled, held
from tests.index.test_meaning import EVENTS, QUERIES, SORTS
from tests.snapshot.lines import loaded
from tests.store.logs import log_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.index.tables import Index
    from rexctl.query import Query

TODAY = date(2025, 10, 19)
ASKED = [
    "", "type:tariff actor:US date:2020", "type:tariff,sanction not:actor:CN", "actor.in:G7 date:2018..",
    "confidence:likely", "has:effective", "missing:links not:has:episode", "rate:10..30",
    "dysprosium", "title.re:rare|chips", "summary:export actor.all:US", "product:material:dysprosium",
    "links.rel:amends", "effective.from.ge:2020", "id:2018-0", "source:news.example.org",
    "tag:export", "date.certain:2019", "clauses.title:a", "law:us", "@nothing",
]  # fmt: skip
FIELDS = [
    "type",
    "actors",
    "products",
    "title",
    "id",
    "links",
    "sources.publisher",
    "rates.value",
    "date",
]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Index, Snapshot]]:
    folder = tmp_path_factory.mktemp("both")
    events = islice(Maker(generator.SEED, generator.FIRST, generator.DAYS, 3000).events(), 300)
    log = log_of(folder, *events)
    with Snapshot.open(log) as snapshot:
        yield log.index(), snapshot


def understood(both: tuple[Index, Snapshot], words: str) -> Query | None:
    old = new = None
    wrong = []
    for resolver in (lexicon.of(both[0]), both[1].names):
        try:
            old, new = new, parse(words.split(), resolver, TODAY)
        except Exception as fault:
            wrong.append(repr(fault))
    assert old == new
    assert len(wrong) != 1
    return new


@pytest.mark.parametrize("words", ASKED)
def test_rows_and_counts_are_equal(both: tuple[Index, Snapshot], words: str) -> None:
    old, new = both
    query = understood(both, words)
    if query is None:
        return
    for sort in (
        (),
        (("actors", True),),
        (("effective.from", False), ("title", True)),
        (("id", True),),
    ):
        for retracted in (False, True):
            rows = [(r.text, r.path) for r in new.select(query, sort=sort, retracted=retracted)]
            assert rows == [
                (r.text, r.path) for r in select.rows(old, query, sort=sort, retracted=retracted)
            ]
            assert new.count(query, retracted=retracted) == len(rows)
    for field in FIELDS:
        assert list(new.values(field, query)) == list(select.distinct(old, field, query))
    for by in (
        ["type"],
        ["month"],
        ["quarter", "type"],
        ["actors", "status"],
        ["year"],
        ["episode", "tags"],
    ):
        assert list(new.count_by(by, query, total="rates.value")) == list(
            counts.counted(old, query, by, total="rates.value")
        )


def test_events_and_links_are_equal(both: tuple[Index, Snapshot]) -> None:
    old, new = both
    ids = new.ids()
    assert ids == select.all_ids(old)
    for name in ids:
        row = select.by_id(old, name)
        assert row is not None
        assert new.path_of(name) == row.path
        assert new.links_to(name) == select.backlinks(old, name)
    assert [r.text for r in new.events()] == [
        r.text for r in select.rows(old, parse([], new.names, TODAY), retracted=True)
    ]


@given(EVENTS, st.lists(QUERIES, min_size=1, max_size=12), SORTS, st.booleans())
@settings(max_examples=60, deadline=None)
def test_random_queries_are_equal(
    events: list[dict[str, Any]], asked: list[Query], sort: list[tuple[str, bool]], retracted: bool
) -> None:
    all_held = held(events)
    index = filled(None, all_held)
    with loaded([(one.text, one.data) for one in all_held]) as new:
        for query in asked:
            rows = [r.text for r in new.select(query, sort=sort, retracted=retracted)]
            assert rows == [
                r.text for r in select.rows(index, query, sort=sort, retracted=retracted)
            ]
