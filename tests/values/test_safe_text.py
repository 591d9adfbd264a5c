from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.values.safe_text import clean, clean_json, clean_line, encodable

ANY = st.text(st.characters(codec=None))
HARMFUL = [
    "\x1b[31m", "\x00", "\x07", "\x7f", "\x9b31m", "\u202e", "\u2066", "\u200b", "\u200e", "\u2028",
    "\ufeff", "\u061c", "\U000e0041", "\ud800", "\ufffe", "\U0010ffff", "\u00ad", "\u3164",
]  # fmt: skip
KEPT = [
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian: a non-joiner inside a word
    "\u0915\u094d\u200d\u0937",  # Devanagari: a joiner after a virama
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",  # a family
    "\u2764\ufe0f", "3\ufe0f\u20e3", "\u8fbb\U000e0100", "T\u00fcrkiye", "\u5546\u52a1\u90e8",
    "\u00a0", "\u3000", "\\u001b",
]  # fmt: skip


@pytest.mark.parametrize("text", HARMFUL, ids=ascii)
def test_what_steers_a_terminal_or_hides_is_spelled(text: str) -> None:
    shown = clean(f"a{text}b")
    assert text[0] not in shown
    code = ord(text[0])
    assert (f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}") in shown


@pytest.mark.parametrize("text", KEPT, ids=ascii)
def test_what_a_script_or_a_picture_needs_stays(text: str) -> None:
    assert clean(text) == text == clean_line(text)


@pytest.mark.parametrize(
    "text",
    ["a\u200cb", "\u200d", "x\ufe0f", "\u2764\ufe0f\ufe0f", "\u0645\u200c\u200c\u0645"],
    ids=ascii,
)
def test_a_joiner_that_joins_nothing_is_spelled(text: str) -> None:
    assert "\\u" in clean(text)


def test_line_breaks_stay_only_where_asked() -> None:
    assert clean("a\nb\tc") == "a\\u000ab\\u0009c"
    assert clean("a\nb\tc\x1b", keep="\n") == "a\nb\\u0009c\\u001b"


def test_a_line_has_no_line_break() -> None:
    assert clean_line("one\r\ntwo\tthree\u2028four") == "one two three four"


@given(ANY)
def test_clean_text_is_printable_and_cleaning_again_changes_nothing(text: str) -> None:
    shown = clean_line(text)
    assert clean_line(shown) == shown == clean(shown)
    assert not any(
        ord(c) < 32 or 0x7F <= ord(c) <= 0x9F or 0xD800 <= ord(c) < 0xE000 for c in shown
    )
    assert len(shown.splitlines()) <= 1


@given(st.recursive(ANY, lambda inner: st.lists(inner, max_size=3), max_leaves=4))
def test_json_made_harmless_reads_back_as_the_same_value(value: object) -> None:
    line = json.dumps(value, ensure_ascii=False)
    for spelled in (clean_json(line), encodable(line)):
        assert json.loads(spelled) == value
        spelled.encode()
    assert "\x9b" not in clean_json(line)
    assert "\u202e" not in clean_json(line)


@given(st.text())
def test_text_without_lone_surrogates_is_encodable_as_it_is(text: str) -> None:
    assert encodable(text) == text
