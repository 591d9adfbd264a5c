from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.commands.door import environment
from tests.run import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.door import Door

CALL = ["add", "meeting", "Bessent and He Lifeng speak", "--date", "2025-10-17", "--status", "held",
        "--actor", "US/treasury,CN/state-council", "--mode", "call",
        "--source", "https://example.org/a"]  # fmt: skip


def talk(folder: Path, words: list[str], answers: list[tuple[str, str]]) -> tuple[str, int]:
    """Talk to rexctl on a terminal: wait for each question, and type its answer."""
    master, slave = pty.openpty()
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        **environment(folder),
        "NO_COLOR": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "rexctl", *words], cwd=folder / "home", env=env,
        stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
    )  # fmt: skip
    os.close(slave)
    seen, waiting, until = "", list(answers), time.monotonic() + 60
    at = 0
    while time.monotonic() < until:
        ready, _, _ = select.select([master], [], [], 0.2)
        try:
            part = os.read(master, 65536) if ready else b""
        except OSError:  # the other end is closed
            break
        seen += part.decode()
        if waiting and waiting[0][0] in seen[at:]:
            at = len(seen)
            os.write(master, waiting.pop(0)[1].encode() + b"\n")
        elif ready and not part:
            break
    os.close(master)
    return seen.replace("\r", ""), process.wait(timeout=30)


def test_a_call_is_logged_with_defaults_from_the_most_similar_past_event(
    rexctl: Door, tmp_path: Path
) -> None:
    assert rexctl(*CALL).code == 0
    seen, code = talk(tmp_path, ["add", "meeting", "-i"], [
        ("title", "Bessent and He Lifeng speak again"), ("date", ""), ("status", "held"),
        ("actor", ""), ("mode", ""), ("source", "https://example.org/b"), ("another field", ""),
    ])  # fmt: skip
    assert code == 0, seen
    assert "most like 2025-10-17-us-treasury-bessent-he-lifeng-speak" in seen
    text = rexctl.files["2025-10-19-us-treasury-bessent-he-lifeng-speak-again.yaml"]
    assert "date: 2025-10-19\n" in text  # today is at hand
    assert "  - US/treasury\n  - CN/state-council\n" in text
    assert "mode: call\n" in text


def test_a_list_of_parts_is_taken_over_whole_from_the_past_event(
    rexctl: Door, tmp_path: Path
) -> None:
    people = ["participants.Scott Bessent.actor=US/treasury",
              "participants.He Lifeng.actor=CN/state-council"]  # fmt: skip
    assert rexctl(*CALL, *people).code == 0
    answers = [
        ("title", "Bessent and He Lifeng speak again"), ("date", "2025-11-15"), ("status", "held"),
        ("actor", ""), ("mode", ""), ("participants [Scott Bessent; He Lifeng]", ""),
        ("source", "https://example.org/b"), ("another field", ""),
    ]  # fmt: skip
    seen, code = talk(tmp_path, ["add", "meeting", "-i"], answers)
    assert code == 0, seen
    text = rexctl.files["2025-11-15-us-treasury-bessent-he-lifeng-speak-again.yaml"]
    assert "  - name: Scott Bessent\n    actor: US/treasury\n" in text
    assert "  - name: He Lifeng\n    actor: CN/state-council\n" in text


def test_a_wrong_answer_is_asked_again(rexctl: Door, tmp_path: Path) -> None:
    seen, code = talk(tmp_path, ["add", "statement", "A word", "-i"], [
        ("date", "tomorow"), ("not a date", "2025-10-12"), ("actor", "Norwya"),
        ("did you mean NO?", "NO"), ("source", "https://example.org/b"),
        ("another field", "sumary"), ("no such field", ""),
    ])  # fmt: skip
    assert code == 0, seen
    assert list(rexctl.files) == ["2025-10-12-no-word.yaml"]


@pytest.mark.parametrize("more", [{}, {"CI": "1"}])
def test_without_a_terminal_questions_are_refused(more: dict[str, str], rexctl: Door) -> None:
    for name, value in more.items():
        rexctl.patch.setenv(name, value)
    said = rexctl("add", "meeting", "-i")
    assert (said.code, said.out, rexctl.files) == (2, "", {})
    assert "-i needs a terminal; give flags, or --from -" in said.err


def test_no_input_forbids_questions_on_a_terminal_too(rexctl: Door, tmp_path: Path) -> None:
    seen, code = talk(tmp_path, ["--no-input", "add", "meeting", "-i"], [])
    assert code == 2
    assert "-i needs a terminal" in seen
