from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.app import COMMANDS
from rexctl.model.types import TYPES
from tests.commands.door import SWINE_ID
from tests.gitrepo.repository import Repository

if TYPE_CHECKING:
    from tests.commands.door import Door


def offered(door: Door, line: str) -> list[str]:
    door.patch.setenv("_REXCTL_COMPLETE", "fish")
    door.patch.setenv("_REXCTL_LINE", line)
    said = door()
    assert (said.code, said.err) == (0, "")
    return [line.split("\t")[0] for line in said.lines]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("rexctl ", [name for name, one in COMMANDS.items() if not one.hidden]),
        ("rexctl lis", ["list"]),
        ("rexctl add ", list(TYPES)),
        ("rexctl list type:ex", ["type:export-control"]),
        ("rexctl list type:tariff,ex", ["type:tariff,export-control"]),
        ("rexctl list not:type:ex", ["not:type:export-control"]),
        ("rexctl list -t ex", ["export-control"]),
        ("rexctl list -t tariff,ex", ["tariff,export-control"]),
        ("rexctl list titl", ["title:"]),
        ("rexctl list -f js", ["jsonl", "json"]),
        ("rexctl list -F id,titl", ["id,title"]),
        ("rexctl list --sort -titl", ["-title"]),
        ("rexctl show 2025-10-09", [SWINE_ID]),
        ("rexctl log 2025-10-09", [SWINE_ID]),
        ("rexctl log type:ex", ["type:export-control"]),
        ("rexctl log type:tariff,ex", ["type:tariff,export-control"]),
        ("rexctl log --field effective.un", ["effective.until", "effective.until_time"]),
        ("rexctl add tariff x --status ad", ["adopted"]),
        ("rexctl add tariff x --status h", []),
        ("rexctl add tariff x --stat", ["--status"]),
        ("rexctl add tariff x --tz Europe/Osl", ["Europe/Oslo"]),
        ("rexctl explain bad-da", ["bad-date"]),
        ("rexctl fields tar", ["tariff"]),
        ("rexctl nosuch x", []),
        ("rexctl add tariff 'half a title", []),
    ],
)
def test_a_shell_is_offered_what_may_come_next(line: str, words: list[str], filled: Door) -> None:
    assert offered(filled, line) == words


def test_codes_come_by_code_in_a_list_too(filled: Door) -> None:
    assert "actor:NO" in offered(filled, "rexctl list actor:NO")
    assert "actor:SE,NO" in offered(filled, "rexctl list actor:SE,NO")
    assert "NO" in offered(filled, "rexctl add tariff x --actor NO")


def test_revisions_are_the_names_that_git_has(
    filled: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = Repository.__new__(Repository)
    repository.folder = filled.folder
    repository("init", "-q", "-b", "main")
    repository.commit_all()
    repository("tag", "v1")
    assert offered(filled, "rexctl list --at ma") == ["main"]
    assert offered(filled, "rexctl diff v") == ["v1"]
    monkeypatch.setenv("PATH", "")
    assert offered(filled, "rexctl diff v") == []


def test_without_a_log_nothing_is_said_and_nothing_breaks(bare: Door) -> None:
    assert offered(bare, "rexctl show 2025") == []
    assert offered(bare, "rexctl list type:ex") == ["type:export-control"]


def test_the_log_of_the_line_is_the_one_that_is_asked(filled: Door) -> None:
    filled.patch.chdir(filled.folder.parent)
    assert offered(filled, "rexctl -C home show 2025-10-09") == [SWINE_ID]
