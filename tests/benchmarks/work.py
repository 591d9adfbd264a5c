"""A work that is timed: one question, asked of rexctl and of its peers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

REXCTL, PYTHON = "rexctl", "python -c pass"


class Tool(NamedTuple):
    """One way to do a work: its command line, in which `{run}` is the number of the run."""

    name: str
    words: list[str]
    needs: tuple[str, ...] = ()  # programs that must be found
    answer: str = ""  # how a line of an answer begins, as a pattern; empty: not counted
    before: Callable[[int], None] | None = None  # what is done before each run, untimed
    cache: str = ""  # where rexctl keeps its index, if not with the other works
    note: str = ""  # why its answer may be another one


class Work(NamedTuple):
    """A question, the tools that answer it, and how often they are asked."""

    name: str
    tools: list[Tool]
    rounds: int = 9
    warm: bool = True  # whether a first run goes before, untimed
    after: Callable[[], None] | None = None
    once: bool = False  # it does not grow with the log: asked at the first size only
