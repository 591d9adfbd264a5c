"""Runs what a page shows: `$ command` in a console block, then exactly what a terminal gives.

Each command is run in a copy of the project's `data/`, with a fixed day, a cache of its own and a
terminal of 100 columns. A plain `rexctl ...` runs in this process. Whatever needs a shell runs in
bash on a pseudo-terminal, where `rexctl` is a client of `tests.forkserver`. `[exit N]` is shown where a command ended
otherwise than with 0. With REXCTL_UPDATE=1 the pages are written from what was shown.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shlex
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import NamedTuple

from tests import forkserver
from tests.run import ROOT, run_on_a_terminal

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"""'[^']*'|"[^"$`\\]*\"""")
TODAY = "2026-11-24"
COLUMNS = 100
TIMEOUT = 60


class Project(NamedTuple):
    """A folder that looks like a fresh clone. With `real` each `rexctl` is a Python of its own."""

    folder: Path
    real: bool


def copy_of_the_project(folder: Path, *, real: bool = False) -> Project:
    """Copy the log to `folder`, and put `rexctl` into a folder `bin` beside it."""
    shutil.copytree(ROOT / "data", folder / "data")
    program = folder.parent / "bin" / "rexctl"
    program.parent.mkdir()
    words = [sys.executable, "-m", "rexctl"] if real else forkserver.client()
    program.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n')
    program.chmod(0o755)
    return Project(folder, real)


def environment(folder: Path) -> dict[str, str]:
    keep = {k: v for k, v in os.environ.items() if k in ("LANG", "LC_ALL", "SYSTEMROOT")}
    return keep | {
        "PATH": f"{folder.parent / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder.parent),
        "REXCTL_CACHE": str(folder.parent / "cache"),
        "REXCTL_TODAY": TODAY,
        "NO_COLOR": "1",
        "TERM": "dumb",
        "COLUMNS": str(COLUMNS),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def plain_words(command: str) -> list[str] | None:
    """Return the words of a `rexctl ...` that a shell would only split, or None."""
    joined = command.replace("\\\n", " ")
    shell = set(QUOTED.sub("", joined)) & set("|&;<>()$`\\\"'*?[]{}~#\n")
    words = [] if shell else shlex.split(joined)
    return words[1:] if words[:1] == ["rexctl"] else None


def on_a_terminal(command: str, project: Project) -> tuple[str, int]:
    """Run one command on a terminal; return what it showed, and its exit code."""
    words = plain_words(command)
    if words is None or project.real:
        return in_bash(command, project)
    env = environment(project.folder)
    return run_on_a_terminal(*words, cwd=project.folder, env=env)


def in_bash(command: str, project: Project) -> tuple[str, int]:
    """Run one command in bash on a pseudo-terminal."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
    process = subprocess.Popen(
        ["bash", "-o", "pipefail", "-c", command], cwd=project.folder,
        env=environment(project.folder), stdin=subprocess.DEVNULL, stdout=slave, stderr=slave,
        start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    shown, until = b"", time.monotonic() + TIMEOUT
    while select.select([master], [], [], max(0, until - time.monotonic()))[0]:
        try:
            part = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    else:
        os.killpg(process.pid, signal.SIGKILL)
        raise AssertionError(f"does not end: {command}")
    os.close(master)
    return shown.decode().replace("\r", ""), process.wait(timeout=TIMEOUT)


def seen(block: str, project: Project) -> str:
    """Run the commands of one block and give the block as it was seen."""
    out = []
    for command in commands(block):
        out.append("$ " + command.replace("\n", "\n> "))
        shown, code = on_a_terminal(command, project)
        out += [shown.rstrip("\n")] if shown.strip() else []
        out += [f"[exit {code}]"] if code else []
    return "\n".join(out) + "\n"


def commands(block: str) -> list[str]:
    """The commands of a block; a line that begins with `> ` goes on the one before."""
    found: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(line[2:])
        elif line.startswith("> ") and found:
            found[-1] += "\n" + line[2:]
    return found


def missing_program(block: str) -> str:
    """A program that a block pipes into and that this machine lacks, or an empty text."""
    named = re.findall(r"\|\s*(jq|duckdb)\b", block)
    return next((name for name in named if shutil.which(name) is None), "")


def page_as_seen(page: Path, project: Project) -> str:
    """Run all blocks of a page in one folder, one after the other; gives the page as seen."""
    text = page.read_text(encoding="utf-8")

    def again(match: re.Match[str]) -> str:
        block = match.group(1)
        if missing_program(block):
            return match.group(0)
        return f"```console\n{seen(block, project)}```"

    return BLOCK.sub(again, text)


def compare(page: Path, project: Project) -> None:
    """Fail where a page shows other than what is; or correct it, where that is asked for."""
    shown = page_as_seen(page, project)
    if os.environ.get("REXCTL_UPDATE"):
        page.write_text(shown, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == shown
