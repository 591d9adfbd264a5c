from __future__ import annotations

import pytest

from rexctl.cache.leaves_of import root
from rexctl.model.types.tariff import Tariff
from rexctl.store.canonical.places import OtherWise, Place, text_of
from rexctl.vocabulary.vocabulary import shipped


def tariff() -> Place:
    return Place("tariff", Tariff, root("tariff"), {"vocabulary": shipped()})


def test_a_line_says_its_member_and_its_leaves() -> None:
    said = tariff().line("date: 2025-10-09")
    assert (said.text, said.json) == ("2025-10-09", '"date": "2025-10-09"')
    assert [leaf[:2] for leaf in said.values] == [("date", "2025-10-09")]


def test_lines_are_kept_but_for_those_that_are_an_events_own() -> None:
    place = tariff()
    assert place.line("status: adopted") is place.lines["status: adopted"]
    place.line("id: 2025-10-09-a")
    assert list(place.lines) == ["status: adopted"]


def test_the_chief_line_of_a_mapping_speaks_for_the_mapping_too() -> None:
    below = tariff().keys["effective"].below
    said = below.line("from: 2025-10-09")
    assert [leaf[0] for leaf in said.headed] == ["effective"]
    assert [leaf[0] for leaf in said.values] == ["effective.from"]
    assert below.line("until: 2025-10-10").headed == ()


def test_the_leaves_of_a_clause_are_those_of_the_measure_too() -> None:
    clause = tariff().keys["clauses"].below
    rate = clause.keys["rates"].below
    assert [leaf[0] for leaf in rate.line("value: 5").values] == [
        "clauses.rates.value",
        "rates.value",
    ]


def test_where_no_mapping_can_stand_none_is_looked_for() -> None:
    with pytest.raises(OtherWise):
        _ = tariff().keys["title"].below


@pytest.mark.parametrize("raw", ["", '"', '""x', "'a'", '"a"', "a: b", " a", '"a\\nb"', "~"])
def test_a_text_that_canon_writes_otherwise_is_refused(raw: str) -> None:
    with pytest.raises(OtherWise):
        text_of(raw)


def test_a_text_in_quotes_is_read() -> None:
    assert text_of('"say \\"x: y\\" \\\\"') == 'say "x: y" \\'
