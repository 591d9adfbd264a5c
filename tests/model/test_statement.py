from __future__ import annotations

from tests.model import made
from tests.model.made import good, plain_of

NAME = "statement"


def test_a_statement_is_made_and_nothing_else() -> None:
    _, code, message, _ = made.only(plain_of(NAME) | {"status": "adopted"})
    assert (code, message) == ("unknown-value", "adopted: status is one of made")


def test_who_spoke_may_be_an_office_without_a_name() -> None:
    assert good(plain_of(NAME) | {"speaker": {"office": "a spokesperson", "actor": "China"}})[
        "speaker"
    ] == {"office": "a spokesperson", "actor": "CN"}
