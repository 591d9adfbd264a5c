"""What a query names: names with commas, instruments, lists, checks, saved queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.door import STATEMENT, SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["actor:Hong Kong SAR, China"], "HK"), (["-a", "Hong Kong SAR, China"], "HK"),
        (["actor:Korea, Rep."], "KR"), (["actor:Congo, Dem. Rep."], "CD"),
        (["actor:Korea, Rep.,Norway"], "KR or NO"), (["actor:China,US"], "CN or US"),
        (["actor:CN,US"], "CN or US"), (["actor:China, Taiwan"], "CN or TW"),
    ],
)  # fmt: skip
def test_a_name_with_commas_is_one_value(words: list[str], meant: str, filled: Door) -> None:
    assert filled("list", *words, "--explain").out == f"actors is or begins with {meant}\n"


def test_a_query_of_an_instrument_selects_its_event(filled: Door) -> None:
    added = filled("add", "statement", "Norway explains Announcement 61", "--actor", "NO",
                   *STATEMENT[2:], "--instrument", "61", "instrument.issuer=NO",
                   "instrument.year=2025")  # fmt: skip
    name = added.lines[0]
    for text in ("NO 61/2025", "Norway 61/2025", "NO 61"):
        assert filled("list", text, "-f", "id").lines == [name], text
    assert filled("list", "NO 62/2025").code == 4
    assert filled("list", "Section 301/2025", "-c").out == "0\n"  # no issuer: a text
    assert filled("stats", "NO 61/2025", "-j").out.count("\n") == 1


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("list:us/nosuch", "no such list"), ("allow.check:overdu", "did you mean overdue?"),
        ("(actor:NO)", "write actor:NO\n"), ("(actor:NO", "write actor:NO\n"),
        ("--country=NO", "did you mean --affected?"), ("--episode=x", "write episode:VALUE"),
        ("actors[0]=NO", "write actors:NO"), ("actors[0]:NO", "write actors:VALUE"),
    ],
)  # fmt: skip
def test_what_cannot_exist_is_an_error_and_no_empty_answer(
    word: str, said: str, filled: Door
) -> None:
    found = filled("list", word, "-c")
    assert (found.code, found.out) == (2, "")
    assert said in found.err
    assert filled("list", "allow.check:overdue", "-c").out == "0\n"


@pytest.mark.parametrize(
    ("words", "term"),
    [
        (["type is tariff"], "type:tariff"), (["type", "is", "tariff"], "type:tariff"),
        (["date", "between", "2025-10", "and", "2025-11"], "date:2025-10..2025-11"),
        (["title contains swine"], "title:swine"), (["title:%swine%"], "title:swine"),
        (["title:/swine/"], "title.re:swine"),
    ],
)  # fmt: skip
def test_a_term_in_words_gets_a_notice_with_the_term(
    words: list[str], term: str, filled: Door
) -> None:
    said = filled("list", *words, "-c")
    assert said.code == 0
    assert term in said.err


def test_a_bare_word_means_the_same_in_list_and_search(filled: Door) -> None:
    for word in ("swine", "NO", "hs", "example", "speak", "charg*"):
        assert filled("list", word, "-c").out == filled("search", word, "-c").out, word
    said = filled("list", "Norge", "Norway", "-f", "table")
    assert "Norge: no text has this word" in said.err
    assert "actor:NO selects by actor" in filled("list", "NO", "-f", "table").err


def test_check_names_a_saved_query_that_cannot_be_used(filled: Door) -> None:
    settings = filled.folder / "data" / "rexctl.yaml"
    settings.write_text(
        "format: 1\nqueries:\n  pigs: title:swine\n  bad: tipe:tariff @pigs\n", encoding="utf-8"
    )
    said = filled("check")
    assert said.code == 0
    assert "rexctl.yaml:4:8: warning[broken-query] @bad: tipe: no such field" in said.out
    assert "did you mean type?" in said.out
    assert "@pigs" not in said.out.splitlines()[0]
    assert filled("check", "--strict").code == 1
    assert "write @bad, @pigs" in filled("list", "@u").err
    assert "did you mean @pigs?" in filled("list", "@pig").err


def test_check_shows_one_finding_for_a_tag_that_many_events_have(filled: Door) -> None:
    for one in filled("list", "-f", "id").lines:
        assert filled("set", one, "tags+=pork", "--yes").code == 0
    shown = filled("check").out
    assert shown.count("warning[unknown-tag]") == 1
    assert "pork: no such tag in the vocabulary, in 3 events" in " ".join(shown.split())
    assert filled("check", "-j").out.count('"unknown-tag"') == 3
    assert SWINE_ID in filled("check", "-j").out
