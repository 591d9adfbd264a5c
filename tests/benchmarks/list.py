"""Times `list` on a made log: cold, warm, and beside a bare interpreter.

`python -m tests.benchmarks.list 10000` makes so many events, and prints medians of whole
processes as a table: seconds of CPU and of the clock, and the peak of memory.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks import generator

RUNS = 7


class Cost(NamedTuple):
    """What one run of a process cost: seconds of CPU, seconds of the clock, MiB at most."""

    cpu: float
    wall: float
    peak: float


def cost(words: list[str], environ: dict[str, str]) -> Cost:
    """Run one process to its end."""
    begun = time.monotonic()
    with subprocess.Popen(words, env=environ, stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} ended {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - begun, usage.ru_maxrss / 1024)


def median(costs: list[Cost]) -> Cost:
    """The middle of each figure."""
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


def main(count: int) -> None:
    """Make the log, run, and print the table."""
    folder = Path(tempfile.mkdtemp(prefix="rexctl-benchmark-"))
    try:
        generator.write(count, folder)
        cache = folder / "cache"
        environ = {**os.environ, "REXCTL_CACHE": str(cache)}
        for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"):
            environ.pop(name, None)
        rexctl = [sys.executable, "-m", "rexctl", "-C", str(folder)]
        cold = []
        for _ in range(3):
            shutil.rmtree(cache, ignore_errors=True)
            cold.append(cost([*rexctl, "list", "-j"], environ))
        time.sleep(2.5)  # until the files are no longer racily young
        cost([*rexctl, "list", "-c"], environ)
        rows = {"list -j, cold": median(cold)}
        asked = {
            "list -j, warm": [*rexctl, "list", "-j"],
            "a query, warm": [*rexctl, "list", "-j", "type:tariff", "actor:US", "date:2020"],
            "version": [sys.executable, "-m", "rexctl", "version"],
            "python -c pass": [sys.executable, "-c", "pass"],
        }
        for name, words in asked.items():
            rows[name] = median([cost(words, environ) for _ in range(RUNS)])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{count} events; medians of whole processes\n")
    print(f"{'':<16} {'cpu s':>8} {'wall s':>8} {'MiB':>6}")
    for name, (cpu, wall, peak) in rows.items():
        print(f"{name:<16} {cpu:>8.3f} {wall:>8.3f} {peak:>6.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
