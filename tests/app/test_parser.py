from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.app import COMMANDS

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_help_shows_every_command_in_its_group(bare: Door) -> None:
    said = bare("--help")
    assert said == bare()
    for name, entry in COMMANDS.items():
        assert (f"\n  {name} " in said.out) != entry.hidden, name
        if not entry.hidden:
            assert f"\n{entry.group}:\n" in said.out
            assert entry.help in said.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_whose_examples_keep_their_lines(name: str, bare: Door) -> None:
    said = bare(name, "-h")
    assert said.code == 0
    assert said.out.startswith(f"Usage: rexctl {name}")
    assert "Example" in said.out
    assert bare("help", name).out.startswith(f"Usage: rexctl {name}")


def test_the_day_the_colour_and_the_folder_are_judged(rexctl: Door) -> None:
    for words in (["--today", "2025-13-01"], ["--color", "sometimes"], ["-C", "nowhere"]):
        said = rexctl(*words, "list")
        assert (said.code, said.out) == (2, "")
    rexctl.patch.setenv("REXCTL_TODAY", "someday")
    assert rexctl("list").code == 2
