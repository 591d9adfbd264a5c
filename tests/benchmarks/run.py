"""Times rexctl beside its peers on made logs, and prints tables and targets.

`python -m tests.benchmarks.run` makes logs of 1,000, 10,000 and 100,000 events in a temporary
folder; other sizes are words. Tools that are not found are named and skipped. Times are medians
of whole processes, run in turn; MiB is the largest single process, `tree` it and its children
together, where it has any.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import ground as grounds
from tests.benchmarks import tables, turns
from tests.benchmarks.ground import Ground
from tests.benchmarks.process import own_peak
from tests.benchmarks.works import SHIPPED, all_works

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.benchmarks.targets import Measured
    from tests.benchmarks.turns import Result

SIZES = [1_000, 10_000, 100_000]


def main() -> None:
    """Make the logs, run the works, print what came of it."""
    asked = _asked()
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(SHIPPED / "rexctl")], check=True)
    with tempfile.TemporaryDirectory(prefix="rexctl-benchmark-") as made:
        folder = (asked.keep or Path(made)).resolve()
        measured: Measured = {}
        for count in asked.sizes or SIZES:
            once = not measured
            measured[count] = _of_size(count, folder / str(count), asked, once=once)
            _print(tables.of_size(count, measured[count], own_peak()))
    _print(tables.of_growth(measured))
    _print(tables.of_targets(measured))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.run", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, metavar="EVENTS", help="sizes of the logs")
    parser.add_argument(
        "--keep", type=Path, metavar="DIR", help="make the logs here, and keep them"
    )
    parser.add_argument("--only", default="", metavar="WORD", help="only works named so")
    parser.add_argument("--path", action="append", default=[], metavar="DIR",
                        help="look for peers here too, and for a python with DuckDB")  # fmt: skip
    return parser.parse_args()


def _of_size(
    count: int, root: Path, asked: argparse.Namespace, *, once: bool
) -> dict[str, list[Result]]:
    """Run the works on a log of one size."""
    environ = grounds.environ(root / "cache", asked.path)
    ground = Ground(root, environ, grounds.duckdb(asked.path))
    _say(f"{count:,} events: making the log")
    grounds.made(ground, count)
    found: dict[str, list[Result]] = {}
    with tempfile.TemporaryDirectory(prefix="rexctl-benchmark-") as scratch:
        for work in all_works(ground):
            if asked.only in work.name and (once or not work.once):
                _say(f"{count:,} events: {work.name}")
                found[work.name] = turns.ask(work, environ, Path(scratch))
    return found


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()
