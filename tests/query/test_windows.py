from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.errors import UsageError
from rexctl.query import NameResolver, Value
from rexctl.query.terms import ValueContext, parse_value
from rexctl.values.dates import HIGHEST, LOWEST

TODAY = date(2025, 10, 18)
OCTOBER = date(2025, 10, 1).toordinal(), date(2025, 10, 31).toordinal()


def parse_days(text: str, field: str, op: str, today: date) -> Value:
    return parse_value(text, ValueContext(field, "date", op, NameResolver(), today))


def parse_numbers(text: str, field: str, op: str) -> Value:
    return parse_value(text, ValueContext(field, "number", op, NameResolver(), TODAY))


@pytest.mark.parametrize(
    ("op", "low", "high"),
    [
        ("any", *OCTOBER),
        ("certain", *OCTOBER),
        ("within", *OCTOBER),
        ("eq", *OCTOBER),
        ("lt", LOWEST, OCTOBER[0] - 1),
        ("le", LOWEST, OCTOBER[1]),
        ("gt", OCTOBER[1] + 1, HIGHEST),
        ("ge", OCTOBER[0], HIGHEST),
    ],
)
def test_days_on_one_side_are_a_window(op: str, low: int, high: int) -> None:
    found = parse_days("2025-10", "date", op, TODAY)
    assert (found.lo, found.hi) == (low, high)


def test_on_one_side_a_length_of_time_is_a_day() -> None:
    assert parse_days("90d", "date", "ge", TODAY).lo == TODAY.toordinal() - 90
    assert parse_days("90d", "date", "lt", TODAY).hi == TODAY.toordinal() - 91


@pytest.mark.parametrize("op", ["eq", "lt", "ge"])
def test_a_range_has_no_side(op: str) -> None:
    with pytest.raises(UsageError, match="takes one date"):
        parse_days("2025-10..2025-11", "date", op, TODAY)


@pytest.mark.parametrize(
    ("text", "op", "low", "high"),
    [
        ("10", "any", 10, 10),
        ("10.50", "eq", 10.5, 10.5),
        ("5..10", "any", 5, 10),
        ("5..", "all", 5, math.inf),
        ("..10", "any", -math.inf, 10),
        ("-5..-1", "any", -5, -1),
        (".5", "any", 0.5, 0.5),
        ("10", "le", -math.inf, 10),
        ("10", "ge", 10, math.inf),
    ],
)
def test_numbers_are_windows(text: str, op: str, low: float, high: float) -> None:
    found = parse_numbers(text, "rates", op)
    assert (found.lo, found.hi) == (low, high)


@given(st.decimals(-1000, 1000, places=2))
def test_less_and_more_leave_the_number_itself_out(number: object) -> None:
    point = float(str(number))
    below, above = (
        parse_numbers(str(number), "rates", "lt"),
        parse_numbers(str(number), "rates", "gt"),
    )
    assert below.hi is not None
    assert above.lo is not None
    assert below.hi < point < above.lo


@pytest.mark.parametrize(
    ("text", "op", "hint"),
    [
        ("10%", "any", "write 10"),
        ("ten", "any", "such as 10"),
        ("10..5", "any", "write 5..10"),
        ("..", "any", "such as 10"),
        ("5..10", "eq", "write rates:5..10"),
        ("5..10", "lt", "such as"),
        ("000", "any", "such as"),
        ("nan", "any", "such as"),
        ("1e5", "any", "such as"),
        ("\u0661", "any", "such as"),
        ("inf", "any", "such as"),
    ],
)
def test_what_is_no_number_is_refused(text: str, op: str, hint: str) -> None:
    with pytest.raises(UsageError) as fault:
        parse_numbers(text, "rates", op)
    assert fault.value.hint.startswith(hint)
