"""Runs what a page shows: `$ command` in a console block, then exactly what a terminal gives.

A block that begins with `$ ` is run in bash on a pseudo-terminal of 100 columns, in a copy of the
project's `data/`, with a fixed day and a cache of its own. `[exit N]` stands where a command ended
otherwise than with 0. With REXCTL_UPDATE=1 the pages are written anew from what was seen.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TODAY = "2026-11-24"


def copy_of_the_project(folder: Path) -> Path:
    """A folder that looks like a fresh clone, as far as the commands can see."""
    shutil.copytree(ROOT / "data", folder / "data")
    shim = folder.parent / "bin" / "rexctl"
    shim.parent.mkdir(exist_ok=True)
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m rexctl "$@"\n')
    shim.chmod(0o755)
    return folder


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
        "COLUMNS": "100",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def on_a_terminal(command: str, folder: Path, columns: int = 100) -> tuple[str, int]:
    """Run one command in bash on a pseudo-terminal; gives what it showed, and its exit code."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment(folder),
        stdin=subprocess.DEVNULL, stdout=slave, stderr=slave, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    shown = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(master)
    return shown.decode().replace("\r", ""), process.wait(timeout=60)


def seen(block: str, folder: Path) -> str:
    """Run the commands of one block and give the block as it was seen."""
    out = []
    for command in commands(block):
        out.append("$ " + command.replace("\n", "\n> "))
        shown, code = on_a_terminal(command, folder)
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


def page_as_seen(page: Path, folder: Path) -> str:
    """Run all blocks of a page in one folder, one after the other; gives the page as seen."""
    text = page.read_text(encoding="utf-8")

    def again(match: re.Match[str]) -> str:
        block = match.group(1)
        if missing_program(block):
            return match.group(0)
        return f"```console\n{seen(block, folder)}```"

    return BLOCK.sub(again, text)


def compare(page: Path, folder: Path) -> None:
    """Fail where a page shows other than what is; or mend it, where that is asked for."""
    found = page_as_seen(page, folder)
    if os.environ.get("REXCTL_UPDATE"):
        page.write_text(found, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == found
