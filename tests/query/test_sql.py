from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.query import Query, Term, Value
from rexctl.query.sql import condition
from tests.query.rows import Held, answers, events, filled, held, queries, simple


def asked(all_held: list[Held], *terms: Term, retracted: bool = False) -> set[str]:
    index = filled(all_held)
    rows = index.select(Query(terms), retracted=retracted)
    return {str(row.data["id"]) for row in rows}


def of_actor(op: str, *codes: str, negated: bool = False) -> Term:
    return Term("actors", "actor", op, tuple(map(Value, codes)), negated)


@given(st.lists(events, max_size=6), st.lists(queries, min_size=1, max_size=8), st.booleans())
def test_tables_answer_as_plain_python_does(
    datas: list[dict[str, Any]], many: list[Query], retracted: bool
) -> None:
    all_held = held(datas)
    index = filled(all_held)
    for query in many:
        wanted = sorted(h.text for h in all_held if answers(query, h, retracted=retracted))
        assert sorted(r.text for r in index.select(query, retracted=retracted)) == wanted
        assert index.count(query, retracted=retracted) == len(wanted)


def test_nothing_asked_is_everything_but_the_retracted() -> None:
    both = [simple("2025-10-09-a"), simple("2025-10-09-b", confidence="retracted")]
    assert asked(both) == {"2025-10-09-a"}
    assert asked(both, retracted=True) == {"2025-10-09-a", "2025-10-09-b"}


def test_a_value_is_bound_and_never_pasted_into_sql() -> None:
    evil = "x') OR 1=1 --"
    found = condition(
        Query((Term("tags", "slug", "eq", (Value(evil),)),), (evil,)), retracted=False
    )
    assert evil not in found.text
    assert evil in found.values
    assert asked([simple("2025-10-09-a")], Term("tags", "slug", "eq", (Value(evil),))) == set()


def test_an_actor_holds_its_own_bodies_and_not_what_begins_alike() -> None:
    three = [simple("2025-10-09-cn", actors=["CN"]), simple("2025-10-09-mofcom", actors=["CN/mofcom"]),
             simple("2025-10-09-cnx", actors=["CNX"]), simple("2025-10-09-low", actors=["CN-x"])]  # fmt: skip
    assert asked(three, of_actor("any", "CN")) == {"2025-10-09-cn", "2025-10-09-mofcom"}
    assert asked(three, of_actor("any", "CN", negated=True)) == {"2025-10-09-cnx", "2025-10-09-low"}
    assert asked(three, of_actor("eq", "CN")) == {"2025-10-09-cn"}


def test_all_wants_every_value_and_any_wants_one() -> None:
    two = [
        simple("2025-10-09-both", actors=["US/bis", "CN"]),
        simple("2025-10-09-one", actors=["CN"]),
    ]
    assert asked(two, of_actor("all", "US", "CN")) == {"2025-10-09-both"}
    assert asked(two, of_actor("any", "US", "CN")) == {"2025-10-09-both", "2025-10-09-one"}


@pytest.mark.parametrize(
    ("day", "found"),
    [("2013-06-17", True), ("2014-03-23", True), ("2014-03-24", False), ("1997-12-31", False),
     ("2014", True), ("2014-03-20/2014-03-30", True), ("2014-04", False)],
)  # fmt: skip
def test_a_bloc_has_the_members_of_the_days_of_the_event(day: str, found: bool) -> None:
    one = simple("2025-10-09-a", date=day, actors=["RU/mid"])
    assert bool(asked([one], of_actor("in", "G7"))) is found


def test_a_bloc_is_in_itself_with_its_bodies() -> None:
    three = [simple("2025-10-09-g7", actors=["G7"]), simple("2025-10-09-body", actors=["G7/presidency"]),
             simple("2025-10-09-g77", actors=["G77"])]  # fmt: skip
    assert asked(three, of_actor("in", "G7")) == {"2025-10-09-g7", "2025-10-09-body"}


def test_an_imprecise_date_overlaps_and_is_certain_only_inside() -> None:
    lo, hi = 739525, 739555  # 2025-10-01 to 2025-10-31
    window = (Value("2025-10", lo, hi),)
    two = [simple("2025-10-09-day"), simple("2025-10-09-year", date="2025"),
           simple("2025-10-09-week", date="2025-10-27/2025-11-02")]  # fmt: skip
    names = {"2025-10-09-day", "2025-10-09-year", "2025-10-09-week"}
    assert asked(two, Term("date", "date", "any", window)) == names
    assert asked(two, Term("date", "date", "certain", window)) == {"2025-10-09-day"}


def test_a_group_is_there_when_any_of_its_fields_is() -> None:
    two = [
        simple("2025-10-09-a", effective={"until": "2026-01-01"}),
        simple("2025-10-09-b", type="statement", status="made"),
    ]
    group = Term("effective", "", "has")
    assert asked(two, group) == {"2025-10-09-a"}
    assert asked(two, Term("effective", "", "has", (), True)) == {"2025-10-09-b"}


def test_a_name_that_begins_alike_is_no_part_of_a_group() -> None:
    one = simple("2025-10-09-a", **{"x-effect": "much", "x-effects": {"inner": "more"}})
    assert asked([one], Term("x-effec", "", "has")) == set()
    assert asked([one], Term("x-effects", "", "has")) == {"2025-10-09-a"}


def test_text_is_found_without_case_and_accents_and_signs_of_sql_are_signs() -> None:
    two = [
        simple("2025-10-09-a", title="Türkiye takes 100% off"),
        simple("2025-10-09-b", title="1000 off"),
    ]
    title = lambda text: Term("title", "text", "any", (Value(text),))  # noqa: E731
    assert asked(two, title("TURKIYE")) == {"2025-10-09-a"}
    assert asked(two, title("100%")) == {"2025-10-09-a"}
    assert asked(two, title("_")) == set()


def test_a_term_without_values_holds_for_no_event_and_its_opposite_for_all() -> None:
    one = [simple("2025-10-09-a")]
    assert asked(one, Term("id", "id", "eq")) == set()
    assert asked(one, Term("id", "id", "eq", (), True)) == {"2025-10-09-a"}
