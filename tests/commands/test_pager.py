"""What is longer than the screen goes to the pager."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.commands.door import SWINE_ID
from tests.run import run_on_a_terminal

if TYPE_CHECKING:
    from tests.commands.door import Door

TO_A_FILE = {"PAGER": "sh -c 'cat > paged.txt'", "TERM": "xterm", "LINES": "4", "NO_COLOR": "1"}


def show(*words: str, **more: str) -> tuple[str, int]:
    """Run rexctl on a terminal of 4 lines, whose pager writes to `paged.txt`."""
    return run_on_a_terminal(*words, env={**os.environ, **TO_A_FILE, **more})


@pytest.mark.parametrize(
    "words",
    [
        ["list"], ["show", SWINE_ID], ["search", "swine", "-F", "id,sources,date,type"],
        ["help", "list"], ["help", "query"],
    ],
)  # fmt: skip
def test_what_is_longer_than_the_screen_goes_to_the_pager(words: list[str], filled: Door) -> None:
    plain, _ = show(*words, "--no-pager")
    assert plain.count("\n") >= 4
    assert show(*words) == ("", 0)
    assert (filled.folder / "paged.txt").read_text(encoding="utf-8") == plain


def test_the_count_follows_the_table_into_the_pager(filled: Door) -> None:
    show("list")
    assert (filled.folder / "paged.txt").read_text(encoding="utf-8").endswith("\n3 events\n")


def test_what_fits_on_the_screen_and_what_goes_to_a_dumb_terminal_needs_no_pager(
    filled: Door,
) -> None:
    assert show("list", LINES="24") == show("list", TERM="dumb") == show("list", "--no-pager")
    assert show("list", PAGER="cat") == show("list", PAGER="") == show("list", "--no-pager")
    assert show("list", PAGER="/no/such/pager") == show("list", "--no-pager")
    filled("list", "-f", "table")
    assert not (filled.folder / "paged.txt").exists()


def test_a_reader_may_leave_the_pager_before_the_end(filled: Door) -> None:
    for number in range(400):
        filled.put(
            f"2025-01-02-{number}.yaml",
            f"id: 2025-01-02-{number}\ntype: statement\ntitle: {'word ' * 20}\ndate: 2025-01-02\n"
            "status: made\nactors:\n  - SE\nsources:\n  - url: https://example.org/x\n",
        )
    assert show("list", PAGER="sh -c 'head -n 1 > paged.txt'") == ("", 0)
    assert (filled.folder / "paged.txt").read_text(encoding="utf-8").startswith("date ")


def test_the_exit_code_is_that_of_the_command(filled: Door) -> None:
    filled.put("2025-01-01-x.yaml", "id: 2025-01-01-x\n")
    assert show("list") == ("", 6)
    paged = (filled.folder / "paged.txt").read_text(encoding="utf-8")
    assert "3 events\n" in paged
    assert "error[missing-field]" in paged
    assert show("check") == ("", 1)
