from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.cli.selection import check_terms, is_term
from rexctl.errors import UsageError
from tests.commands.door import SWINE, SWINE_ID, outside

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.door import Door


@pytest.mark.parametrize(
    "word",
    [
        "type:tariff",
        "not:id:2025",
        "@mine",
        "not:@mine",
        "text:a b",
        "effective.from:2025",
        "x-own:1",
        "_earliest:2025",
    ],
)
def test_a_term_is_told_by_its_colon_or_its_sign(word: str) -> None:
    assert is_term(word)
    check_terms([word], "HEAD")


@pytest.mark.parametrize(
    "word",
    [
        "HEAD",
        "main",
        "@",
        "@~1",
        "@{u}",
        "@{-1}",
        "2025-10-09",
        "",
        ":/two",
        "HEAD@{2025-01-01 10:00}",
        ":x",
        "HEAD^{/a:b}",
    ],
)
def test_what_git_may_understand_is_none(word: str) -> None:
    assert not is_term(word)
    with pytest.raises(UsageError) as fault:
        check_terms(["type:tariff", word], "HEAD~1")
    assert f"HEAD~1..{word}" in fault.value.hint


SECOND = ["add", "tariff", "Another duty", "--actor", "NO", "--date", "2025-10-12", "--status", "adopted",
          "--source", "https://example.org/y", "--instrument-number", "61"]  # fmt: skip
FIRST_ID = "2025-10-09-no-61"
FIRST = [*SWINE, "--instrument-issuer", "CN/mofcom", "--instrument-number", "61",
         "--instrument-year", "2025"]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["MOFCOM 61/2025", "mofcom 61", "CN/mofcom No. 61", "CN/mofcom 61/2025", FIRST_ID, "2025"],
)
def test_every_command_takes_an_id_its_beginning_or_an_instrument(text: str, rexctl: Door) -> None:
    assert rexctl(*FIRST).code == 0
    assert rexctl("show", text, "-f", "id").lines == [FIRST_ID]
    for words in (["set", text, "note=x"],
                  ["mv", text, "2025-10-09-no-new", "--dry-run"], ["retract", text, "--reason", "x"]):  # fmt: skip
        result = rexctl(*words)
        assert (result.code, FIRST_ID in result.out or "no-new" in result.out) == (0, True), result
    other = ["add", "statement", "A word", "--date", "2026", "--actor", "NO", "--source",
             "https://example.org/w"]  # fmt: skip
    assert rexctl(*other).code == 0
    for words in (["link", text, "clarifies", "2026"], ["link", "2026", "about", text]):
        assert rexctl(*words, "--dry-run").code == 0


def test_an_instrument_that_two_events_have_lists_both(rexctl: Door) -> None:
    assert rexctl(*FIRST).code == 0
    assert rexctl(*SECOND, "--instrument-issuer", "CN/mofcom").code == 0
    result = rexctl("show", "MOFCOM 61")
    assert (result.code, result.out) == (4, "")
    assert "MOFCOM 61: matches 2 events; " + FIRST_ID in result.err
    assert rexctl("show", "MOFCOM 99/2025").code == 4
    assert rexctl("show", "US 61/2025").code == 4
    assert rexctl("show", "MOFCOM 61/2024").code == 4


def test_a_link_option_of_add_takes_an_instrument_and_a_clause(rexctl: Door) -> None:
    assert rexctl(*FIRST, "clauses.1(1).effective.from=2025-12-01").code == 0
    result = rexctl(*SECOND, "--suspends", "MOFCOM 61/2025#1(1)", "--dry-run")
    assert f"to: {FIRST_ID}\n    clause: 1(1)" in result.out
    assert rexctl(*SECOND, "--suspends", "MOFCOM 61/2025#9", "--dry-run").code == 4
    assert rexctl(*SECOND, "--suspends", "MOFCOM 62", "--dry-run").code == 4


def test_retracted_events_are_selected_by_their_confidence_or_their_id(filled: Door) -> None:
    assert filled("retract", SWINE_ID, "--reason", "Wrong.").code == 0
    for words in (["confidence:retracted"], [SWINE_ID], [SWINE_ID, "type:tariff"]):
        assert filled("set", *words, "tags+=x", "--dry-run").out.startswith(SWINE_ID)
    assert filled("set", "type:tariff", "tags+=x").code == 4


def test_a_term_with_an_equals_sign_is_no_assignment(filled: Door) -> None:
    result = filled("set", "title.re:live=swine|swine", "tags+=x", "--yes")
    assert result.code == 0
    assert result.err == "2 changed\n"


def test_an_id_beside_a_term_stays_an_id(filled: Door) -> None:
    assert filled("set", SWINE_ID, "type:tariff", "tags+=x").err == "1 changed\n"
    assert filled("set", SWINE_ID, "type:statement", "tags+=x").code == 4


def test_ids_of_a_file_are_selected_for_a_change(filled: Door) -> None:
    result = filled("set", "--ids", "-", "tags+=x", stdin=f"{SWINE_ID}\n".encode())
    assert (result.code, result.err) == (0, "1 changed\n")
    assert filled("show", "--ids", "-", "-f", "id", stdin=f"{SWINE_ID}\n".encode()).lines == [
        SWINE_ID
    ]
    assert filled("set", "--ids", "-", "tags+=x", stdin=b"2025-10-01-nothing\n").code == 4


def test_the_ids_of_a_pipe_are_read_once(filled: Door, tmp_path: Path) -> None:
    line = f"rexctl list | rexctl filter --ids <(echo {SWINE_ID}) -c"
    assert outside(tmp_path, line, real=True).stdout == "1\n"


def test_an_id_of_many_letters_is_not_repeated_whole(filled: Door) -> None:
    result = filled("show", "x" * 100_000)
    assert result.code == 4
    assert len(result.err) < 400
    assert "(100000 characters)" in result.err


def test_an_instrument_without_an_issuer_is_found_by_an_actor_of_its_event(rexctl: Door) -> None:
    words = ["add", "statement", "A word", "--date", "2026-01-02", "--actor", "CN/mofcom", "--source",
             "https://example.org/w", "--instrument", "Announcement No. 7 of 2026"]  # fmt: skip
    assert rexctl(*words).code == 0
    assert rexctl("show", "MOFCOM 7/2026", "-f", "id").out == "2026-01-02-cn-mofcom-7\n"
    assert rexctl("show", "US 7/2026").code == 4
