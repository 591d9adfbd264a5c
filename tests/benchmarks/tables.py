"""What was measured, as tables to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks import targets
from tests.benchmarks.work import REXCTL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.targets import Measured
    from tests.benchmarks.turns import Result

_HEAD = (f"{'work':<25} {'tool':<20} {'wall s':>8} {'cpu s':>8} {'MiB':>6} {'tree':>6} "
         f"{'runs':>4} {'answers':>8} {'rexctl is':>11}")  # fmt: skip


def of_size(count: int, works: dict[str, list[Result]], floor: float) -> Iterator[str]:
    """Give the table of one size; memory below our own cannot be told apart from it."""
    yield from ("", f"{count:,} events", "", _HEAD, "-" * len(_HEAD))
    for work, results in works.items():
        for number, result in enumerate(results):
            yield _row("" if number else work, result, results, floor)
    yield from _disagreeing(works)


def _row(work: str, result: Result, results: list[Result], floor: float) -> str:
    lead = f"{work:<25} {result.tool.name:<20}"
    if result.failed:
        return f"{lead} {result.failed}"
    wall, cpu, peak = result.median
    held = f"{peak:.0f}" if peak > floor + 0.5 else f"<{floor:.0f}"
    tree = f"{result.tree:.0f}" if result.tree > peak else ""
    answers = "" if result.answers is None else f"{result.answers:,}"
    times = targets.ratio(results, result.tool.name) if result.tool.name != REXCTL else None
    against = "" if times is None else f"{times:.2f} x"
    return (f"{lead} {wall:>8.3f} {cpu:>8.3f} {held:>6} {tree:>6} "
            f"{len(result.costs):>4} {answers:>8} {against:>11}").rstrip()  # fmt: skip


def _disagreeing(works: dict[str, list[Result]]) -> Iterator[str]:
    """Say of which works the tools gave answers of different number."""
    for work, results in works.items():
        told = [r for r in results if r.answers is not None and not r.failed]
        if len({r.answers for r in told}) > 1:
            each = (f"{r.tool.name} {r.answers:,}" + (f" ({r.tool.note})" if r.tool.note else "")
                    for r in told)  # fmt: skip
            yield f"\n{work}: the number of answers differs: {', '.join(each)}"


def of_growth(measured: Measured) -> Iterator[str]:
    """Give the exponents of growth of rexctl's works."""
    rows = list(targets.exponents(measured))
    if rows:
        yield from ("", "growth of rexctl: log(t2/t1) / log(n2/n1)", "")
    for work, small, large, exponent in rows:
        yield f"{work:<25} {small:>9,} to {large:<9,} {exponent:>6.2f}"


def of_targets(measured: Measured) -> Iterator[str]:
    """Give each target with what was found, and whether it is met."""
    yield from ("", "targets", "")
    for target in targets.TARGETS:
        at = f"{target.size:,}" if target.size else "any"
        lead = f"{target.work:<25} {target.peer:<22} {at:>8}"
        yield _judged(lead, target.most, targets.found(target, measured))
    grown = {(work, large): exponent for work, small, large, exponent in targets.exponents(measured)
             if (small, large) == (targets.MIDDLE, targets.LARGE)}  # fmt: skip
    for growth in targets.GROWTH:
        lead = f"{growth.work:<25} {'growth from 10,000':<22} {targets.LARGE:>8,}"
        yield _judged(lead, growth.most, grown.get((growth.work, targets.LARGE)))


def _judged(lead: str, most: float, value: float | None) -> str:
    if value is None:
        return f"{lead}  most {most:>6.2f}  not measured"
    word = "met" if value <= most else "not met"
    return f"{lead}  most {most:>6.2f}  found {value:>7.2f}  {word}"
