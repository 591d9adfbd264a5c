"""The completion scripts in real shells, at the key that people press."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.run import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

EVENT = """\
id: {id}
type: tariff
title: {title}
date: 2025-10-09
status: threatened
actors: [US/president]
affected: [CN]
sources: [{{url: "https://example.org/a"}}]
tags: [rare-earths]
episode: rare-earths-2025
"""
# What a hostile log would like a shell to run.
EVIL = "a;touch owned;$(touch owned)`touch owned`'\"&|<>*?[b] #!~"
# What is typed, and what the one word that is offered makes of its last word.
SINGLE = [
    ("rexctl lis", "list"),
    ("rexctl add tar", "tariff"),
    ("rexctl add tariff --sta", None),
    ("rexctl add tariff --stat", "--status"),
    ("rexctl add tariff --status th", "threatened"),
    ("rexctl list -t exp", "export-control"),
    ("rexctl list -F id,disc", "id,disclosed"),
    ("rexctl list actor:CN/mofco", "actor:CN/mofcom"),
    ("rexctl list actor:CN/mofcom,JP/met", "actor:CN/mofcom,JP/meti"),
    ("rexctl list tag:rare", "tag:rare-earths"),
    ("rexctl show 2025-10-0", "2025-10-09-us-one"),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a log, a program `rexctl`, and the script of each shell."""
    events = tmp_path / "logs" / "data" / "events" / "2025"
    events.mkdir(parents=True)
    (tmp_path / "logs" / "data" / "rexctl.yaml").write_text("format: 1\n")
    name = "2025-10-09-us-one"
    quoted = "'" + EVIL.replace("'", "''") + "'"
    (events / f"{name}.yaml").write_text(EVENT.format(id=name, title=quoted))
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "rexctl"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m rexctl "$@"\n')
    program.chmod(0o755)
    for shell in ("bash", "zsh", "fish"):
        done = subprocess.run(
            [program, "completion", shell], env=environ(tmp_path), capture_output=True, check=True
        )
        (tmp_path / f"script.{shell}").write_bytes(done.stdout)
    return tmp_path


def environ(home: Path) -> dict[str, str]:
    return {
        "PATH": f"{home / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HOME": str(home),
        "PYTHONDONTWRITEBYTECODE": "1", "TERM": "dumb", "LC_ALL": "C.UTF-8", "PS1": "@ ",
        "REXCTL_CACHE": str(home / "cache"), "XDG_CONFIG_HOME": str(home / "config"),
    }  # fmt: skip


def demand(shell: str) -> str:
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not on this machine")
    return found


_CALL = r"""
source "$HOME/script.bash"
while IFS= read -r line; do
    COMP_LINE=$line COMP_POINT=${#line} COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
    COMPREPLY=()
    _rexctl 2>/dev/null
    printf '%s\n' "${COMPREPLY[@]}"
    echo --
done
"""


def by_bash(home: Path, lines: list[str], folder: str = "logs") -> list[list[str]]:
    """The words that the function offers for each line; bash cuts them behind a colon."""
    done = subprocess.run(
        [demand("bash"), "--norc", "-c", _CALL], input="".join(line + "\n" for line in lines), text=True,
        cwd=home / folder, env=environ(home), timeout=120, capture_output=True, check=True,
    )  # fmt: skip
    return [part.split() for part in done.stdout.split("--\n")[:-1]]


def test_bash_is_offered_the_words(home: Path) -> None:
    found = by_bash(home, [line for line, _ in SINGLE])
    for (line, word), offered in zip(SINGLE, found, strict=True):
        if word is None:
            assert offered == ["--status", "--stacking"], line
        else:
            assert offered == [word.rpartition(":")[2]], line


def test_bash_knows_the_folder_of_the_line(home: Path) -> None:
    lines = ["rexctl -C logs show 2025-10-0", "rexctl -C ~/logs show 2025-10-0",
             "rexctl --directory=logs show 2025-10-0", "rexctl show 2025-10-0",
             "rexctl add tariff --status=th"]  # fmt: skip
    name = ["2025-10-09-us-one"]
    assert by_bash(home, lines, ".") == [name, name, name, [], ["threatened"]]


def on_keys(home: Path, argv: list[str], start: str, keys: str, wanted: str) -> str:
    """Return what a shell shows for these keys up to a text, and for Enter after that."""
    child, master = pty.fork()
    if not child:  # pragma: no cover - the shell takes its place
        os.chdir(home / "logs")
        os.execve(argv[0], argv, environ(home))
    unread = b""

    def read_until(text: str) -> str:
        """Return what is shown up to a text; without it, what comes in 30 seconds."""
        nonlocal unread
        shown, unread = unread, b""
        end = time.monotonic() + 30
        while text.encode() not in shown:
            if not select.select([master], [], [], max(0, end - time.monotonic()))[0]:
                break
            try:
                shown += os.read(master, 65536)
            except OSError:
                break
        before, found, unread = shown.partition(text.encode())
        return (before + found).decode("utf-8", "replace")

    try:
        read_until("@ ")
        os.write(master, f"{start}; echo rea''dy\n".encode())
        read_until("ready")
        read_until("@ ")
        os.write(master, keys.encode())
        shown = read_until(wanted)
        # A new line runs what was completed, as a person would; then all is over.
        os.write(master, b"\necho do''ne\n")
        return shown + read_until("done")
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(master)


def test_bash_completes_at_the_key_with_the_colon_kept(home: Path) -> None:
    argv = [demand("bash"), "--norc", "--noprofile", "-i"]
    start = 'source "$HOME/script.bash"; bind "set enable-bracketed-paste off"; PS1="@ "'
    shown = on_keys(home, argv, start, "echo 1; rexctl list actor:CN/mofco\t-f id", "-f id")
    assert "rexctl list actor:CN/mofcom -f id" in shown


def test_zsh_completes_at_the_key(home: Path) -> None:
    argv = [demand("zsh"), "-f", "-i"]
    start = 'autoload -U compinit; compinit -u -D; source "$HOME/script.zsh"; PS1="@ "'
    shown = on_keys(home, argv, start, "rexctl list actor:CN/mofco\t -f id", "-f id")
    assert "rexctl list actor:CN/mofcom  -f id" in re.sub(
        "\x1b\\[[0-9;?]*[A-Za-z]|\x08|\r", "", shown
    )


def test_fish_is_offered_the_words(home: Path) -> None:
    fish = demand("fish")
    script = 'source "$HOME/script.fish"\n' + "".join(
        f"complete -C {line!r} | string replace -r '\\t.*' ''\necho =====\n" for line, _ in SINGLE
    )
    done = subprocess.run([fish, "--no-config", "-c", script], cwd=home / "logs", env=environ(home), timeout=120,
                          capture_output=True, text=True, check=True)  # fmt: skip
    found = [part.split("\n")[:-1] for part in done.stdout.split("=====\n")[:-1]]
    for (line, word), offered in zip(SINGLE, found, strict=True):
        assert set(offered) == ({"--status", "--stacking"} if word is None else {word}), line


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_text_of_the_log_that_is_completed_and_run_runs_nothing_else(
    shell: str, home: Path
) -> None:
    argv = {
        "bash": ["--norc", "--noprofile", "-i"],
        "zsh": ["-f", "-i"],
    }
    if shell == "fish":
        # fish asks its terminal what it is, and waits; without one it tells what it would put in.
        script = 'source "$HOME/script.fish"; complete -C "rexctl list title:a" --escape'
        done = subprocess.run([demand(shell), "--no-config", "-c", script], cwd=home / "logs", env=environ(home),
                              timeout=120, capture_output=True, text=True, check=True)  # fmt: skip
        word = done.stdout.split("\t")[0].rstrip("\n")
        back = subprocess.run([demand(shell), "--no-config", "-c", f"printf %s {word}"], cwd=home / "logs",
                              env=environ(home), capture_output=True, text=True, check=True)  # fmt: skip
        assert back.stdout == f"title:{EVIL}"
    else:
        start = {"bash": 'source "$HOME/script.bash"; PS1="@ "; bind "set enable-bracketed-paste off"',
                 "zsh": 'autoload -U compinit; compinit -u -D; source "$HOME/script.zsh"; PS1="@ "'}  # fmt: skip
        keys = "echo title:; rexctl list title:a\t"
        shown = on_keys(home, [demand(shell), *argv[shell]], start[shell], keys, "\\~")
        assert "2025-10-09  tariff" in shown, "the title was offered, and found its event"
    assert not (home / "logs" / "owned").exists()
