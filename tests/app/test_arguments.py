from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.door import STATEMENT

if TYPE_CHECKING:
    from tests.commands.door import Door


@pytest.mark.parametrize(
    ("after", "before"),
    [
        ("list -C home", "-C home list"), ("list -c -C home date:2025", "-C home list -c date:2025"),
        ("list -Chome -c", "-C home list -c"), ("list --directory=home", "-C home list"),
        ("-C home list --today=2025-10-12 date:yesterday -n 3",
         "-C home --today 2025-10-12 list -n 3 date:yesterday"),
        ("-C home list --color never", "-C home --color never list"),
        ("list --no-input x -C home", "-C home --no-input list x"),
        ("list --text -C -C home", "-C home list --text -C"),
        ("list -jF --today -C home", "-C home list -jF --today"), ("list -cj -C home", "-C home list -cj"),
        ("list -n3 -C home", "-C home list -n3"), ("list --text=a -C home", "-C home list --text=a"),
        ("retract x --reason -C -C home", "-C home retract x --reason -C"),
        ("list --no-such -C home", "-C home list --no-such"), ("git setup -C home", "-C home git setup"),
        ("list --color sometimes -C home", "--color sometimes list"),
        ("list --today someday -C home", "--today someday list"),
    ],
)  # fmt: skip
def test_global_options_may_follow_the_command(after: str, before: str, filled: Door) -> None:
    filled.patch.chdir(filled.folder.parent)
    assert filled(*after.split()) == filled(*before.split())


def test_the_last_folder_counts_and_what_follows_two_dashes_is_no_option(filled: Door) -> None:
    filled.patch.chdir(filled.folder.parent)
    assert filled("-C", "nowhere", "list", "-c", "-C", "home").code == 0
    assert "-C: no such event" in filled("-C", "home", "show", "--", "-C").err
    assert filled("list", "-C").err.startswith("error[usage-error] -C: the value is missing")


def test_a_type_of_add_takes_them_too(filled: Door) -> None:
    filled.patch.chdir(filled.folder.parent)
    words = ["add", "statement", "A word", *STATEMENT, "--dry-run"]
    for options in (["-C", "home"], ["-Chome"]):
        assert filled(*words, *options) == filled(*options, *words)
        assert filled(*words, *options).code == 0


def test_a_command_answers_alike_with_global_options_on_either_side(filled: Door) -> None:
    before = filled(
        "-C", str(filled.folder), "--today", "2025-10-12", "list", "date:yesterday", "-c"
    )
    after = filled(
        "list", "date:yesterday", "-c", "--today", "2025-10-12", "-C", str(filled.folder)
    )
    assert before == after
    assert before.out == "2\n"
