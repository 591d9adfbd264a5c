from __future__ import annotations

from rexctl.index import put, select, tables
from rexctl.index.put import Changed
from rexctl.plain import dates
from rexctl.plain.finding import Finding
from rexctl.plain.query import Query
from tests.index.rows import simple

PATH = "events/2025/2025-10-09-a.yaml"
CHANGE = Changed(PATH, (11, 12, 13, 14), 15)
ONE = simple("2025-10-09-a", tags=["x", "y"])


def all_of(index: tables.Index, table: str) -> list[tuple[object, ...]]:
    return list(index.ask(f"SELECT * FROM {table}"))


def test_a_file_is_kept_with_what_the_system_said_and_what_it_holds() -> None:
    index = tables.open_index(None, "")
    put.put_file(index, CHANGE, b"abc", ONE.row, [])
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # of abc, FIPS 180
    assert all_of(index, "files") == [(PATH, 11, 12, 13, 14, digest, 15, None)]
    (row,) = select.rows(index, Query())
    assert (row.text, row.path) == (ONE.row.json, PATH)
    assert len(all_of(index, "vals")) == len(ONE.row.values)


def test_a_file_put_again_takes_the_place_of_what_it_was() -> None:
    index = tables.open_index(None, "")
    put.put_file(index, CHANGE, b"abc", ONE.row, [])
    put.put_file(index, CHANGE, b"abc", None, [Finding("wrong", "w", PATH)])
    assert all_of(index, "events") == all_of(index, "vals") == []
    assert [f.code for f in select.findings(index)] == ["wrong"]


def test_what_is_forgotten_leaves_nothing_and_takes_nothing_else() -> None:
    index = tables.open_index(None, "")
    other = simple("2025-10-10-b")
    put.put_file(index, CHANGE, b"abc", ONE.row, [])
    put.put_file(index, CHANGE._replace(path="events/2025/2025-10-10-b.yaml"), b"", other.row, [])
    put.forget(index, PATH)
    put.forget(index, "events/2025/never-there.yaml")
    assert select.all_ids(index) == ["2025-10-10-b"]
    assert len(all_of(index, "vals")) == len(other.row.values)
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
