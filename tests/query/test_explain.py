from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from rexctl.query import Query, explain, parse, with_ids

if TYPE_CHECKING:
    from rexctl.query import NameResolver


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("type:tariff,meeting", "type is tariff or meeting"),
        ("not:type:tariff", "type is not tariff"),
        ("actor:CN", "actors is or begins with CN"),
        ("actors.all:US,CN", "actors is or begins with US and CN"),
        ("actor.in:G7", "actors is, on the event's date, in G7"),
        ("actor.ne:CN", "actors is not exactly CN"),
        ("date:2025-10", "date may be 2025-10 (2025-10-01 to 2025-10-31)"),
        ("date:2025-10-09", "date may be 2025-10-09"),
        ("date:today", "date may be today (2025-10-18)"),
        ("date.lt:2025-10", "date may be before 2025-10 (..2025-09-30)"),
        ("date.certain:2025-Q4..", "date is entirely in 2025-Q4.. (2025-10-01..)"),
        ("rate:5..10", "rates is 5..10"),
        ("rate.lt:5", "rates is less than 5"),
        ("has:effective", "effective is present"),
        ("missing:effective", "effective is absent"),
        ("title:Rare", 'title contains "Rare"'),
        ("title.re:a|b", 'title matches "a|b"'),
        ("rare earth", 'the text contains "rare earth"'),
    ],
)
def test_a_term_is_told_in_words(word: str, said: str, lexicon: NameResolver, today: date) -> None:
    assert explain(parse([word], lexicon, today), today) == said


def test_each_term_has_its_line(lexicon: NameResolver, today: date) -> None:
    told = explain(parse(["type:tariff", "actor:CN", "curbs"], lexicon, today), today)
    assert len(told.split("\n")) == 3


def test_no_term_asks_for_every_event() -> None:
    assert explain(Query(), date(2025, 10, 18)) == "every event"


def test_a_long_list_is_cut_and_an_empty_one_is_told() -> None:
    assert explain(with_ids(Query(), map(str, range(100))), date(2025, 10, 18)).endswith(
        "or 80 more"
    )
    assert "no values to match" in explain(with_ids(Query(), []), date(2025, 10, 18))


def test_what_is_told_cannot_steer_a_terminal(lexicon: NameResolver, today: date) -> None:
    assert "\x1b" not in explain(
        parse(["title:\x1b[31m", "\x1b]0;", "x-\x1b:1"], lexicon, today), today
    )
