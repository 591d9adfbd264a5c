"""From the event's data to the answer: the whole way against a query read plainly off the data.

`rows.py` reads the leaves from the row; here nothing of ours stands between data and answer.
"""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rexctl.model.tables import FIELDS
from rexctl.query import Query, Term, Value
from rexctl.values.dates import span
from tests.query import naive
from tests.query.rows import filled, held
from tests.snapshot.lines import MEMBERS

DATES = ("2014-03-23", "2014-03-24", "2014", "2020-01-31", "2025-10-09", "2025-10", "2025", "2025-10-01/2026-01",
         "../2024", "2025-11/..", "2026-02-28~")  # fmt: skip
POOLS: dict[str, tuple[str, ...]] = {
    "actor": ("CN", "CN/mofcom", "CNX", "CN1", "US", "DE/bmwk", "RU", "G7", "G7/presidency"),
    "product": ("hs:28", "hs:2846", "hs:280530", "material:dysprosium", "us-eccn:3A090",
                "us-eccn:3A090.a", "material:dysprosium-oxide"),
    "law": ("us/ieepa", "us/ieepa/fentanyl", "us/ieepax", "cn/export-control-law"),
    "text": ("Türkiye raises duties", "duties", "100% tariff_threat", "ŁÓDŹ", "a'b\"c;--"),
    "slug": ("rare-earths", "rare", "fentanyl"),
    "number": ("10", "10.50", "5", "-3.25", "100"),
    "date": DATES, "day": ("2025-10-09", "2026-01-31"),
    "url": ("https://example.org/A?b=1", "https://example.org/"),
}  # fmt: skip
POOLS["prose"] = POOLS["claim"] = POOLS["extra"] = POOLS["text"]
WORDS = {"type": ("tariff", "export-control"), "status": ("threatened", "adopted"),
         "confidence": ("confirmed", "likely", "retracted"),
         "rates.unit": ("percent", "percentage-points"), "links.rel": ("suspends", "amends"),
         "sources.attribution": ("on-record", "anonymous")}  # fmt: skip
ATTRIBUTION = {"attribution": st.sampled_from(WORDS["sources.attribution"])}
POOLS["id"] = ("2025-10-09-a", "2025-10-09-ab", "2025-10", "2025-11-07-b", "9")


def one(kind: str) -> st.SearchStrategy[str]:
    return st.sampled_from(POOLS[kind])


def some(value: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(value, min_size=1, max_size=3)


PRODUCT = one("product") | st.fixed_dictionaries(
    {"code": one("product")}, optional={"role": st.just("reference")}
)
OWN = {
    "affected": some(one("actor")), "products": some(PRODUCT), "legal_basis": some(one("law")),
    "effective": st.fixed_dictionaries({"from": one("date")}, optional={"until": one("date")}),
    "rates": some(st.fixed_dictionaries(
        {"value": one("number"), "unit": st.sampled_from(WORDS["rates.unit"])})),
}  # fmt: skip
CLAUSE = st.fixed_dictionaries(
    {"id": st.sampled_from(("1", "2")), "title": one("text")}, optional=OWN
)
EVENT = st.fixed_dictionaries(
    {"id": one("id"), "type": st.just("tariff"), "title": one("text"), "date": one("date"),
     "status": st.sampled_from(WORDS["status"]), "actors": some(one("actor"))},
    optional={
        **OWN, "summary": one("text"), "tags": some(one("slug")), "review_by": one("day"),
        "confidence": st.sampled_from(WORDS["confidence"]), "x-own": one("text"),
        "links": some(st.fixed_dictionaries(
            {"rel": st.sampled_from(WORDS["links.rel"]), "to": one("id")})),
        "sources": some(st.fixed_dictionaries({"url": one("url")}, optional=ATTRIBUTION)),
        "claims": some(st.fixed_dictionaries({"text": one("text")}, optional=ATTRIBUTION)),
        "clauses": some(CLAUSE),
    },
)  # fmt: skip
EVENTS = st.lists(EVENT, max_size=8, unique_by=lambda e: str(e["id"]))
ASKED = ("id", "type", "status", "confidence", "date", "title", "actors", "affected", "products",
         "products.code", "legal_basis", "effective.from", "clauses.effective.from", "rates",
         "rates.value", "rates.unit", "summary", "tags", "review_by", "links", "links.to",
         "links.rel", "sources", "sources.url", "sources.attribution", "clauses", "clauses.title", "clauses.products",
         "x-own")  # fmt: skip


OFTEN = ("actors", "affected", "date", "products", "legal_basis")


@st.composite
def terms(draw: st.DrawFn) -> Term:
    field = draw(st.sampled_from(OFTEN) | st.sampled_from(ASKED))
    kind = FIELDS[field].kind if field in FIELDS else "extra"
    ops = ["any", "all", "only", "eq", "has"]
    ops += ["certain"] if kind in ("date", "day") else ["in", "in"] if kind == "actor" else []
    ops += [] if kind in ("date", "day", "number", "word") else ["re"]
    ops += ["rests-on"] * 5 if field == "sources.attribution" else []
    op = draw(st.sampled_from(ops))
    found = () if op == "has" else tuple(draw(st.lists(_value(field, kind, op), max_size=3)))
    if op == "has" and draw(st.booleans()):
        return Term(
            draw(st.sampled_from(("effective", "clauses", "links"))),
            "",
            "has",
            (),
            draw(st.booleans()),
        )
    return Term(field, kind, op, found, draw(st.booleans()))


def _value(field: str, kind: str, op: str) -> st.SearchStrategy[Value]:
    if op == "re":
        return st.sampled_from(("a", "CN", "duties", "hs")).map(Value)
    if op == "in":
        return st.sampled_from(("G7", "nobody")).map(Value)
    if kind in ("date", "day"):
        ends = st.sampled_from([(d, *span(d)) for d in DATES])
        return ends.map(lambda end: Value(*end))
    if kind == "number":
        pairs = st.tuples(one("number"), one("number")).map(lambda p: sorted(map(float, p)))
        return pairs.map(lambda p: Value("n", p[0], p[1]))
    return st.sampled_from(WORDS[field] if field in WORDS else POOLS[kind]).map(Value)


QUERIES = st.builds(
    Query,
    st.lists(terms(), max_size=2).map(tuple),
    st.lists(st.sampled_from(("duties", "turkiye", "cn", "threat", "c")), max_size=1).map(tuple),
)


@given(EVENTS, st.lists(QUERIES, min_size=1, max_size=12), st.booleans())
def test_the_answer_is_that_of_a_plain_reading_of_the_data(
    events: list[dict[str, Any]], queries: list[Query], retracted: bool
) -> None:
    index = filled(held(events))
    for query in queries:
        expected = naive.answers(events, query, MEMBERS, retracted=retracted)
        found = index.select(query, retracted=retracted)
        assert [row.data["id"] for row in found] == expected
        assert index.count(query, retracted=retracted) == len(expected)


SORTS = st.lists(
    st.tuples(st.sampled_from([f for f in FIELDS if not f.startswith(("clauses", "state"))]), st.booleans()),
    min_size=1, max_size=3,
)  # fmt: skip


@given(EVENTS, SORTS)
def test_the_order_is_that_of_a_plain_sort_of_the_data(
    events: list[dict[str, Any]], sort: list[tuple[str, bool]]
) -> None:
    rows = filled(held(events)).select(Query(), sort=sort, retracted=True)
    assert [row.data["id"] for row in rows] == naive.in_order(events, sort)
