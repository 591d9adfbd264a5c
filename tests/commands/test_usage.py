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
            "error[unknown-flag] --limt: no such flag; did you mean --limit?",
        ),
        (["list", "-t"], "error[usage-error] -t wants a value"),
        (["list", "--count=3"], "error[usage-error] --count takes no value"),
        (["list", "-n", "x"], "error[usage-error] -n: x: is no whole number"),
        (["show"], "error[usage-error] missing ID..."),
        (["version", "a", "b"], "error[usage-error] a b: too many words; rexctl version --help"),
        (["list", "--today", "2025-10-19"], "error[usage-error] --today goes before the command"),
        (["--verison"], "error[unknown-flag] --verison: no such flag; did you mean --version?"),
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
