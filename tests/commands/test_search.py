from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from tests.commands.door import SWINE_ID, environment
from tests.run import ROOT

if TYPE_CHECKING:
    from tests.commands.door import Door

LICENCES = (
    "Exporters of magnets must ask the ministry for a permit, and the ministry weighs the use, the user "
    "and the country before it grants licences for organised labour at the centre"
)


@pytest.fixture
def texts(filled: Door) -> Door:
    """A log whose first event has a long summary."""
    assert filled("set", SWINE_ID, f"summary={LICENCES}", "tags=pork-chops").code == 0
    return filled


def test_words_are_told_from_terms(filled: Door) -> None:
    assert len(filled("search", "swine", "type:tariff", "-f", "id").lines) == 1
    assert filled("search", "live swine", "type:tariff", "-c").out == "1\n"
    assert (
        '"_match": "Norway charges 10% on live *swine*"'
        in filled("search", "swine", "type:tariff").out
    )


def test_what_cannot_be_searched_is_told(filled: Door) -> None:
    for words in ([], ["type:tariff"], ["swine", "--sort", "date"], ["-"]):
        said = filled("search", *words)
        assert (said.code, said.out) == (2, "")
    assert filled("search", "nowhere").code == 0


@pytest.mark.parametrize(
    "word",
    ["licence", "licences", "license", "licenses", "licensing", "organized", "organize", "labor", "center",
     "LICENSE", "exporter", "licens*", "organized labor", "grants license"],
)  # fmt: skip
def test_endings_and_british_and_american_forms_match(word: str, texts: Door) -> None:
    assert texts("search", word, "-f", "id").lines == [SWINE_ID]


@pytest.mark.parametrize("word", ["pork", "pork-chops", "2025-10-09", "adopted"])
@pytest.mark.parametrize("command", ["search", "list"])
def test_an_event_is_found_by_its_texts_and_not_by_its_id_or_tags(
    command: str, word: str, texts: Door
) -> None:
    assert texts(command, word, "-c").out == "0\n"


def test_of_a_word_that_no_text_has_near_ones_are_named_with_their_counts(texts: Door) -> None:
    said = texts("search", "swyne")
    assert (said.code, said.out) == (0, "")
    assert said.err == "swyne: no text has this word; near: swine (2 events)\n"
    assert (
        texts("search", "minis").err == "minis: no text has this word; near: ministry (1 event)\n"
    )
    assert texts("search", "qqqq").err == "qqqq: no text has this word\n"


def test_words_that_no_event_has_together_are_counted(texts: Door) -> None:
    said = texts("search", "ministry", "again")
    assert said.err == "no event matches all of the query: ministry (1 event), again (1 event)\n"
    assert "swine (2 events)" in texts("search", "swine", "type:meeting").err


def on_terminal(door: Door, columns: int, *words: str, **more: str) -> str:
    """Return what a terminal of this width gets."""
    leader, follower = pty.openpty()
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | environment(door.folder.parent)
    env |= {"COLUMNS": str(columns), "PAGER": "cat"} | more
    subprocess.run([sys.executable, "-m", "rexctl", *words], cwd=door.folder, env=env,
                   stdin=subprocess.DEVNULL, stdout=follower, stderr=subprocess.DEVNULL)  # fmt: skip
    os.close(follower)
    shown = b""
    with suppress(OSError):  # at the end of what was written
        while block := os.read(leader, 65536):
            shown += block
    os.close(leader)
    return shown.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_word_is_visible_and_bold_on_a_terminal(columns: int, texts: Door) -> None:
    shown = on_terminal(texts, columns, "search", "licence")
    assert "\x1b[1mlicences\x1b[0m" in shown
    assert "*" not in shown
    plain = on_terminal(texts, columns, "search", "licence", NO_COLOR="1")
    assert "*licences*" in plain
    assert max(map(len, plain.splitlines())) <= columns


def test_a_pipe_gets_stars(texts: Door) -> None:
    (line,) = texts("search", "licence").lines
    assert "*licences*" in json.loads(line)["_match"]
