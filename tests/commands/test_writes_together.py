"""Several processes write one log; settings that forbid writing; events in the wrong place."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rexctl.model.types import TYPES
from tests import forkserver
from tests.run import run

if TYPE_CHECKING:
    from pathlib import Path

ID = "2025-10-09-cn-mofcom-61"


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REXCTL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("REXCTL_STATE", str(tmp_path / "state"))
    assert run("init", str(tmp_path / "log"), "--demo").code == 0
    return tmp_path / "log"


def test_additions_of_six_processes_to_one_list_all_land(log: Path) -> None:
    command = [*forkserver.client(), "-C", str(log), "set", ID]
    processes = [
        subprocess.Popen([*command, f"tags+=t{number}"], env={**os.environ, "CI": "1"},
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for number in range(6)
    ]  # fmt: skip
    assert [process.wait() for process in processes] == [0] * 6
    text = (log / "data/events/2025" / f"{ID}.yaml").read_text(encoding="utf-8")
    assert all(f"  - t{number}\n" in text for number in range(6))


@pytest.mark.parametrize("date", ["2024-03", "2025-10-10", "2026", "../2019"])
def test_a_date_is_corrected_to_any_day_or_year_by_one_set(log: Path, date: str) -> None:
    assert run("-C", str(log), "set", ID, f"date={date}").code == 0
    shown = run("-C", str(log), "show", ID, "-j")
    assert json.loads(shown.out)["date"] == date


def test_mv_moves_a_file_whose_only_fault_is_its_path(log: Path) -> None:
    events = log / "data/events"
    (events / "2024").mkdir()
    shutil.move(events / "2025" / f"{ID}.yaml", events / "2024" / f"{ID}.yaml")
    assert "path-mismatch" in run("-C", str(log), "check").out
    assert run("-C", str(log), "mv", ID, ID).code == 0
    assert (events / "2025" / f"{ID}.yaml").is_file()
    assert "path-mismatch" not in run("-C", str(log), "check").out


@pytest.mark.parametrize(("text", "place"), [
    ("format: 2\n", "1:9: warning[newer-format]"), ("format: [\n", "2:1: warning["),
    ("format: 1\ntitel: x\n", "2:1: warning[unknown-field]"),
    ("format: 1\ntimezone: Berlin\n", "2:11: warning[unknown-zone]"),
])  # fmt: skip
def test_settings_with_a_fault_are_warned_of_and_forbid_writing(
    log: Path, text: str, place: str
) -> None:
    (log / "data/rexctl.yaml").write_text(text, encoding="utf-8")
    reading = run("list", "-c", cwd=log)
    assert (reading.code, reading.out) == (0, f"{len(TYPES)}\n")
    assert f"data/rexctl.yaml:{place}" in reading.err
    before = (log / "data/events/2025" / f"{ID}.yaml").read_bytes()
    for words in (["set", ID, "note=x"], ["undo"], ["fmt"], ["retract", ID, "--reason", "x"]):
        writing = run(*words, cwd=log)
        assert writing.code == 7, words
        assert f"data/rexctl.yaml:{place.split(' ')[0]}" in writing.err
    assert (log / "data/events/2025" / f"{ID}.yaml").read_bytes() == before


def test_a_text_of_100_000_letters_is_not_printed_back(log: Path) -> None:
    shown = run("show", "a" * 100_000, cwd=log)
    assert shown.code == 4
    assert len(shown.err) < 500


def test_a_log_is_found_from_a_deleted_folder(log: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    code = (
        "import os, sys, rexctl.app.main as m; os.rmdir(os.getcwd()); sys.exit(m.run(sys.argv[1:]))"
    )
    done = subprocess.run([sys.executable, "-c", code, "-C", str(log), "list", "-c"], cwd=gone,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert (done.returncode, done.stdout) == (0, f"{len(TYPES)}\n")


def test_today_is_the_day_in_the_time_zone_of_the_log(log: Path) -> None:
    days = set()
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # 25 hours apart: never the same day
        (log / "data/rexctl.yaml").write_text(f"format: 1\ntimezone: {zone}\n", encoding="utf-8")
        days.add(next(line for line in run("where", cwd=log).lines if line.startswith("today")))
    assert len(days) == 2


@pytest.mark.skipif(os.name == "nt", reason="the editor here is a script")
def test_doctor_names_a_draft_whose_text_was_not_written(log: Path) -> None:
    environ = {**os.environ, "EDITOR": "sh -c 'echo x >> \"$0\"; false'", "TERM": "dumb"}
    refused = run("edit", ID, cwd=log, env=environ)
    assert refused.code == 7
    drafts = run("doctor", cwd=log)
    assert "a text that was not written" in drafts.out
    assert str(log.parent / "state") in drafts.out
