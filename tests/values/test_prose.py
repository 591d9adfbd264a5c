from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.values.prose import format_prose


def test_each_sentence_has_a_line_and_paragraphs_stay_apart() -> None:
    text = "One sentence. Another\none! A third?\n\n\nA paragraph.\n"
    assert format_prose(text) == "One sentence.\nAnother one!\nA third?\n\nA paragraph."


@pytest.mark.parametrize(
    "text",
    [
        "Announcement No. 61 of 2025 says so.", "Under Sec. 301 and Art. XXI it may.",
        "The U.S. Trade Representative spoke.", "Mr. J. Greer met Dr. Wang.", "On 9 Oct. 2025 it came.",
        "Exports, e.g. Magnets, need a licence.", "It rose by 2.5 percent.", "He said ... nothing.",
        "See example.org. for more.", "Acme Inc. Ltd. Corp. and others.", "They did (cf. Art. 5) so.",
    ],
)  # fmt: skip
def test_a_shortened_word_ends_no_sentence(text: str) -> None:
    assert format_prose(text) == text


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('He left. "No." Then he came.', ["He left.", '"No."', "Then he came."]),
        ("Did he? (Yes.) He did.", ["Did he?", "(Yes.)", "He did."]),
        ("They said no. Then it came in Oct. Nobody knew.", ["They said no.", "Then it came in Oct.",
                                                             "Nobody knew."]),
        ("It came in 2025. 31 states agreed.", ["It came in 2025.", "31 states agreed."]),
        ("Stop?! Éric came. «Oui.» Fin.", ["Stop?!", "Éric came.", "«Oui.»", "Fin."]),
    ],
)  # fmt: skip
def test_a_sentence_ends_at_its_sign_and_what_closes_it(text: str, lines: list[str]) -> None:
    assert format_prose(text).split("\n") == lines


def test_chinese_needs_no_space_between_sentences_or_lines() -> None:
    text = "商务部发布公告。对稀土实施\n出口管制！“立即生效。”美方回应。"
    assert format_prose(text) == "商务部发布公告。\n对稀土实施出口管制！\n“立即生效。”\n美方回应。"
    assert format_prose("商务部 MOFCOM\n公告") == "商务部 MOFCOM 公告"


def test_korean_keeps_its_spaces() -> None:
    assert format_prose("산업부가\n발표했다. 내일") == "산업부가 발표했다.\n내일"


def test_items_of_a_list_keep_a_line_of_their_own() -> None:
    text = "It says:\n- one. Two.\n  more of it\n- three\n1. four\nAfter it. All."
    assert format_prose(text) == (
        "It says:\n- one. Two. more of it\n- three\n1. four\nAfter it.\nAll."
    )


def test_no_sentence_becomes_an_item_of_a_list() -> None:
    text = "It had a start. - And an end. 2) Second. Third."
    assert format_prose(text) == "It had a start. - And an end. 2) Second.\nThird."


def test_white_space_is_told_once_and_none_at_the_ends() -> None:
    assert format_prose("  a\t b  \r\n\r\n \n c \n") == "a b\n\nc"
    assert format_prose(" \n ") == ""


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
TRICKY = st.text(st.sampled_from("aA1.2!? \n-*)(\"'。中“”」\u3000NoUS"), max_size=40)


@given(st.one_of(ANY, TRICKY))
def test_only_white_space_changes_and_only_once(text: str) -> None:
    once = format_prose(text)
    assert format_prose(once) == once
    assert "".join(once.split()) == "".join(text.split())
