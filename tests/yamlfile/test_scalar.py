from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from rexctl.yamlfile.serialize import fits_a_block, plain_safe, scalar

PLAIN = [
    "2025-10-09", "2024-02-29", "100", "0", "-5", "0.1", "12.5", "2025", "2025-10", "2025-10~",
    "2025-10-20/2025-10-26", "2025-10/..", "2025-19001", "CN/mofcom", "hs:2846", "us/s301", "1(1)",
    "material:dysprosium", "https://example.org/a?b=c#d", "it's", "nO", "Nope", "U.S. [sic]", "1.2.3",
    "a: b".replace(": ", ":"), "-x", "5A", "1st", "商务部", "a\u00a0b", "50%", "999999999999999",
]  # fmt: skip
QUOTED = [
    "", "NO", "no", "No", "yes", "y", "Y", "n", "on", "Off", "true", "null", "~", "=", "<<", "0103",
    "010", "13:01", "09:30", "1:30:00", "1E902", "1e5", "1.0", "10.50", "1.", ".5", "1_000", "+5",
    "-0", "0x1F", "0o17", "0b1", ".inf", "-.INF", ".nan", "2025-13-45", "2025-02-29", "0000-01-01",
    "2025-10-09T10:00:00Z", "2025-10-9 10:00:00", "1234567890123456", "0.00001",
    "123456789.12345678", "-", "?", ":", "- a", "? a", "a: b", "a:", "a #b", "#a", " a", "a ", "a\tb",
    "[a", "]", "{a", "}", ",a", "&a", "*a", "!a", "|", ">", "'a", '"a', "%a", "@a", "`a", "---",
    "--- a", "...", "a\nb", "a\\\nb", "\u202ea", "a\u200bb", "\ufeffa", "a\u2028b", "a\x85b", "\x07",
]  # fmt: skip


def readers() -> list[Any]:
    later = YAML(typ="safe", pure=True)
    later.version = (1, 2)
    older = YAML(typ="safe", pure=True)
    older.version = (1, 1)
    return [yaml.safe_load, lambda text: later.load(StringIO(text)),
            lambda text: older.load(StringIO(text))]  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_what_every_reader_gives_back_stays_bare(text: str) -> None:
    assert plain_safe(text)
    assert scalar(text) == text


@pytest.mark.parametrize("text", QUOTED, ids=ascii)
def test_what_some_reader_would_change_is_quoted(text: str) -> None:
    assert not plain_safe(text)
    assert scalar(text).startswith('"')


@pytest.mark.parametrize("text", PLAIN + QUOTED, ids=ascii)
def test_readers_of_both_versions_give_the_text_back(text: str) -> None:
    for read in readers():
        assert str(read(f"a: {scalar(text)}\n")["a"]) == text
        assert [str(key) for key in read(f"{scalar(text)}: a\n")] == [text]
        assert [str(item) for item in read(f"- {scalar(text)}\n")] == [text]


def test_in_quotes_only_what_must_be_is_escaped() -> None:
    assert scalar('a: "b" \\ é') == '"a: \\"b\\" \\\\ é"'
    assert scalar("a\tb\u202e") == '"a\\tb\\u202e"'
    assert scalar("\U000e0041") == '"\\U000e0041"'


def test_what_hides_is_harmful_and_a_line_end_is_not() -> None:
    assert fits_a_block("a\nb é 商", "prose")
    assert not fits_a_block("a\u200bb", "prose")
    assert not fits_a_block("a\x1b[31mb", "prose")


def test_a_quoted_text_without_far_characters_is_json_too() -> None:
    assert json.loads(scalar('say "no": \\ \n\t\u2028')) == 'say "no": \\ \n\t\u2028'


NUMBERLIKE = st.text("0123456789-+._:eExXoOabfTZ~ /", min_size=1, max_size=10)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SIGNS = st.text("ab :#-'\"\n\t,[]{}&*!|>%@`\\?=<~", max_size=12)


@given(st.one_of(NUMBERLIKE, ANY, SIGNS))
def test_no_text_is_changed_by_any_reader(text: str) -> None:
    for read in readers():
        assert str(read(f"a: {scalar(text)}\n")["a"]) == text
        assert [str(key) for key in read(f"{scalar(text)}: a\n")] == [text]
