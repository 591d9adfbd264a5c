"""A log that was moved to another folder of its repository has a past."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commands.door import SWINE_ID
from tests.gitrepo.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.door import Door


class Moved:
    """A log with two commits in `data/`, moved to another folder in a third."""

    def __init__(self, door: Door, target: str, *, commit: bool = True) -> None:
        self.door, self.git = door, Repository.__new__(Repository)
        self.git.folder = door.folder
        self.git("init", "-q", "-b", "main")
        self.commit("one")
        assert door("set", SWINE_ID, "rates.0.value=12").code == 0
        self.commit("two")
        self.folder: Path = door.folder / target
        if target:
            self.folder.parent.mkdir(exist_ok=True)
            (door.folder / "data").rename(self.folder)
        else:
            for path in list((door.folder / "data").iterdir()):
                path.rename(door.folder / path.name)
        if commit:
            self.commit("moved")

    def commit(self, subject: str) -> None:
        self.git("add", "-A", ".")
        self.git("commit", "-q", "-m", subject)

    def __call__(self, *words: str) -> tuple[int, str, str]:
        said = self.door("-C", str(self.folder), *words)
        return said.code, said.out, said.err


@pytest.mark.parametrize("target", ["notes/data", "log", ""])
def test_log_diff_and_at_find_the_folder_before_the_move(filled: Door, target: str) -> None:
    log = Moved(filled, target)
    code, out, err = log("log", SWINE_ID, "-f", "json")
    assert code == 0
    assert [(one["subject"], one["kind"]) for one in json.loads(out)] == [
        ("two", "changed"), ("one", "added")
    ]  # fmt: skip
    assert "the log was moved here from data/: commit " in err
    assert log("diff", "HEAD~1") == (0, "", "no event changed\n")
    assert "rate raised: 10 -> 12 percent" in log("diff", "HEAD~2")[1]
    assert log("list", "-c", "--at", "HEAD~2")[:2] == (0, "3\n")
    assert log("list", "rate:10", "-c", "--at", "HEAD~2")[1] == "1\n"
    log("set", SWINE_ID, "rates.0.value=13")
    log.commit("after")
    assert [one["subject"] for one in json.loads(log("log", SWINE_ID, "-f", "json")[1])] == [
        "after", "two", "one"
    ]  # fmt: skip


def test_a_move_that_is_not_committed_is_noted(filled: Door) -> None:
    log = Moved(filled, "notes/data", commit=False)
    assert log("diff") == (0, "", "no event changed\n")
    assert log("log")[2].endswith("the log was moved here from data/: now, not committed yet\n")


def test_another_log_of_the_repository_is_not_taken_for_the_past(filled: Door) -> None:
    log = Moved(filled, "data", commit=False)
    log.folder = filled.folder / "other"
    assert filled("init", str(log.folder)).code == 0
    added = log("add", "statement", "Sweden says so", "--actor", "SE", "--date", "2025-10-11", "--status",
                "made", "--source", "https://example.org/s")  # fmt: skip
    assert added[0] == 0, added[2]
    log.commit("another log")
    said = log("log")
    assert said[2] == "1 change in 1 commit\n"
    assert log("list", "--at", "HEAD~1")[0] == 2
