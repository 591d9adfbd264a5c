from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.values.text import name_key
from rexctl.vocabulary.names import index_names, names_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Türkiye", "turkiye"),
        ("U.S.", "us"),
        ("The Netherlands", "netherlands"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("  rare \n earths ", "Rare Earths"),
        ("STRASSE", "straße"),
    ],
)
def test_spellings_of_one_name_meet(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_the_word_the_alone_is_kept() -> None:
    assert name_key("The") == "the"
    assert name_key("CN/mofcom") != name_key("CN/mof")


@given(st.text(max_size=30).filter(lambda text: not text.casefold().strip().startswith("the ")))
def test_the_case_of_a_name_does_not_count(text: str) -> None:
    assert name_key(text.upper()) == name_key(text.upper().lower())


def test_an_entry_is_called_by_its_code_name_symbol_and_aliases() -> None:
    entry = {
        "code": "dysprosium",
        "name": "Dysprosium",
        "symbol": "Dy",
        "aliases": ["镝"],
        "hs": ["28"],
    }
    assert list(names_of(entry)) == [
        (("code",), "dysprosium"),
        (("name",), "Dysprosium"),
        (("symbol",), "Dy"),
        (("aliases", 0), "镝"),
    ]


def test_a_code_comes_before_a_name_and_the_first_of_two_names_counts() -> None:
    entries: dict[str, dict[str, Any]] = {
        "a": {"code": "a", "aliases": ["b", "shared"]},
        "b": {"code": "b", "name": "Shared"},
    }
    assert index_names(entries) == {"a": "a", "b": "b", "shared": "a"}
