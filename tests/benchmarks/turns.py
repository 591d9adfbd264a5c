"""Runs the tools of one work in turn, so that a noisy minute falls on all of them alike."""

from __future__ import annotations

import itertools
import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.process import Cost, Failed, cost, cost_of_tree

if TYPE_CHECKING:
    from tests.benchmarks.work import Tool, Work

_FEW, _SOON, _LONG = 3, 4.0, 20.0  # runs that do, after so many seconds; and when one run does
_NUMBERS = itertools.count(1)


class Result:
    """What the runs of one tool came to."""

    def __init__(self, tool: Tool) -> None:
        self.tool = tool
        self.costs: list[Cost] = []
        self.answers: int | None = None
        self.tree = 0.0
        self.failed = ""

    @property
    def median(self) -> Cost:
        """The middle of each figure."""
        return Cost(*(sorted(column)[len(column) // 2] for column in zip(*self.costs, strict=True)))

    def done(self, rounds: int) -> bool:
        """Tell whether it ran often enough for its length."""
        spent, runs = sum(cost.wall for cost in self.costs), len(self.costs)
        soon = runs >= _FEW and spent > _SOON
        return bool(self.failed) or runs >= rounds or soon or spent > _LONG


def ask(work: Work, environ: dict[str, str], scratch: Path) -> list[Result]:
    """Ask each tool once for its answer, then all of them in turn for their time."""
    results = [Result(tool) for tool in work.tools]
    try:
        for result in results:
            _first(result, work, environ, scratch)
        while waiting := [result for result in results if not result.done(work.rounds)]:
            for result in waiting:
                _again(result, environ, scratch)
    finally:
        if work.after:
            work.after()
    return results


def _first(result: Result, work: Work, environ: dict[str, str], scratch: Path) -> None:
    """Run once, untimed (a work that starts cold has no such run): how many answers, how much memory."""
    missing = [name for name in result.tool.needs if not shutil.which(name, path=environ["PATH"])]
    if missing:
        result.failed = f"skipped: {', '.join(missing)} not installed"
        return
    out = scratch / "answer"
    try:
        words, own = _ready(result.tool, environ)
        spent, result.tree = cost_of_tree(words, own, out, scratch / "errors")
    except Failed as fault:
        result.failed = f"failed: {fault}"
        return
    if not work.warm:
        result.costs.append(spent)
    if result.tool.answer:
        begins = re.compile(result.tool.answer.encode())
        with out.open("rb") as lines:
            result.answers = sum(1 for line in lines if begins.match(line))


def _again(result: Result, environ: dict[str, str], scratch: Path) -> None:
    words, own = _ready(result.tool, environ)
    try:
        result.costs.append(cost(words, own, Path(os.devnull), scratch / "errors"))
    except Failed as fault:
        result.failed = f"failed: {fault}"


def _ready(tool: Tool, environ: dict[str, str]) -> tuple[list[str], dict[str, str]]:
    """Do what goes before a run, and give its command line and environment."""
    run = next(_NUMBERS)
    if tool.before:
        tool.before(run)
    own = {**environ, "REXCTL_CACHE": tool.cache} if tool.cache else environ
    return [word.replace("{run}", str(run)) for word in tool.words], own
