"""Parse numbers and dates of a query as windows with both bounds included."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from rexctl.errors import bad_range, bad_value
from rexctl.query.terms import Value
from rexctl.values import date_ranges
from rexctl.values.dates import HIGHEST, LOWEST

if TYPE_CHECKING:
    from datetime import date

ORDER = ("lt", "le", "gt", "ge")
_NUMBER = re.compile(r"[+-]?((0|[1-9]\d{0,17})(\.\d{0,12})?|\.\d{1,12})", re.ASCII)
_NUMBER_WORDS = dict(zip(ORDER, ("less than", "at most", "more than", "at least"), strict=True))
_DATE_WORDS = dict(zip(ORDER, ("before", "by", "after", "from"), strict=True))
_EXAMPLES = "such as 10, 5..10, 10.. or ..10"


def parse_days(text: str, field: str, op: str, today: date) -> Value:
    """Return the window of days of a value with its operator. Raises UsageError."""
    try:
        if op not in (*ORDER, "eq"):
            return Value(text, *date_ranges.parse_range(text, today))
        if ".." in text and "/" not in text:
            raise bad_value(text, f"{op} takes one date", f"write {field}:{text}")
        low, high = date_ranges.parse_point(text, today)
    except date_ranges.BadRangeError as error:
        raise bad_range(error) from None
    if op == "eq":
        return Value(text, low, high)
    windows = {
        "lt": (LOWEST, low - 1), "le": (LOWEST, high),
        "gt": (high + 1, HIGHEST), "ge": (low, HIGHEST),
    }  # fmt: skip
    return Value(f"{_DATE_WORDS[op]} {text}", *windows[op])


def parse_numbers(text: str, field: str, op: str) -> Value:
    """Return the window of numbers of a value with its operator. Raises UsageError."""
    if op in ORDER:
        return _one_side(text, op)
    begin, dots, end = text.partition("..")
    if not dots:
        point = _parse_number(text, text)
        return Value(text, point, point)
    if op == "eq":
        raise bad_value(text, "eq takes one number", f"write {field}:{text}")
    if not begin and not end:
        raise bad_value(text, "names no number", _EXAMPLES)
    low = _parse_number(begin, text) if begin else -math.inf
    high = _parse_number(end, text) if end else math.inf
    if low > high:
        raise bad_value(text, "runs backwards", f"write {end}..{begin}")
    return Value(text, low, high)


def _one_side(text: str, op: str) -> Value:
    """Return the numbers on one side of a number; `lt` and `gt` exclude the number itself."""
    point = _parse_number(text, text)
    windows = {
        "lt": (-math.inf, math.nextafter(point, -math.inf)), "le": (-math.inf, point),
        "gt": (math.nextafter(point, math.inf), math.inf), "ge": (point, math.inf),
    }  # fmt: skip
    return Value(f"{_NUMBER_WORDS[op]} {text}", *windows[op])


def _parse_number(text: str, value: str) -> float:
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        bare = text.rstrip("% ").replace(",", "")
        hint = f"write {bare}" if _NUMBER.fullmatch(bare) else _EXAMPLES
        raise bad_value(value, "not a number", hint)
    return float(text)
