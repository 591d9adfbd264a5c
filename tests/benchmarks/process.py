"""One whole process, run to its end and measured: the clock, the processor, the memory."""

from __future__ import annotations

import os
import resource
import shutil
import threading
import time
from pathlib import Path
from typing import NamedTuple

_EVERY = 0.05  # seconds between two looks at the memory of a tree of processes


class Cost(NamedTuple):
    """What one run cost: seconds of the clock, seconds of CPU, MiB of the largest process."""

    wall: float
    cpu: float
    peak: float


class Failed(Exception):
    """A process that did not end well, with the first line it said."""


def own_peak() -> float:
    """Give our own peak in MiB: a child starts as our copy, so no smaller peak can be told."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def cost(words: list[str], environ: dict[str, str], out: Path, errors: Path) -> Cost:
    """Run one process; its children count as far as it waited for them."""
    begun = time.perf_counter()
    pid = _spawn(words, environ, out, errors)
    return _ended(pid, begun, errors)


def cost_of_tree(
    words: list[str], environ: dict[str, str], out: Path, errors: Path
) -> tuple[Cost, float]:
    """The same, with the most that it and its children held together (0 where it had none)."""
    begun = time.perf_counter()
    pid = _spawn(words, environ, out, errors)
    over = threading.Event()
    most = [0.0]
    watch = threading.Thread(target=_watch, args=(pid, over, most))
    watch.start()
    try:
        return _ended(pid, begun, errors), most[0]
    finally:
        over.set()
        watch.join()


def _spawn(words: list[str], environ: dict[str, str], out: Path, errors: Path) -> int:
    new = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    opened = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(out), new, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, str(errors), new, 0o600),
    ]
    program = shutil.which(words[0], path=environ["PATH"]) or words[0]
    return os.posix_spawn(program, words, environ, file_actions=opened)


def _ended(pid: int, begun: float, errors: Path) -> Cost:
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - begun
    if code := os.waitstatus_to_exitcode(status):
        said = errors.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise Failed(f"ended {code}" + (f": {said[0][:200]}" if said else ""))
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _watch(pid: int, over: threading.Event, most: list[float]) -> None:
    """Look at the tree from time to time; memory that processes share is shared out."""
    while not over.wait(_EVERY):
        tree = _tree(pid)
        if len(tree) > 1:
            most[0] = max(most[0], sum(map(_share, tree)))


def _tree(pid: int) -> list[int]:
    found = [pid]
    try:
        # A thread lists its own children; any of them may end while this is read.
        lists = list(Path(f"/proc/{pid}/task").glob("*/children"))
        children = [child for one in lists for child in one.read_text(encoding="ascii").split()]
    except OSError:
        return found
    return found + [one for child in children for one in _tree(int(child))]


def _share(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
