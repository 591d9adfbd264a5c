from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.values.dates import (
    HIGHEST,
    LOWEST,
    UNITS,
    WORDS,
    BadDateError,
    days_of,
    parse_point,
    parse_range,
)

TODAY = date(2025, 10, 18)  # a Saturday
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))


def days(first: str, last: str) -> tuple[int, int]:
    return (
        date.fromisoformat(first).toordinal() if first else LOWEST,
        date.fromisoformat(last).toordinal() if last else HIGHEST,
    )


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-10", "2025-10-01", "2025-10-31"),
        ("2025-Q4", "2025-10-01", "2025-12-31"),
        ("2025-W42", "2025-10-13", "2025-10-19"),
        ("2026-W53", "2026-12-28", "2027-01-03"),
        ("2025-W01", "2024-12-30", "2025-01-05"),
        ("2025-10-09", "2025-10-09", "2025-10-09"),
        ("2025-10~", "2025-10-01", "2025-10-31"),
        ("2025-10-20/2025-10-26", "2025-10-20", "2025-10-26"),
        ("../2025-10-17", "", "2025-10-17"),
        ("today", "2025-10-18", "2025-10-18"),
        ("yesterday", "2025-10-17", "2025-10-17"),
        ("tomorrow", "2025-10-19", "2025-10-19"),
        ("Today", "2025-10-18", "2025-10-18"),
        ("90d", "2025-07-20", "2025-10-18"),
        ("12w", "2025-07-26", "2025-10-18"),
        ("6m", "2025-04-18", "2025-10-18"),
        ("1y", "2024-10-18", "2025-10-18"),
        ("+30d", "2025-10-18", "2025-11-17"),
        ("this-week", "2025-10-13", "2025-10-19"),
        ("last-week", "2025-10-06", "2025-10-12"),
        ("next-month", "2025-11-01", "2025-11-30"),
        ("last-quarter", "2025-07-01", "2025-09-30"),
        ("this-quarter", "2025-10-01", "2025-12-31"),
        ("next-quarter", "2026-01-01", "2026-03-31"),
        ("last-year", "2024-01-01", "2024-12-31"),
        ("2025-10..2025-11", "2025-10-01", "2025-11-30"),
        ("2025-Q4..", "2025-10-01", ""),
        ("..2025-10", "", "2025-10-31"),
        ("90d..", "2025-07-20", ""),
        ("90d..30d", "2025-07-20", "2025-09-18"),
        ("..+30d", "", "2025-11-17"),
        ("last-month..today", "2025-09-01", "2025-10-18"),
        ("9 Oct 2025", "2025-10-09", "2025-10-09"),
        ("9 October 2025..November 2025", "2025-10-09", "2025-11-30"),
    ],
)
def test_a_value_means_these_days(value: str, first: str, last: str) -> None:
    assert parse_range(value, TODAY) == days(first, last)


@pytest.mark.parametrize(
    ("today", "value", "first"),
    [
        (date(2025, 8, 31), "6m", "2025-02-28"),
        (date(2024, 8, 31), "6m", "2024-02-29"),
        (date(2024, 2, 29), "1y", "2023-02-28"),
        (date(2025, 1, 31), "2m", "2024-11-30"),
    ],
)
def test_months_and_years_go_by_the_calendar(today: date, value: str, first: str) -> None:
    assert parse_range(value, today) == days(first, today.isoformat())


def test_a_length_of_time_is_one_day_where_a_point_is_asked() -> None:
    assert parse_point("90d", TODAY) == days("2025-07-20", "2025-07-20")


@pytest.mark.parametrize(
    ("value", "said", "hint"),
    [
        ("2025-13", "no month 13", "months run"),
        ("tody", "not a date", "did you mean today"),
        ("last-mont", "not a date", "did you mean last-month"),
        ("soon", "not a date", "write 2025, 2025-10"),
        ("2025-Q5", "not a date", "2025-Q4"),
        ("2025-W53", "2025 has 52 weeks", "2025-W01 to W52"),
        ("2025-W00", "2025 has 52 weeks", "2025-W01 to W52"),
        ("2025-11..2025-10", "runs backwards", "write 2025-10..2025-11"),
        ("today..yesterday", "runs backwards", "write yesterday..today"),
        ("99999y", "outside the years", ""),
        ("..", "names no day", "such as"),
        ("", "names no day", "such as"),
        ("2025-10..soon", "soon: not a date", "write 2025"),
        ("../..", "has no start and no end", "leave the field out"),
    ],
)
def test_what_cannot_be_understood_is_told_with_a_mend(value: str, said: str, hint: str) -> None:
    with pytest.raises(BadDateError) as fault:
        parse_range(value, TODAY)
    assert said in str(fault.value)
    assert hint in fault.value.hint


@given(DAYS, st.sampled_from(UNITS))
def test_last_this_and_next_follow_each_other_and_this_holds_today(today: date, unit: str) -> None:
    last, this, following = (
        parse_range(f"{which}-{unit}", today) for which in ("last", "this", "next")
    )
    assert last[1] + 1 == this[0] <= today.toordinal() <= this[1] == following[0] - 1


@given(DAYS, st.integers(0, 999), st.sampled_from("dwmy"))
def test_the_past_ends_today_and_the_future_begins_today(
    today: date, count: int, unit: str
) -> None:
    assert parse_range(f"{count}{unit}", today)[1] == today.toordinal()
    assert parse_range(f"+{count}{unit}", today)[0] == today.toordinal()
    assert parse_range(f"{count}d", today)[0] == (today - timedelta(days=count)).toordinal()


@given(DAYS)
def test_each_day_lies_in_its_own_week_quarter_month_and_year(day: date) -> None:
    year, week, _ = day.isocalendar()
    names = [
        f"{year}-W{week:02}",
        f"{day.year}-Q{(day.month + 2) // 3}",
        f"{day:%Y-%m}",
        f"{day:%Y}",
    ]
    for name in names:
        first, last = parse_range(name, TODAY)
        assert first <= day.toordinal() <= last
    assert parse_range(names[0], TODAY)[1] - parse_range(names[0], TODAY)[0] == 6
    assert parse_range(names[2], TODAY)[1] - parse_range(names[2], TODAY)[0] + 1 == days_of(
        day.year, day.month
    )


@given(st.text("0123456789-+.dwmyQW/~ ", max_size=14) | st.sampled_from(WORDS))
def test_any_value_is_a_window_that_runs_forward_or_is_refused(value: str) -> None:
    try:
        first, last = parse_range(value, TODAY)
    except BadDateError:
        return
    assert LOWEST <= first <= last <= HIGHEST + 6
