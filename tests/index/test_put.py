from __future__ import annotations

from typing import Any

from rexctl.index import put, select, tables
from rexctl.query import Query
from rexctl.records import Finding
from rexctl.values import dates
from tests.index.rows import simple, take

PATH = "events/2025/2025-10-09-a.yaml"
OTHER = "events/2025/2025-10-10-b.yaml"
ONE = simple("2025-10-09-a", tags=["x", "y"])


def all_of(index: tables.Index, table: str) -> list[tuple[object, ...]]:
    return list(index.ask(f"SELECT * FROM {table}"))


def taken(index: tables.Index, path: str, row: Any, *findings: Finding) -> None:
    take(index, put.packed(path, f"digest of {path}", row, findings))
    put.settle(index)


def values_of(index: tables.Index) -> set[tuple[object, ...]]:
    return {
        *index.ask("SELECT field, text FROM vals"),
        *index.ask("SELECT field, text FROM texts_in"),
        *index.ask("SELECT field, text FROM ids"),
    }


def found(index: tables.Index, word: str) -> list[int]:
    return [n for (n,) in index.db.execute("SELECT rowid FROM words WHERE words MATCH ?", (word,))]


def test_a_file_is_kept_with_its_digest_and_what_it_holds() -> None:
    index = tables.open_index(None, "")
    taken(index, PATH, ONE.row)
    assert put.digests(index, [PATH, OTHER]) == {PATH: f"digest of {PATH}"}
    (row,) = select.rows(index, Query())
    assert (row.text, row.path) == (ONE.row.json, PATH)
    assert values_of(index) == {(v.field, v.text) for v in ONE.row.values}
    assert len(found(index, "tells")) == 1


def test_values_that_events_share_stand_once() -> None:
    index = tables.open_index(None, "")
    taken(index, PATH, ONE.row)
    taken(index, OTHER, simple("2025-10-10-b", tags=["x"]).row)
    assert next(index.ask("SELECT count(*) FROM leaves WHERE field = 'actors'")) == (1,)
    assert [n for (n,) in index.ask("SELECT n FROM vals WHERE field = 'actors'")] == [1, 2]
    assert [n for (n,) in index.ask("SELECT n FROM vals WHERE text = 'y'")] == [1]


def test_what_is_not_settled_yet_is_known_to_no_reader() -> None:
    index = tables.open_index(None, "")
    take(index, put.packed(PATH, "", ONE.row, []))
    assert all_of(index, "events") == []
    put.settle(index)
    assert len(all_of(index, "events")) == 1


def test_a_file_put_again_takes_the_place_of_what_it_was() -> None:
    index = tables.open_index(None, "")
    taken(index, PATH, ONE.row)
    taken(index, PATH, None, Finding("wrong", "w", PATH))
    assert all_of(index, "events") == all_of(index, "vals") == found(index, "tells") == []
    assert [f.code for f in select.findings(index)] == ["wrong"]


def test_what_is_forgotten_leaves_nothing_and_takes_nothing_else() -> None:
    index = tables.open_index(None, "")
    other = simple("2025-10-10-b")
    taken(index, PATH, ONE.row)
    taken(index, OTHER, other.row)
    put.forget(index, PATH)
    put.forget(index, "events/2025/never-there.yaml")
    put.settle(index)
    assert select.all_ids(index) == ["2025-10-10-b"]
    assert values_of(index) == {(v.field, v.text) for v in other.row.values}
    assert len(found(index, "tells")) == 1
    put.clear_events(index)
    assert all_of(index, "events") == all_of(index, "vals") == []


def test_an_event_that_came_as_a_line_has_no_path_and_keeps_its_line() -> None:
    index = tables.open_index(None, "")
    put.put_line(index, ONE.row, '{"as":  "it came"}')
    (row,) = select.rows(index, Query())
    assert (row.text, row.path) == ('{"as":  "it came"}', "")


def test_members_have_days_and_are_put_anew_each_time() -> None:
    index = tables.open_index(None, "")
    put.put_members(index, [("EU", "GB", "1973-01-01", "2020-02-01"), ("EU", "DE", "", "")])
    put.put_members(index, [("EU", "GB", "1973-01-01", "2020-02-01")])
    since, until = dates.span("1973-01-01")[0], dates.span("2020-02-01")[0]
    assert all_of(index, "members") == [("EU", "GB", since, until)]
    put.put_members(index, [("EU", "DE", "", "")])
    assert all_of(index, "members") == [("EU", "DE", dates.LOWEST, dates.HIGHEST)]


def test_codes_and_saved_queries_are_put_anew_each_time() -> None:
    index = tables.open_index(None, "")
    put.put_codes(index, [("actor", "CN", "China"), ("actor", "US", "United States")])
    put.put_codes(index, [("actor", "CN", "China")])
    assert all_of(index, "codes") == [("actor", "CN", "China")]
    put.put_settings(index, {"title": "One"}, [("a", "b"), ("c", "d")])
    put.put_settings(index, {"title": "Two"}, [("a", "e")])
    assert all_of(index, "queries") == [("a", "e")]
    assert all_of(index, "meta") == [("setting:title", "Two")]


def test_what_was_never_there_is_asked_for_by_the_hundred() -> None:
    index, said = tables.open_index(None, ""), list[str]()
    index.db.set_trace_callback(said.append)
    for number in range(300):
        name = f"2025-{number // 28 + 1:02}-{number % 28 + 1:02}-x"
        take(index, put.packed(f"events/2025/{name}.yaml", "", simple(name).row, []))
    put.settle(index)
    index.db.set_trace_callback(None)
    assert len([sql for sql in said if sql.startswith(("SELECT", "DELETE"))]) < 20
    assert next(index.ask("SELECT count(*) FROM events")) == (300,)
