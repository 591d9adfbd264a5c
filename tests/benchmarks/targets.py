"""The ratios that the benchmark is to show, and how each is judged from what was measured."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tests.benchmarks.work import PYTHON, REXCTL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.turns import Result

    # By size, then by the name of the work.
    Measured = dict[int, dict[str, list[Result]]]

LARGE, MIDDLE, ANY = 100_000, 10_000, 0
WALL, PEAK = "seconds of the clock", "MiB, largest process"
READING = ("query, a year", "query, every file", "list all", "search, two words",
           "count by month", "check, nothing changed")  # fmt: skip


class Target(NamedTuple):
    """The most that rexctl may take, as a ratio to a peer or as a figure of its own."""

    work: str
    peer: str
    size: int
    most: float
    per_row: float = 0  # microseconds that each row of the answer may take besides


class Growth(NamedTuple):
    """The greatest exponent of growth from the middle size to the large one."""

    work: str
    most: float


TARGETS = (
    Target("version", PYTHON, ANY, 2.5),
    Target("list, shipped log", PYTHON, ANY, 7),
    Target("query, a year", "rg -U", LARGE, 0.3),
    Target("query, every file", "rg -U", LARGE, 1.0),
    Target("query, every file", "jq", LARGE, 0.45),
    Target("list all", "mlr", LARGE, 0.6),
    Target("search, two words", "rg twice", LARGE, 0.3),
    Target("count by month", "mlr", LARGE, 0.5),
    Target("check, nothing changed", "git fsck", LARGE, 0.6),
    Target("check, cold", "bean-check", LARGE, 2),
    Target("index, cold", WALL, LARGE, 60),
    Target("index, cold", PEAK, LARGE, 300),
    Target("query, a year", "rg -U", MIDDLE, 1.5),
    Target("list all", "mlr", MIDDLE, 1.0),
    *(Target(work, PYTHON, MIDDLE, 11) for work in READING),
    Target("in force, a day", "list -c", MIDDLE, 1.6, 15),
    Target("calendar", "list -c", MIDDLE, 2, 15),
    Target("duty", "show", MIDDLE, 1.5),
    Target("show, a measure", "show", MIDDLE, 1.5),
    Target("in force, a day", WALL, LARGE, 2),
    Target("duty", WALL, LARGE, 2),
    Target("show, a measure", WALL, LARGE, 2),
)
GROWTH = (
    Growth("index, cold", 1.0),
    Growth("check, cold", 1.0),
    Growth("query, every file", 1.0),
    Growth("check, nothing changed", 1.0),
    Growth("query, a year", 0.99),
)


def of(results: list[Result], name: str) -> Result | None:
    """Give what one tool came to, if it ran."""
    return next((r for r in results if r.tool.name == name and r.costs and not r.failed), None)


def ratio(results: list[Result], peer: str, per_row: float = 0) -> float | None:
    """Give how many times as long as a peer rexctl took, less so many microseconds a row."""
    own, other = of(results, REXCTL), of(results, peer)
    if not own or not other:
        return None
    return (own.median.wall - per_row * (own.answers or 0) / 1e6) / other.median.wall


def found(target: Target, measured: Measured) -> float | None:
    """Give what was measured for a target."""
    sizes = [size for size in measured if target.size in (ANY, size)]
    for size in sizes:
        results = measured[size].get(target.work, [])
        own = of(results, REXCTL)
        if own and target.peer == WALL:
            return own.median.wall
        if own and target.peer == PEAK:
            return own.median.peak
        if own and (against := ratio(results, target.peer, target.per_row)) is not None:
            return against
    return None


def exponents(measured: Measured) -> Iterator[tuple[str, int, int, float]]:
    """Give how each work of rexctl grew from one size to the next: 1 is in step with the log."""
    sizes = sorted(measured)
    for small, large in pairwise(sizes):
        for work, results in measured[large].items():
            one, two = of(measured[small].get(work, []), REXCTL), of(results, REXCTL)
            if one and two:
                grown = math.log(two.median.wall / one.median.wall)
                yield work, small, large, grown / math.log(large / small)
