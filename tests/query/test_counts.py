from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.query import Query, Term, Value
from tests.query.rows import filled, simple

EVENTS = [
    simple("2025-10-09-a", type="tariff", rates=[{"value": "10.5"}], tags=["x", "y"]),
    simple("2025-10-30-b", type="tariff", rates=[{"value": "0.25"}, {"value": "1"}], tags=["x"]),
    simple("2025-cn-c", date="2025"),
    simple("2024-01-31-d", date="2024-01-31", tags=["x"], confidence="retracted", note="No."),
]


def told(*by: str, **more: object) -> list[tuple[str, ...]]:
    found = filled(EVENTS).count_by(by, Query(), **more)  # type: ignore[arg-type]
    return [tuple(str(row.get(key, "")) if row.get(key, "") is not None else ""
                  for key in (*by, "events", "sum")) for row in found]  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "rows"),
    [
        ("year", [("2025", "3", "")]), ("month", [("", "1", ""), ("2025-10", "2", "")]),
        ("week", [("", "1", ""), ("2025-W41", "1", ""), ("2025-W44", "1", "")]),
        ("quarter", [("", "1", ""), ("2025-Q4", "2", "")]),
        ("day", [("", "1", ""), ("2025-10-09", "1", ""), ("2025-10-30", "1", "")]),
    ],
)  # fmt: skip
def test_events_count_in_the_time_that_they_wholly_lie_in(unit: str, rows: object) -> None:
    assert told(unit) == rows


@given(st.dates(date(1000, 1, 1), date(9999, 12, 31)))
def test_a_week_is_that_of_iso_8601(day: date) -> None:
    found = filled([simple(f"{day}-a", date=str(day))]).count_by(("week",), Query())
    year, week, _ = day.isocalendar()
    assert [row["week"] for row in found] == [f"{year:04}-W{week:02}"]


def test_events_count_under_each_value_and_sums_are_exact() -> None:
    assert told("tags", total="rates.value") == [
        ("x", "2", "11.75"), ("", "1", ""), ("y", "1", "10.5"),
    ]  # fmt: skip
    assert told("type", "tags") == [
        ("tariff", "x", "2", ""), ("export-control", "", "1", ""), ("tariff", "y", "1", ""),
    ]  # fmt: skip


def test_a_query_narrows_and_retracted_events_count_where_asked() -> None:
    index = filled(EVENTS)
    asked = Query((Term("tags", "slug", "any", (Value("y"),)),))
    assert [row["events"] for row in index.count_by(("year",), asked)] == ["1"]
    every = index.count_by(("year",), Query(), retracted=True)
    assert [(row["year"], row["events"]) for row in every] == [("2024", "1"), ("2025", "3")]


def steps(many: int, *by: str, total: str = "") -> int:
    """Count what SQLite does, in hundreds of steps, for so many events."""
    index = filled([simple(f"2025-10-09-{n}", rates=[{"value": "1"}]) for n in range(many)])
    seen = []
    index._cache.db.set_progress_handler(lambda: seen.append(1) and None, 100)
    list(index.count_by(by, Query(), total=total))
    return len(seen)


@pytest.mark.parametrize(("by", "total"), [(("type",), ""), (("type", "actors"), "rates.value")])
def test_twice_as_many_events_take_twice_the_steps(by: tuple[str, ...], total: str) -> None:
    """An event was compared with each: five seconds for 10,000."""
    few, many = steps(250, *by, total=total), steps(1000, *by, total=total)
    assert 0 < many < 6 * few
