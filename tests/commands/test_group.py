from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.app import group
from rexctl.app.commands import COMMANDS

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_help_shows_every_command_in_its_group(bare: Door) -> None:
    said = bare("--help")
    assert said == bare()
    for name, entry in COMMANDS.items():
        assert f"\n{entry.group}:\n" in said.out
        assert f"  {name} " in said.out
        assert entry.summary in said.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_whose_examples_keep_their_lines(name: str, bare: Door) -> None:
    said = bare(name, "-h")
    assert said.code == 0
    assert said.out.startswith(f"Usage: rexctl {name}")
    assert "Example" in said.out
    assert group.command(name).name in (name, None)


def test_the_day_the_colour_and_the_folder_are_judged(rexctl: Door) -> None:
    for words in (["--today", "2025-13-01"], ["--color", "sometimes"], ["-C", "nowhere"]):
        said = rexctl(*words, "list")
        assert (said.code, said.out) == (2, "")
    rexctl.patch.setenv("REXCTL_TODAY", "someday")
    assert rexctl("list").code == 2
