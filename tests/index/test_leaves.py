from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rexctl.index import leaves, tables

if TYPE_CHECKING:
    from collections.abc import Iterable

A, B, C = (("actors", text, text.lower(), None, None) for text in ("CN", "US", "EU"))


def added(index: tables.Index, event: int, values: Iterable[Any]) -> str:
    return index.leaves.add(event, [index.leaves.number(value) for value in values])


def held(index: tables.Index) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for text, number in index.ask("SELECT text, n FROM vals ORDER BY n"):
        found.setdefault(str(text), []).append(int(number))
    return found


def test_an_event_has_each_of_its_values_once() -> None:
    index = tables.open_index(None, "")
    assert added(index, 5, [A, B, A]) == "[1,2]"
    index.leaves.settle()
    assert held(index) == {"CN": [5], "US": [5]}


def test_what_was_settled_before_is_found_again_by_another_process() -> None:
    index = tables.open_index(None, "")
    added(index, 1, [A])
    index.leaves.settle()
    index.leaves = leaves.Leaves(index.db)
    assert added(index, 2, [B, A]) == "[2,1]"
    index.leaves.settle()
    assert held(index) == {"CN": [1, 2], "US": [2]}


def test_a_list_of_numbers_ends_after_a_thousand_events() -> None:
    index = tables.open_index(None, "")
    for number in range(leaves.PART - 1, leaves.PART + 2):
        added(index, number, [A])
    index.leaves.settle()
    parts = index.db.execute("SELECT part, json_array_length(events) FROM postings").fetchall()
    assert parts == [(0, 1), (1, 2)]


def test_no_more_is_known_than_memory_has_room_for(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(leaves, "_MOST_KNOWN", 2)
    index = tables.open_index(None, "")
    for number in range(1, 10):
        added(index, number, [("tags", str(number % 4), "", None, None)])
    index.leaves.settle()
    assert index.db.execute("SELECT count(*) FROM leaves").fetchone() == (4,)
    assert held(index) == {"1": [1, 5, 9], "2": [2, 6], "3": [3, 7], "0": [4, 8]}


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["add", "drop", "settle"]), st.integers(1, 6),
                          st.lists(st.sampled_from([A, B, C]), max_size=3)), max_size=30))  # fmt: skip
def test_the_tables_hold_what_was_added_and_not_dropped(
    deeds: list[tuple[str, int, list[object]]],
) -> None:
    index = tables.open_index(None, "")
    there: dict[int, tuple[str, set[str]]] = {}
    for deed, number, values in deeds:
        if deed == "settle":
            index.leaves.settle()
        elif number in there:
            index.leaves.drop(number, there.pop(number)[0])
        elif deed == "add":
            numbers = added(index, number, values)
            there[number] = numbers, {value[1] for value in values}  # type: ignore[index]
    wanted: dict[str, list[int]] = {}
    for number in sorted(there):
        for text in there[number][1]:
            wanted.setdefault(text, []).append(number)
    assert held(index) == wanted


def test_a_list_that_more_events_may_join_is_not_written_before_its_end() -> None:
    index = tables.open_index(None, "")
    for number in (1, 2, leaves.PART):
        added(index, number, [A])
    index.leaves.settle(before=leaves.PART + 1)
    assert index.db.execute("SELECT part, events FROM postings").fetchall() == [(0, "[1,2]")]
    assert index.leaves.waits
    assert held(index) == {"CN": [1, 2, leaves.PART]}
    assert not index.leaves.waits
