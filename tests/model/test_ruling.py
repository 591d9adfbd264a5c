from __future__ import annotations

from rexctl.model.tables import TYPES
from tests.model.made import codes, good, plain_of

NAME = "ruling"


def test_it_is_no_measure_and_has_a_window_and_clauses() -> None:
    assert not TYPES[NAME].measure
    window = {"effective": {"from": "2025-06-01", "until": "2025-07-01"}, "clauses": ["1"]}
    assert good(plain_of(NAME) | window)["clauses"] == [{"id": "1"}]


def test_relief_is_one_of_the_words_of_courts() -> None:
    assert codes(plain_of(NAME) | {"relief": ["annuls"]}) == {"relief.0": "unknown-value"}
