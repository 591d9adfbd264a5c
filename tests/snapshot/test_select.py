from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rexctl.query import Query, Term, Value
from rexctl.query.sql import COLUMNS
from rexctl.values import dates
from tests.query.rows import Held, events, filled, held, kind_of, leaves, simple
from tests.snapshot.lines import counted_values

EVERYTHING = Query()
SORTS = (
    "id",
    "date",
    "title",
    "actors",
    "rates",
    "rates.value",
    "effective.from",
    "tags",
    "review_by",
)


def ids(all_held: list[Held], *sort: tuple[str, bool], **more: Any) -> list[str]:
    rows = filled(all_held).select(EVERYTHING, sort=sort, **more)
    return [str(row.data["id"]) for row in rows]


def bounds(one: Held, field: str) -> list[Any]:
    """What an event is sorted by: texts, or the lower and upper bounds of its windows."""
    texts = leaves(one, field)
    if kind_of(field) in ("date", "day"):
        return [day for text in texts for day in dates.span(text)]
    return [float(text) for text in texts] if kind_of(field) == "number" else texts


def instant(one: Held) -> float:
    """The minute of an event; those without one come before all others of their day."""
    return float("-inf") if one.row.instant is None else one.row.instant


def sorted_by_python(all_held: list[Held], sort: list[tuple[str, bool]]) -> list[str]:
    found = sorted(all_held, key=lambda h: (h.row.low, instant(h), h.row.id))
    for field, down in reversed(sort):
        there = [h for h in found if bounds(h, field)]
        there.sort(
            key=lambda h: (
                max(bounds(h, field)) if down else min(bounds(h, field)),
                instant(h) if field == "date" else 0,
            ),
            reverse=down,
        )
        found = there + [h for h in found if not bounds(h, field)]
    return [h.text for h in found]


@given(
    st.lists(events, max_size=6),
    st.lists(
        st.tuples(st.sampled_from(SORTS), st.booleans()), max_size=2, unique_by=lambda s: s[0]
    ),
    st.integers(0, 3),
    st.none() | st.integers(0, 4),
)
def test_rows_are_sorted_and_cut_as_plain_python_does(
    datas: list[dict[str, Any]], sort: list[tuple[str, bool]], offset: int, limit: int | None
) -> None:
    all_held = held(datas)
    wanted = sorted_by_python(all_held, sort)[offset:]
    index = filled(all_held)
    rows = index.select(EVERYTHING, sort=sort, limit=limit, offset=offset, retracted=True)
    assert [row.text for row in rows] == (wanted if limit is None else wanted[:limit])


@given(st.lists(events, max_size=4), st.lists(st.sampled_from(COLUMNS), min_size=1, unique=True))
def test_columns_of_events_say_what_the_events_do(
    datas: list[dict[str, Any]], only: list[str]
) -> None:
    all_held = held(datas)
    index = filled(all_held)
    found = list(index.select(EVERYTHING, retracted=True, columns=only, as_read=True))
    for row, one in zip(found, all_held, strict=True):
        assert row.data == {key: one.data[key] for key in only}


def test_an_event_without_the_field_stands_last_either_way() -> None:
    three = [simple("2025-10-09-none"),
             simple("2025-10-10-low", rates=[{"value": "5"}], type="tariff"),
             simple("2025-10-11-high", rates=[{"value": "100"}], type="tariff")]  # fmt: skip
    assert ids(three, ("rates", False)) == ["2025-10-10-low", "2025-10-11-high", "2025-10-09-none"]
    assert ids(three, ("rates", True)) == ["2025-10-11-high", "2025-10-10-low", "2025-10-09-none"]


def test_of_many_values_the_least_counts_upward_and_the_greatest_downward() -> None:
    wide = simple("2025-10-10-wide", type="tariff", rates=[{"value": "5"}, {"value": "100"}])
    mid = simple("2025-10-09-mid", type="tariff", rates=[{"value": "10"}])
    assert ids([mid, wide], ("rates", False)) == ["2025-10-10-wide", "2025-10-09-mid"]
    assert ids([mid, wide], ("rates", True)) == ["2025-10-10-wide", "2025-10-09-mid"]


def test_without_a_sort_the_first_possible_day_counts_then_the_id() -> None:
    three = [simple("2025-10-09-b"), simple("2025-10-09-a"), simple("2025-12-01-year", date="2025")]
    assert ids(three) == ["2025-12-01-year", "2025-10-09-a", "2025-10-09-b"]
    assert ids(three, as_read=True) == ["2025-10-09-b", "2025-10-09-a", "2025-12-01-year"]


def test_the_retracted_are_hidden_until_asked_for() -> None:
    both = [simple("2025-10-09-a"), simple("2025-10-10-b", confidence="retracted")]
    assert ids(both) == ["2025-10-09-a"]
    assert ids(both, retracted=True) == ["2025-10-09-a", "2025-10-10-b"]
    index = filled(both)
    assert (index.count(EVERYTHING), index.count(EVERYTHING, retracted=True)) == (
        1,
        2,
    )


def test_an_event_is_found_by_its_id_and_by_one_it_once_had() -> None:
    index = filled([simple("2025-10-09-new", aliases=["2025-10-09-old"])])
    row = index.event("2025-10-09-new")
    assert row is not None
    assert row.data["id"] == "2025-10-09-new"
    assert index.event("2025-10-09-old") is None
    assert index.id_of_alias("2025-10-09-old") == "2025-10-09-new"
    assert index.id_of_alias("2025-10-09-new") is None


def test_ids_that_begin_so_are_given_and_signs_of_sql_are_signs() -> None:
    index = filled([simple("2025-10-10-b"), simple("2025-10-09-a"), simple("2025-10-09-ab")])
    assert index.ids("2025-10-09-a") == ["2025-10-09-a", "2025-10-09-ab"]
    assert index.ids("2025%") == index.ids("2025_10") == []
    assert index.ids() == ["2025-10-09-a", "2025-10-09-ab", "2025-10-10-b"]


def test_values_are_counted_by_event_the_most_frequent_first() -> None:
    three = [simple("2025-10-09-a", actors=["CN", "CN/mofcom"]), simple("2025-10-10-b", actors=["US", "US"]),
             simple("2025-10-11-c", actors=["US", "CN"]),
             simple("2025-10-12-d", actors=["US"], confidence="retracted")]  # fmt: skip
    index = filled(three)
    counted = counted_values(index, "actors", EVERYTHING)
    assert counted == [("CN", "2"), ("US", "2"), ("CN/mofcom", "1")]
    asked = Query((Term("actors", "actor", "any", (Value("CN"),)),))
    assert counted_values(index, "actors", asked) == [
        ("CN", "2"),
        ("CN/mofcom", "1"),
        ("US", "1"),
    ]
