from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.values.dates import HIGHEST, LOWEST, BadDateError, days_of, is_day, parse, span

DAYS = st.dates(date(1000, 1, 1))
MARKS = st.sampled_from(["", "~", "?"])
SINGLE = st.builds(
    lambda day, cut, mark: day.isoformat()[:cut] + mark, DAYS, st.sampled_from([4, 7, 10]), MARKS
)


def days(first: str, last: str) -> tuple[int, int]:
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-10", "2025-10-01", "2025-10-31"),
        ("2024-02~", "2024-02-01", "2024-02-29"),
        ("2025-10-09?", "2025-10-09", "2025-10-09"),
        ("2025-10-20/2025-10-26", "2025-10-20", "2025-10-26"),
        ("2025-10-18/2025-11~", "2025-10-18", "2025-11-30"),
        ("2025/2025-10-09", "2025-01-01", "2025-10-09"),
    ],
)
def test_a_date_has_a_first_and_a_last_day(text: str, first: str, last: str) -> None:
    assert span(text) == days(first, last)
    assert parse(text).text == text


def test_an_open_end_has_no_bound() -> None:
    assert span("2025-10/..") == (date(2025, 10, 1).toordinal(), HIGHEST)
    assert span("../2025-10-17")[0] == LOWEST


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2025-10-09", True), ("2025", False), ("2025-10-09?", False), ("2025-10/..", False),
     ("../2025-10", False), ("2025-02-30", False), (" 2025-10~ ", False)],
)  # fmt: skip
def test_a_day_is_known(text: str, expected: bool) -> None:
    assert is_day(text) is expected


def test_marks_do_not_widen_the_bounds() -> None:
    assert span("2025-10~") == span("2025-10?") == span("2025-10")


def test_space_around_is_not_part_of_the_date() -> None:
    assert parse(" 2025-10-09 ").text == "2025-10-09"
    assert parse("2025-10-09 / 2025-10-10").text == "2025-10-09/2025-10-10"


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("9 Oct 2025", "2025-10-09"),
        ("Oct 9, 2025", "2025-10-09"),
        ("9th October 2025", "2025-10-09"),
        ("October 2025", "2025-10"),
        ("2025 Oct 9", "2025-10-09"),
        ("9 Sept 2025", "2025-09-09"),
        ("2025/10/09", "2025-10-09"),
        ("2025.10.9", "2025-10-09"),
        ("10/2025", "2025-10"),
        ("2025/10", "2025-10"),
        ("2025-10-9", "2025-10-09"),
        ("2025-1", "2025-01"),
        ("20251009", "2025-10-09"),
        ("13/10/2025", "2025-10-13"),
        ("10/13/2025", "2025-10-13"),
        ("~2025-10", "2025-10~"),
        ("c. 2025", "2025~"),
        ("2025~?", "2025~"),
        ("2025-10%", "2025-10~"),
        ("..2025-10-17", "../2025-10-17"),
        ("2025-10-01..2025-10-09", "2025-10-01/2025-10-09"),
        ("2025-10-09/", "2025-10-09/.."),
        ("2025-10-1/2025-10-9", "2025-10-01/2025-10-09"),
        ("2025-10-20/2025-10-10", "2025-10-10/2025-10-20"),
        ("2025-10-09T20:30", "2025-10-09"),
    ],
)
def test_what_people_write_instead_is_told_in_our_notation(text: str, fix: str) -> None:
    with pytest.raises(BadDateError) as fault:
        parse(text)
    assert fault.value.hint.startswith(f"write {fix}")
    assert str(fault.value).startswith(f"{text}: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2025-13", "there is no month 13"),
        ("2025-00-01", "there is no month 00"),
        ("2025-09-31", "September 2025 has 30 days"),
        ("2025-02-29", "February 2025 has 28 days"),
        ("2025-10-00", "days run from 01 to 31"),
        ("0999", "1000 to 9999"),
        ("12025", "1000 to 9999"),
        ("", "is empty"),
        ("../..", "leave the field out"),
        ("09/10/2025", "may be the month"),
        ("today", "means another day tomorrow; a file holds the day itself"),
        ("2025-Q4", "not a date; write 2025-10/2025-12"),
        ("soon", "not a date; write YYYY"),
        ("2025-10/soon", "not a date; write YYYY"),
        ("1\u0665\u0665\u0665", "not a date"),
        ("Ju 2025", "not a date"),
        ("2025-02-3O", "not a date"),
    ],
)
def test_what_is_no_date_is_told_in_plain_words(text: str, said: str) -> None:
    with pytest.raises(BadDateError, match=said):
        parse(text)


def test_a_page_of_text_is_not_repeated() -> None:
    with pytest.raises(BadDateError) as fault:
        parse("9 " * 100_000)
    assert len(str(fault.value)) < 100


@given(SINGLE)
def test_a_canonical_date_is_read_as_it_stands(text: str) -> None:
    first, last = span(text)
    found = parse(text)
    assert found.text == text
    assert found.earliest == first <= last == found.latest
    assert date.fromordinal(first).isoformat().startswith(text.rstrip("~?"))
    assert date.fromordinal(last).isoformat().startswith(text.rstrip("~?"))


@given(SINGLE, SINGLE)
def test_an_interval_runs_from_its_first_to_its_last_day_or_is_refused(a: str, b: str) -> None:
    (first, _), (_, last) = span(a), span(b)
    if first <= last:
        assert span(f"{a}/{b}") == (first, last)
    else:
        with pytest.raises(BadDateError, match="ends before it starts"):
            parse(f"{a}/{b}")


@given(st.text("0123456789-/.~?% Octa", max_size=22) | st.text(max_size=8))
def test_any_text_is_a_date_or_refused_with_a_mend_that_is_one(text: str) -> None:
    try:
        parse(text)
    except BadDateError as fault:
        fix = fault.hint.removeprefix("write ")
        if fix != fault.hint and fix[:1] in "12." and " " not in fix:
            parse(fix)


@given(st.integers(1000, 9999), st.integers(1, 12))
def test_months_are_as_long_as_the_calendar_says(year: int, month: int) -> None:
    date(year, month, days_of(year, month))
    with pytest.raises(ValueError, match="day"):
        date(year, month, days_of(year, month) + 1)
