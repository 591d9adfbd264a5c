from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.app import COMMANDS, OTHER_NAMES

if TYPE_CHECKING:
    from tests.commands.door import Door


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ["list", "--limt", "3"],
            "error[unknown-option] --limt: no such option; did you mean --limit?",
        ),
        (["list", "-t"], "error[usage-error] -t: the value is missing"),
        (["list", "--count=3"], "error[usage-error] --count: takes no value"),
        (["list", "-n", "x"], "error[bad-value] -n x: not a whole number"),
        (["show"], "error[usage-error] missing ID"),
        (
            ["version", "a", "b"],
            "error[usage-error] a b: too many arguments; rexctl version --help",
        ),
        (["link", "a"], "error[usage-error] missing REL; rexctl link --help"),
        (["rm", "a"], "error[unknown-command] rm: no such command; did you mean rexctl retract?"),
        (
            ["add", "statement", "x", "--sumary", "y"],
            "error[unknown-option] --sumary: no such option; did you mean --summary?",
        ),
        (
            ["calendar", "--from", "2025"],
            "error[unknown-option] --from: no such option; did you mean --since?",
        ),
        (["--verison"], "error[unknown-option] --verison: no such option; did you mean --version?"),
        (["lst"], "error[unknown-command] lst: no such command; did you mean list?"),
    ],
)
def test_what_the_parser_finds_is_told_in_one_line_of_ours(
    words: list[str], told: str, bare: Door
) -> None:
    said = bare(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(told)
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("word", OTHER_NAMES)
def test_a_word_of_another_tool_is_answered_with_a_command_that_there_is(
    word: str, bare: Door
) -> None:
    said = bare(word, "x")
    meant = OTHER_NAMES[word].split()
    assert said.code == 2
    assert f"did you mean rexctl {OTHER_NAMES[word]}?" in " ".join(said.err.split())
    assert meant[0] in COMMANDS
    shown = bare(meant[0], "--help").out
    assert all(option in shown for option in meant if option[:1] == "-" and option != "-date")
