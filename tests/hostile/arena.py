"""A scratch log to be attacked, and a run of rexctl of which the peak of memory is known."""

from __future__ import annotations

import os
import re
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from tests import forkserver
from tests.run import ROOT, run_on_a_terminal
from tests.run import run as run_in_process

if TYPE_CHECKING:
    from pathlib import Path

TODAY = "2026-01-15"
LONGEST = 20  # seconds of processor time: a run that needs more counts as hanging
MOST_MEMORY = 300 * 1024 * 1024  # a file may hold 200,000 values

# What must never reach a person's terminal as it is: controls, bidi, tags, zero-width, surrogates.
STEERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff\U000e0000-\U000e007f]"
)
GOOD = """\
id: {id}
type: tariff
title: {title}
date: 2025-10-10
status: threatened
actors:
  - US/president
affected:
  - CN
sources:
  - url: https://example.org/a
    kind: press
"""


class Seen(NamedTuple):
    """What one run showed."""

    code: int
    out: str
    err: str
    peak: int

    @property
    def all(self) -> str:
        return self.out + self.err


def good(name: str, title: str = "A duty") -> bytes:
    """A file that is right."""
    return GOOD.format(id=name, title=title).encode()


def scratch(folder: Path) -> Path:
    """A log with one good event; gives its folder."""
    log = folder / "log"
    (log / "events" / "2025").mkdir(parents=True)
    (log / "rexctl.yaml").write_text("format: 1\n")
    put(log, "2025-10-10-us-good", good("2025-10-10-us-good"))
    return log


def put(log: Path, name: str, data: bytes) -> Path:
    """Write an event file of a name."""
    path = log / "events" / "2025" / f"{name}.yaml"
    path.write_bytes(data)
    return path


def environment(log: Path, **more: str) -> dict[str, str]:
    """An environment in which nothing of this machine's user is read or written."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(log.parent),
        "TMPDIR": str(log.parent),
        "REXCTL_CACHE": str(log.parent / "cache"),
        "REXCTL_TODAY": TODAY,
        "LC_ALL": "C.UTF-8",
        **more,
    }


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "rexctl", *words]


def run(log: Path, *words: str) -> Seen:
    """Run rexctl in the log; a run that hangs, prints a traceback or grows too large fails."""
    ended = forkserver.call(*words, cwd=log, env=environment(log))
    out, err = (part.decode("utf-8", "surrogateescape") for part in (ended.out, ended.err))
    seen = Seen(ended.code, out, err, ended.peak)
    assert "Traceback" not in seen.all, seen.all
    assert seen.code != 70, seen.err
    assert ended.seconds < LONGEST
    assert seen.peak < MOST_MEMORY, f"{seen.peak / 1e6:.0f} MB"
    return seen


def within(log: Path, *words: str) -> Seen:
    """Run rexctl in this process, which is quicker; a run that hangs ends all tests."""
    begun = time.process_time()
    result = run_in_process(*words, cwd=log, env=environment(log))
    assert time.process_time() - begun < LONGEST
    assert result.code != 70, result
    return Seen(*result, 0)


def on_a_terminal(log: Path, *words: str) -> Seen:
    """Run rexctl in this process with a terminal at its stdout and stderr."""
    environ = environment(log, TERM="xterm", PAGER="cat", NO_COLOR="1", COLUMNS="100")
    shown, code = run_on_a_terminal(*words, cwd=log, env=environ)
    return Seen(code, shown, "", 0)


def assert_harmless(seen: Seen) -> None:
    """No character that steers a terminal or hides came through."""
    for name, text in (("stdout", seen.out), ("stderr", seen.err)):
        found = STEERS.search(text)
        assert found is None, (name, text[max(0, found.start() - 60) : found.end() + 60])
