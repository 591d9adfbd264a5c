from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_it_shows_what_a_person_may_want_and_not_what_git_calls(bare: Door) -> None:
    said = bare("git", "--help")
    assert said.code == 0
    assert "setup" in said.out
    assert "merge-file" not in said.out


def test_a_word_is_missing_or_wrong(bare: Door) -> None:
    assert bare("git") == (2, "", "error[usage-error] missing COMMAND; rexctl git setup\n")
    said = bare("git", "setpu")
    assert (said.code, said.out) == (2, "")
    assert (
        said.err == "error[unknown-git-command] setpu: no such git command; did you mean setup?\n"
    )
