"""Times `rexctl log` over a long past: `python -m tests.benchmarks.past [COMMITS] [EVENTS]`.

A repository is made by `git fast-import`: every tenth commit is about one event, which is renamed
halfway; every twentieth is the merge of a branch.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.ground import environ
from tests.benchmarks.works import script
from tests.store.logs import event, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 10
FIRST, NOW = "2025-10-09-us-followed", "2025-10-09-us-followed-and-renamed"


def _event(number: int, version: int, renamed: bool) -> dict[str, Any]:
    name = f"2025-10-09-us-duty-{number:04}"
    if not number:
        name = NOW if renamed else FIRST
    former = {"aliases": [FIRST]} if name == NOW else {}
    return event(
        name, type="tariff", actors=["US"], affected=["CN"], products=["hs:2846"],
        rates=[{"value": str(10 + version), "unit": "percent"}],
        summary="\n".join(f"Sentence {n} of duty {number}, told in some words." for n in range(8)),
        **former,
    )  # fmt: skip


def _stream(commits: int, events: int) -> Iterator[bytes]:
    """Give the history as fast-import reads it."""
    versions = [0] * events
    yield b"blob\nmark :1\ndata 10\nformat: 1\n\n"
    first = [b"M 100644 :1 data/rexctl.yaml\n"]
    first += [_modify(_event(number, 0, renamed=False)) for number in range(events)]
    yield _commit(1, "main", 0, first)
    for place in range(2, commits + 1):
        number = 0 if place % 10 == 0 else 1 + place * 7919 % (events - 1)
        versions[number] += 1
        renamed = place >= commits // 2
        change = [_modify(_event(number, versions[number], renamed=renamed))]
        if renamed and not number:
            change.insert(0, f"D data/events/2025/{FIRST}.yaml\n".encode())
        if place % 20 == 1 and place > 2:  # a branch from the commit before the last, merged here
            yield _commit(place, "main", place - 1, change, merged=place - 2)
        else:
            yield _commit(place, "main", place - 1, change)


def _modify(data: dict[str, Any]) -> bytes:
    text = text_of(data).encode()
    head = f"M 100644 inline data/events/2025/{data['id']}.yaml\ndata {len(text)}\n"
    return head.encode() + text + b"\n"


def _commit(mark: int, branch: str, parent: int, changes: list[bytes], merged: int = 0) -> bytes:
    who = f"Author {mark % 7} <a{mark % 7}@example.org> {1_700_000_000 + mark * 3600} +0100"
    subject = f"Change {mark}"
    head = f"commit refs/heads/{branch}\nmark :{mark + 1}\nauthor {who}\ncommitter {who}\n"
    head += f"data {len(subject)}\n{subject}\n"
    head += f"from :{parent + 1}\n" if parent else ""
    head += f"merge :{merged + 1}\n" if merged else ""
    return head.encode() + b"".join(changes) + b"\n"


def made(folder: Path, commits: int, events: int) -> None:
    """Make the repository, packed, with its files checked out."""
    git = ["git", "-C", str(folder)]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run(
        [*git, "fast-import", "--quiet"], input=b"".join(_stream(commits, events)), check=True
    )
    for words in (["reset", "-q", "--hard"], ["gc", "-q"]):
        subprocess.run([*git, *words], check=True)


def timed(words: list[str], env: dict[str, str]) -> tuple[float, float, int]:
    """Give the seconds by the clock and of the processors, as medians, and the lines of the answer."""
    walls, cpus, lines = [], [], 0
    for _ in range(ROUNDS + 1):
        before, start = os.times(), time.perf_counter()
        done = subprocess.run(words, env=env, check=True, capture_output=True)
        walls.append(time.perf_counter() - start)
        after = os.times()
        cpus.append(after.children_user + after.children_system
                    - before.children_user - before.children_system)  # fmt: skip
        lines = done.stdout.count(b"\n")
    return statistics.median(walls[1:]), statistics.median(cpus[1:]), lines  # the first one warms


def main() -> None:
    """Make, time, and print a line for each question."""
    commits, events = (int(word) for word in (*sys.argv[1:], "2000", "300")[:2])
    with tempfile.TemporaryDirectory() as name:
        folder, env = Path(name, "log"), environ(Path(name, "cache"), [])
        folder.mkdir()
        made(folder, commits, events)
        rexctl = [*script(), "-C", str(folder), "log", "-f", "jsonl"]
        path = f"data/events/2025/{NOW}.yaml"
        print(
            f"{commits} commits, {events} events, median of {ROUNDS}; load {os.getloadavg()[0]:.2f}"
        )
        for title, words in {
            "log ID --field rates": [*rexctl, NOW, "--field", "rates"],
            "log ID": [*rexctl, NOW],
            "log type:tariff --field rates": [*rexctl, "type:tariff", "--field", "rates"],
            "log": rexctl,
            "log -n 10": [*rexctl, "-n", "10"],
            "git log -p --follow FILE": [
                "git",
                "-C",
                str(folder),
                "log",
                "-p",
                "--follow",
                "--",
                path,
            ],
        }.items():
            wall, cpu, lines = timed(words, env)
            print(f"{title:32} {wall:6.2f} s  {cpu:6.2f} s of processors  {lines:6} lines")


if __name__ == "__main__":
    main()
