from __future__ import annotations

from tests.model import made
from tests.model.made import codes, good, plain_of

NAME = "export-control"


def test_a_mistyped_control_gets_the_nearest_one() -> None:
    loc, code, message, hint = made.only(plain_of(NAME) | {"controls": ["licence", "prohibtion"]})
    assert (loc, code, hint) == (("controls", 1), "unknown-value", "did you mean prohibition?")
    assert "prohibtion" in message


def test_a_clause_may_say_whatever_the_control_says() -> None:
    whole = plain_of(NAME)
    clause = {"id": "2", "controls": ["tax"], "destinations": ["all"], "end_users": ["x"]}
    assert good(whole | {"clauses": [clause]})["clauses"] == [clause]


def test_the_days_of_review_are_a_whole_number() -> None:
    bad = plain_of(NAME) | {"licence": {"review_days": "4.5"}}
    assert codes(bad) == {"licence.review_days": "bad-number"}
