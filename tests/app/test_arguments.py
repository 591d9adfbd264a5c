from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.app.arguments import command_path, global_options_first

if TYPE_CHECKING:
    from tests.commands.door import Door


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("list -C /x", "-C /x list"), ("list -c -C /x date:2025", "-C /x list -c date:2025"),
        ("list --today=2025 -n 3", "--today=2025 list -n 3"), ("list -C/x", "-C/x list"),
        ("-C /x list --color never", "-C /x --color never list"), ("list --no-input x", "--no-input list x"),
        ("list --text -C /x", "list --text -C /x"), ("list -F -C -C /x", "-C /x list -F -C"),
        ("list -jF --today --today 2025", "--today 2025 list -jF --today"), ("list -cj -C /x", "-C /x list -cj"),
        ("list -n3 -C /x", "-C /x list -n3"), ("list --text=a -C /x", "-C /x list --text=a"),
        ("list -- -C /x", "list -- -C /x"), ("add tariff x --rate --today 2025", "add tariff x --rate --today 2025"),
        ("add tariff x --dry-run -C /x", "-C /x add tariff x --dry-run"),
        ("add tariff x -i --today 2025", "--today 2025 add tariff x -i"),
        ("retract x --reason -C -C /x", "-C /x retract x --reason -C"),
        ("list --no-such -C /x", "-C /x list --no-such"), ("list -C", "-C list"), ("-C /x", "-C /x"), ("", ""),
    ],
)  # fmt: skip
def test_global_options_are_moved_before_the_command(words: str, expected: str) -> None:
    assert global_options_first(words.split()) == expected.split()


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("list x", ["list"]), ("-C /x --no-input add tariff t", ["add", "tariff"]),
        ("add --from x", ["add"]), ("git setup", ["git", "setup"]), ("", []),
    ],
)  # fmt: skip
def test_the_command_is_the_first_word_that_is_no_global_option(
    words: str, path: list[str]
) -> None:
    assert command_path(words.split()) == path


def test_a_command_answers_alike_with_global_options_on_either_side(filled: Door) -> None:
    before = filled(
        "-C", str(filled.folder), "--today", "2025-10-12", "list", "date:yesterday", "-c"
    )
    after = filled(
        "list", "date:yesterday", "-c", "--today", "2025-10-12", "-C", str(filled.folder)
    )
    assert before == after
    assert before.out == "2\n"
