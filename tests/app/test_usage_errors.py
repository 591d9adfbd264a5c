from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
        (["list", "-n", "x"], "error[bad-value] -n: x: not a whole number"),
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
