"""A scratch log to be attacked, and a run of rexctl of which the peak of memory is known."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from tests.run import ROOT, TIMEOUT
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
# The peak counts from the exec of the program: a small process in between keeps pytest's own out.
_MEASURED = """
import json, os, resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
peak, seconds = used.ru_maxrss, used.ru_utime + used.ru_stime
with open(sys.argv[1], "w") as file:
    json.dump([code, peak * (1 if sys.platform == "darwin" else 1024), seconds], file)
"""

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


def run(log: Path, *words: str, stdin: bytes = b"", **environ: str) -> Seen:
    """Run rexctl in the log; a run that hangs, prints a traceback or grows too large fails."""
    told = log.parent / "peak.json"
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", _MEASURED, str(told), *command(*words)],
        cwd=log, env=environment(log, **environ), start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        shown = process.communicate(stdin, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # the program too, not only what measures it
        process.wait()
        raise
    code, peak, seconds = json.loads(told.read_text())
    out, err = (part.decode("utf-8", "surrogateescape") for part in shown)
    seen = Seen(code, out, err, peak)
    assert "Traceback" not in seen.all, seen.all
    assert code != 70, seen.err
    assert seconds < LONGEST
    assert peak < MOST_MEMORY, f"{peak / 1e6:.0f} MB"
    return seen


def within(log: Path, *words: str) -> Seen:
    """Run rexctl in this process, which is quicker; a run that hangs ends all tests."""
    begun = time.process_time()
    result = run_in_process(*words, cwd=log, env=environment(log))
    assert time.process_time() - begun < LONGEST
    assert result.code != 70, result
    return Seen(*result, 0)


def on_a_terminal(log: Path, *words: str, columns: int = 100, **environ: str) -> Seen:
    """Run rexctl with a terminal at its stdout."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen(
        command(*words), cwd=log, env=environment(log, TERM="xterm", NO_COLOR="1", **environ),
        stdin=subprocess.DEVNULL, stdout=slave, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    shown = b""
    with suppress(OSError):  # the other end is closed
        while part := os.read(master, 65536):
            shown += part
    os.close(master)
    out = shown.decode("utf-8", "surrogateescape").replace("\r", "")
    return Seen(process.wait(timeout=TIMEOUT), out, "", 0)


def assert_harmless(seen: Seen) -> None:
    """No character that steers a terminal or hides came through."""
    for name, text in (("stdout", seen.out), ("stderr", seen.err)):
        found = STEERS.search(text)
        assert found is None, (name, text[max(0, found.start() - 60) : found.end() + 60])
