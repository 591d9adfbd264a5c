"""A process that has all of rexctl loaded, and forks runs of it: to be killed, or many at once.

So the moment of a kill falls into the work, not into Python's start, and a crowd begins as one.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import subprocess
import sys
import time
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import rexctl
from rexctl.app import main

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class Ended(NamedTuple):
    """How a run ended: its exit code, negative where a signal ended it; its output; its seconds."""

    code: int
    out: str
    seconds: float


class Nursery:
    """The other end of the process, in the tests."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def one(self, *words: str, after: float = 60, number: int = 9) -> Ended:
        """Run rexctl; send it a signal after so many seconds, if it still runs."""
        return self._asked({"lots": [[list(words)]], "after": after, "number": number})[0]

    def at_once(self, lots: Sequence[Sequence[Sequence[str]]]) -> list[Ended]:
        """Run each lot of commands in a process of its own, all beginning at the same time."""
        return self._asked({"lots": lots, "after": 60, "number": 9})

    def _asked(self, wish: dict[str, Any]) -> list[Ended]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(wish) + "\n")
        self.process.stdin.flush()
        return [Ended(*given) for given in json.loads(self.process.stdout.readline())]


@contextmanager
def nursery(log: Path, environ: dict[str, str]) -> Iterator[Nursery]:
    """Open a nursery in the folder of a log."""
    process = subprocess.Popen([sys.executable, "-m", "tests.hostile.nursery"], cwd=log, env=environ,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # fmt: skip
    try:
        yield Nursery(process)
    finally:
        process.communicate(timeout=60)


def _serve() -> None:
    for module in pkgutil.walk_packages(rexctl.__path__, "rexctl."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    _warmed()
    for line in sys.stdin:
        wish = json.loads(line)
        print(json.dumps(_grown(wish["lots"], wish["after"], wish["number"])), flush=True)


def _warmed() -> None:
    """Do once what a run remembers for the next: models, vocabularies, flags."""
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        main.run(["check"])
        main.run(["add", "tariff", "Warm", "--date", "2025", "--status", "adopted", "--actor", "US",
                 "--affected", "CN", "--source", "https://example.org", "--dry-run"])  # fmt: skip
    gc.collect()  # no open index goes into a child


def _grown(lots: list[list[list[str]]], after: float, number: int) -> list[Ended]:
    ready, go = os.pipe()
    begun = time.monotonic()
    children = [_child(lot, ready, go) for lot in lots]
    os.close(ready)
    os.close(go)
    found: list[Ended] = []
    for pid, told in children:
        lasted = begun + after - time.monotonic()
        if after < 60:
            time.sleep(max(0.0, lasted))
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        with open(told, encoding="utf-8") as file:
            lines = file.read().splitlines()
        _, status = os.waitpid(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - begun
        ends = [json.loads(line) for line in lines if line.startswith("[")]
        found += [Ended(*end, seconds) for end in ends] or [Ended(code, "", seconds)]
    return found


def _child(lot: list[list[str]], ready: int, go: int) -> tuple[int, int]:
    """Fork a child that waits for the sign and runs its commands; gives where it tells of them."""
    out, told = os.pipe()
    pid = os.fork()
    if pid:
        os.close(told)
        return pid, out
    os.close(go)
    os.close(out)
    os.read(ready, 1)  # nothing comes: the sign is that the other end is closed
    code = 70
    try:
        for words in lot:
            code = _run(words, told)
    finally:
        os._exit(code)


def _run(words: list[str], told: int) -> int:
    shown = os.memfd_create("out")
    os.dup2(shown, 1)
    code = main.run(words)
    sys.stdout.flush()
    os.lseek(shown, 0, os.SEEK_SET)
    text = os.read(shown, 1 << 20).decode()
    os.write(told, (json.dumps([code, text]) + "\n").encode())
    return code


if __name__ == "__main__":
    _serve()
