"""Numbers and days asked for, as windows with both bounds inside."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from rexctl.errors import bad_value
from rexctl.query.terms import Value
from rexctl.values import date_ranges
from rexctl.values.dates import HIGHEST, LOWEST
from rexctl.values.lazy_pattern import Late

if TYPE_CHECKING:
    from datetime import date

BESIDE = ("lt", "le", "gt", "ge")
_NUMBER = Late(r"[+-]?((0|[1-9]\d{0,17})(\.\d{0,12})?|\.\d{1,12})", re.ASCII)
_NUMBER_SAID = dict(zip(BESIDE, ("less than", "at most", "more than", "at least"), strict=True))
_DATE_SAID = dict(zip(BESIDE, ("before", "by", "after", "from"), strict=True))
_SHAPES = "such as 10, 5..10, 10.. or ..10"


def of_days(text: str, field: str, op: str, today: date) -> Value:
    """Give the days that a value and its operator mean. Raises UsageError."""
    if op not in (*BESIDE, "eq"):
        return Value(text, *date_ranges.window(text, today))
    if ".." in text and "/" not in text:
        raise bad_value(text, f"{op} takes one date", f"write {field}:{text}")
    low, high = date_ranges.point(text, today)
    if op == "eq":
        return Value(text, low, high)
    windows = {
        "lt": (LOWEST, low - 1), "le": (LOWEST, high),
        "gt": (high + 1, HIGHEST), "ge": (low, HIGHEST),
    }  # fmt: skip
    return Value(f"{_DATE_SAID[op]} {text}", *windows[op])


def of_numbers(text: str, field: str, op: str) -> Value:
    """Give the numbers that a value and its operator mean. Raises UsageError."""
    if op in BESIDE:
        return _beside(text, op)
    begin, dots, end = text.partition("..")
    if not dots:
        point = _digits(text, text)
        return Value(text, point, point)
    if op == "eq":
        raise bad_value(text, "eq takes one number", f"write {field}:{text}")
    if not begin and not end:
        raise bad_value(text, "names no number", _SHAPES)
    low = _digits(begin, text) if begin else -math.inf
    high = _digits(end, text) if end else math.inf
    if low > high:
        raise bad_value(text, "runs backwards", f"write {end}..{begin}")
    return Value(text, low, high)


def _beside(text: str, op: str) -> Value:
    """Give what lies on one side of a number; without the number itself for `lt` and `gt`."""
    point = _digits(text, text)
    windows = {
        "lt": (-math.inf, math.nextafter(point, -math.inf)), "le": (-math.inf, point),
        "gt": (math.nextafter(point, math.inf), math.inf), "ge": (point, math.inf),
    }  # fmt: skip
    return Value(f"{_NUMBER_SAID[op]} {text}", *windows[op])


def _digits(text: str, whole: str) -> float:
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        bare = text.rstrip("% ").replace(",", "")
        hint = f"write {bare}" if _NUMBER.fullmatch(bare) else _SHAPES
        raise bad_value(whole, "is no number", hint)
    return float(text)
