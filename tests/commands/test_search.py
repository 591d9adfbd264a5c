from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.commands.door import Door


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
