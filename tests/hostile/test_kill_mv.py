"""A rename killed before each of its changing calls: what is left passes `check` and can be finished."""

from __future__ import annotations

import os
import shutil
import signal
from typing import TYPE_CHECKING

import pytest

from rexctl.app import main
from tests.commands import door
from tests.store import saboteur

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are forked")
OLD, NEW = door.SWINE_ID, "2025-10-09-no-duty-on-swine"
CHANGING = ("open", "write", "link", "unlink", "replace", "mkdir", "rmdir", "chmod", "chown")


@pytest.fixture
def linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> door.Door:
    """A log in which two events link to a third, which has had another id before."""
    found = door.door(tmp_path, monkeypatch)
    assert found(*door.SWINE, "--id", "2025-10-09-no-swine").code == 0
    assert found("mv", "2025-10-09-no-swine", OLD).code == 0
    for title in ("Sweden speaks of swine", "Denmark answers"):
        (one,) = found("add", "statement", title, *door.STATEMENT).lines
        assert found("link", one, "responds-to", OLD, "--asserted-by", "SE").code == 0
    assert found("check").code == 0
    return found


def killed_at(call: int) -> int:
    """Run the rename in a process that dies before its changing call of this number."""
    seen = 0

    def strike(count: int, name: str) -> None:
        nonlocal seen
        seen += name in CHANGING
        if seen == call and name in CHANGING:
            os.kill(os.getpid(), signal.SIGKILL)

    def rename() -> int:
        with saboteur.at_work(saboteur.Saboteur(strike)):
            return main.run(["mv", OLD, NEW])

    return saboteur.in_child(rename)


@pytest.mark.slow
def test_a_rename_killed_anywhere_passes_check_and_the_same_command_finishes_it(
    linked: door.Door,
) -> None:
    data, backup = linked.folder / "data", linked.folder / "backup"
    shutil.copytree(data, backup)
    assert linked("mv", OLD, NEW).code == 0
    renamed = linked.files
    both = 0
    for call in range(1, 500):
        shutil.rmtree(data)
        shutil.copytree(backup, data)
        code = killed_at(call)
        names = set(linked.files)
        assert {f"{OLD}.yaml", f"{NEW}.yaml"} & names
        both += {f"{OLD}.yaml", f"{NEW}.yaml"} <= names
        checked = linked("check")
        assert checked.code == 0, (call, checked.out)
        again = linked("mv", OLD, NEW)
        assert again.code == 0, (call, again.err)
        for path in data.rglob(".rexctl-*.tmp"):
            path.unlink()
        assert linked.files == renamed, call
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert both >= 3, "killed between the new name and the removal of the old"
    assert code == 0


def test_an_interrupted_rename_is_reported_with_the_command_that_finishes_it(
    linked: door.Door,
) -> None:
    old = linked.files[f"{OLD}.yaml"]
    assert linked("mv", OLD, NEW).code == 0
    linked.put(f"{OLD}.yaml", old)
    assert f"rexctl mv {OLD} {NEW}" in linked("check").out
    assert linked("mv", OLD, NEW).code == 0
    assert "rexctl mv" not in linked("check").out
    assert linked("undo").code == 0
    assert linked.files[f"{OLD}.yaml"] == old


def test_another_event_with_an_alias_of_this_one_is_still_an_error(linked: door.Door) -> None:
    old = linked.files[f"{OLD}.yaml"]
    assert linked("mv", OLD, NEW).code == 0
    linked.put(f"{OLD}.yaml", old.replace("charges 10%", "charges 20%"))
    assert "error[duplicate-id]" in linked("check").out
    said = linked("mv", OLD, NEW)
    assert said.code == 5
    assert "choose another id" in said.err
    assert "--id" not in said.err
