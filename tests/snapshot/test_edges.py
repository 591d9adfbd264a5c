"""What no tidy log holds and a snapshot must still answer rightly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.errors import UsageError
from rexctl.query import Query, Term, Value, with_ids
from rexctl.snapshot.snapshot import Snapshot
from rexctl.values.codes import SCHEMES
from rexctl.values.dates import HIGHEST, LOWEST
from tests.query.rows import filled, simple
from tests.snapshot.lines import loaded
from tests.store.logs import event, log_of

if TYPE_CHECKING:
    from pathlib import Path

NOTHING = filled([])
A, B = simple("2025-10-09-a"), simple("2025-10-10-b")


def of_lines(*lines: dict[str, Any]) -> Snapshot:
    """Return a snapshot that holds lines as `filter` reads them."""
    return loaded(("{}", line) for line in lines)


# Questions


@pytest.mark.slow
def test_a_hundred_thousand_ids_may_be_asked_for() -> None:
    names = [f"2025-01-01-{number}" for number in range(100_000)]
    index = filled([A, B])
    assert index.count(with_ids(Query(), [*names, "2025-10-09-a"])) == 1
    assert index.count(with_ids(Query(), [])) == 0
    assert index.count(with_ids(Query(), None)) == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("field", "kind"), [("title", "text"), ("links.to", "id"), ("actors", "actor")]
)
def test_many_values_are_answered_and_too_many_are_told(field: str, kind: str) -> None:
    def asked(many: int) -> Query:
        return Query((Term(field, kind, "any", tuple(Value(f"v{n}") for n in range(many))),))

    index = filled([A])
    assert index.count(asked(2_000)) == 0
    with pytest.raises(UsageError, match="holds over"):
        index.count(asked(40_000))


@pytest.mark.slow
def test_words_as_many_as_a_line_can_hold_are_answered() -> None:
    index = filled([A])
    assert index.count(Query(words=tuple(f"w{n}" for n in range(15_000)))) == 0
    assert index.count(Query(words=("tells",) * 15_000)) == 1


def test_a_word_that_is_no_utf8_is_a_word_like_any_other() -> None:
    index = of_lines({"title": "broken \udcff here"}, {"title": "whole"})
    assert index.count(Query(words=("\udcff",))) == 1
    assert index.count(Query(words=("\udcfe",))) == 0
    asked = Term("title", "text", "eq", (Value("broken \udcff here"), Value("other")))
    assert index.count(Query((asked,))) == 1
    assert index.event("\udcff") is None


@pytest.mark.parametrize("last", ["\U0010ffff", "\ud7ff", "\x00", "é"])
def test_the_last_sign_of_a_beginning_may_be_any(last: str) -> None:
    index = of_lines({"products": [f"us-eccn:3A{last}5"]}, {"products": ["us-eccn:3A"]})
    asked = Term("products", "product", "any", (Value(f"us-eccn:3A{last}"),))
    assert index.count(Query((asked,))) == 1


def test_an_open_end_lies_wholly_in_all_of_time() -> None:
    ends = Term("date", "date", "certain", (Value("ever", LOWEST, HIGHEST),))
    index = of_lines(
        {"date": "../2025"}, {"date": "2025/.."}, {"date": "2025"}, {"title": "undated"}
    )
    assert index.count(Query((ends,))) == 3


def test_confidence_that_is_not_said_is_confirmed() -> None:
    index = filled([A, simple("2025-10-11-c", confidence="likely")])
    asked = Query((Term("confidence", "word", "any", (Value("confirmed"),)),))
    assert [row.text for row in index.select(asked)] == [A.text]
    assert dict(index.values("confidence", Query())) == {"confirmed": "1", "likely": "1"}


def test_values_of_retracted_events_count_where_confidence_is_asked() -> None:
    index = filled([A, simple("2025-10-11-c", confidence="retracted", tags=["z"])])
    assert [v for v, _ in index.values("tags", Query())] == []
    asked = Query((Term("confidence", "word", "any", (Value("retracted"),)),))
    assert [v for v, _ in index.values("tags", asked)] == ["z"]


def test_a_link_to_a_former_id_leads_to_the_event(tmp_path: Path) -> None:
    links = [{"rel": "amends", "to": "2025-10-09-a"}, {"rel": "responds-to", "to": "2025-10-08-was"},
             {"rel": "amends", "to": "2025-10-01-other"}]  # fmt: skip
    log = log_of(tmp_path, event("2025-10-09-a", aliases=["2025-10-08-was"]),
                 event("2025-10-10-b", links=links))  # fmt: skip
    with Snapshot.open(log) as snapshot:
        found = snapshot.links_to("2025-10-09-a")
        assert [(link["rel"], link["from"]) for link in found] == [
            ("amends", "2025-10-10-b"), ("responds-to", "2025-10-10-b"),
        ]  # fmt: skip
        assert snapshot.links_to("2025-10-10-b") == []


# Codes


def test_a_law_that_is_in_use_is_known_though_no_list_has_it() -> None:
    clauses = [{"id": "1", "legal_basis": ["us/s999/part-b"]}]
    words = filled([simple("2025-10-09-a", clauses=clauses)]).names
    assert words.is_known("law", "us/s999")
    assert words.is_known("law", "us/s999/part-b")
    assert not words.is_known("law", "us/s99")


@pytest.mark.parametrize(
    ("code", "meant"),
    [("us-eccn:3a090.A", "us-eccn:3A090.a"), ("us-eccn:shoes", ""), ("us-hts:8542x", ""),
     ("us-hts:12345678901", ""), ("cn-control:1c902", "cn-control:1C902"), ("nowhere:1", "")],
)  # fmt: skip
def test_a_slip_in_the_shape_of_a_national_code_is_told(code: str, meant: str) -> None:
    words = filled([]).names
    assert not words.is_known("product", code)
    assert words.find("product", code) == meant


@given(st.sampled_from([s for s in SCHEMES if s != "hs"]), st.data())
def test_whatever_a_file_may_hold_may_be_asked_for_and_its_beginnings_too(
    scheme: str, data: st.DataObject
) -> None:
    code = data.draw(st.from_regex(SCHEMES[scheme][0].pattern, fullmatch=True))
    words = NOTHING.names
    assert all(words.is_known("product", f"{scheme}:{code[:n]}") for n in range(1, len(code) + 1))


@pytest.mark.parametrize("code", ["us-eccn:3", "us-eccn:3A", "us-eccn:3A090.a.1", "us-hts:8542",
                                  "cn-customs:28053011", "cn-control:1C902"])  # fmt: skip
def test_a_national_code_and_its_beginnings_are_known(code: str) -> None:
    assert filled([]).names.is_known("product", code)
