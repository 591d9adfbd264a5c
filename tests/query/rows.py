"""Random events, tables that hold them, and a query answered by plain Python."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import strategies as st

from rexctl.cache.event_row import EventRow, make_row
from rexctl.model.tables import FIELDS
from rexctl.query import Query, Term, Value
from rexctl.values import dates
from rexctl.values.codes import is_prefix
from rexctl.values.text import comparison_key
from tests.snapshot.lines import MEMBERS, loaded
from tests.store.logs import event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rexctl.snapshot.snapshot import Snapshot

DAYS = ("2025-10-09", "2025-10-10", "2025-10", "2025", "2025-10-20/2025-10-26", "2025/..", "../2024",
        "1999-12-31", "2025-10-09~")  # fmt: skip
ACTORS = ("CN", "CN/mofcom", "CNX", "US", "US/bis", "G7", "G7/presidency", "DE", "RU")
PRODUCTS = ("hs:28", "hs:2846", "hs:280530", "hs:85", "material:dysprosium", "us-eccn:1E902")
LAWS = ("us/ieepa", "us/ieepa/fentanyl", "us/ieepax", "cn/export-control-law")
TEXTS = (
    "Türkiye ships %_ ores",
    "RARE earths",
    "100_% of it",
    "稀土",
    "a 'quoted' \"one\"",
    "rare\nearths",
)
NUMBERS = ("0", "-1.5", "100", "10.50", "0.1", "25")
URLS = ("https://example.org/a", "https://example.org/B?q=1")
SLUGS = ("rare-earths", "rare", "no")
IDS = ("2025-10-09-cn-a", "2025-10-09-cn-ab", "2025-10-10-us-b", "2024-x-one")
TODAY = date(2025, 10, 18)
_window = st.fixed_dictionaries(
    {}, optional={key: st.sampled_from(DAYS) for key in ("from", "until", "through")}
).filter(bool)
_clause = st.fixed_dictionaries(
    {"id": st.sampled_from(["1", "1(1)"])},
    optional={
        "effective": _window,
        "products": st.lists(st.sampled_from(PRODUCTS), min_size=1, max_size=2),
        "rates": st.lists(
            st.fixed_dictionaries({"value": st.sampled_from(NUMBERS)}), min_size=1, max_size=2
        ),
    },
)
_link = st.fixed_dictionaries(
    {"rel": st.sampled_from(["amends", "responds-to"]), "to": st.sampled_from(IDS)}
)


def _lists(values: Sequence[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3)


events = st.fixed_dictionaries(
    {
        "id": st.sampled_from(IDS),
        "type": st.just("tariff"),
        "title": st.sampled_from(TEXTS[:-1]),
        "date": st.sampled_from(DAYS),
        "status": st.sampled_from(["adopted", "threatened"]),
        "actors": _lists(ACTORS),
    },
    optional={
        "time": st.sampled_from(["09:00", "23:59"]),
        "summary": st.sampled_from(TEXTS),
        "affected": _lists(ACTORS),
        "legal_basis": _lists(LAWS),
        "products": st.lists(
            st.one_of(
                st.sampled_from(PRODUCTS),
                st.fixed_dictionaries({"code": st.sampled_from(PRODUCTS)}),
            ),
            min_size=1,
            max_size=2,
        ),
        "rates": st.lists(
            st.fixed_dictionaries({"value": st.sampled_from(NUMBERS)}), min_size=1, max_size=2
        ),
        "effective": _window,
        "clauses": st.lists(_clause, min_size=1, max_size=2),
        "links": st.lists(_link, min_size=1, max_size=2),
        "sources": st.lists(
            st.fixed_dictionaries({"url": st.sampled_from(URLS)}), min_size=1, max_size=2
        ),
        "confidence": st.sampled_from(["confirmed", "retracted", "likely"]),
        "tags": _lists(SLUGS),
        "review_by": st.sampled_from(["2025-10-09", "2026-01-01"]),
        "x-extra": st.sampled_from(TEXTS),
    },
)

# What may be asked for of each kind.
_ASKED: dict[str, tuple[str, ...]] = {
    "id": (*IDS, "2025-10-09", "2025-10-09-cn"), "text": ("turkiye", "RARE", "%", "_", "'", "土"),
    "prose": ("turkiye", "earths", "100_%"), "extra": ("rare", "TÜRK"), "url": ("/b?", "example"),
    "actor": ACTORS, "product": (*PRODUCTS, "hs:2805"), "law": (*LAWS, "us"), "slug": SLUGS,
    "word": ("tariff", "adopted", "retracted", "likely", "amends"), "time": ("09:00",),
}  # fmt: skip
_PATTERNS = ("^CN", "rare|RARE", "[0-9]+%", "x$", "ores")
_FIELDS = ("id", "type", "status", "title", "date", "time", "summary", "actors", "affected", "legal_basis",
           "products", "products.code", "rates", "rates.value", "effective", "effective.from",
           "effective.until", "clauses.products", "clauses.effective.from", "links", "links.rel", "links.to",
           "sources", "sources.url", "confidence", "tags", "review_by", "x-extra", "clauses")  # fmt: skip
_GROUPS = ("effective", "clauses", "links", "sources", "place", "instrument")


def kind_of(field: str) -> str:
    return FIELDS[field].kind if field in FIELDS else "extra"


def _values(kind: str, op: str) -> st.SearchStrategy[Value]:
    if op == "re":
        return st.sampled_from(_PATTERNS).map(Value)
    if op == "in":
        return st.just(Value("G7"))
    if kind in ("date", "day"):
        shapes = ("2025", "2025-10", "2025-10-09", "2025-10..2025-12", "2025..", "..2024", "90d")
        return st.sampled_from(shapes).map(
            lambda text: Value(text, *dates.parse_range(text, TODAY))
        )
    if kind in ("number", "integer"):
        low_high = st.tuples(st.sampled_from(NUMBERS), st.sampled_from(NUMBERS))
        return low_high.map(lambda two: Value("..", *sorted(map(float, two))))
    return st.sampled_from(_ASKED[kind]).map(Value)


@st.composite
def terms(draw: st.DrawFn) -> Term:
    field = draw(st.sampled_from(_FIELDS))
    kind = kind_of(field)
    ops = ["any", "all", "only", "eq", "has"]
    ops += ["certain"] if kind in ("date", "day") else []
    ops += ["in"] if kind == "actor" else []
    ops += ["re"] if kind not in ("word", "number", "integer", "date", "day") else []
    op = draw(st.sampled_from(ops))
    negated = draw(st.booleans())
    if op == "has":
        return Term(draw(st.sampled_from((field, *_GROUPS))), "", op, (), negated)
    return Term(field, kind, op, tuple(draw(st.lists(_values(kind, op), max_size=2))), negated)


queries = st.builds(
    Query,
    st.lists(terms(), max_size=3).map(tuple),
    st.lists(st.sampled_from(["turkiye", "RARE", "rare", "CN", "nowhere"]), max_size=2).map(tuple),
)


class Held(NamedTuple):
    """An event in the tables: what was put, its row, and the number of its turn."""

    data: dict[str, Any]
    row: EventRow
    text: str


def held(datas: Iterable[dict[str, Any]]) -> list[Held]:
    """Number the events, so that each has a line of its own."""
    return [
        Held(data, make_row(data), f'{{"id": "{data["id"]}", "number": {n}}}')
        for n, data in enumerate(datas)
    ]


def filled(all_held: Iterable[Held]) -> Snapshot:
    """Return a snapshot that holds these events and no others."""
    return loaded([(one.text, one.data) for one in all_held])


def simple(name: str, **more: Any) -> Held:
    """Hold one event, written as a test needs it."""
    data = event(name, **more)
    return Held(data, make_row(data), f'{{"id": "{name}"}}')


def answers(query: Query, one: Held, *, retracted: bool) -> bool:
    """Tell in plain Python whether an event answers a query."""
    if not retracted and one.data.get("confidence") == "retracted":
        return False
    row = one.row
    body = re.findall(r"[^\W_]+", comparison_key(f"{row.title}\n{row.prose}\n{row.sources}"))
    words = all(comparison_key(word) in body for word in query.words)
    return words and all(_holds(term, one) != term.negated for term in query.terms)


def leaves(one: Held, field: str) -> list[str]:
    return [text for name, text, *_ in one.row.values if name == field]


def _holds(term: Term, one: Held) -> bool:
    if term.op == "has":
        names = {name for name, *_ in one.row.values}
        return any(name == term.field or name.startswith(f"{term.field}.") for name in names)
    if not term.values:
        return False
    found = leaves(one, term.field)
    if term.op == "only":
        return bool(found) and all(
            any(_one(term, value, text, one) for value in term.values) for text in found
        )
    needed = all if term.op == "all" else any
    return needed(any(_one(term, value, text, one) for text in found) for value in term.values)


def _one(term: Term, value: Value, text: str, one: Held) -> bool:
    match term.op:
        case "re":
            return re.search(value.text, text, re.IGNORECASE) is not None
        case "in":
            return any(_is_in(value.text, text, day) for day in _days(one.data["date"]))
        case "certain":
            low, high = dates.span(text)
            return value.lo <= low and high <= value.hi
        case "eq":
            return (
                _window(text, term.kind) == (value.lo, value.hi)
                if value.lo is not None
                else text == value.text
            )
    if term.comparison == "overlap":
        low, high = _window(text, term.kind)
        return low <= value.hi and value.lo <= high
    if term.comparison == "contains":
        return comparison_key(value.text) in comparison_key(text)
    if term.comparison == "prefix":
        return (
            text.startswith(value.text)
            if term.kind == "id"
            else is_prefix(term.kind, value.text, text)
        )
    return text == value.text


def _window(text: str, kind: str) -> tuple[float, float]:
    return dates.span(text) if kind in ("date", "day") else (float(text), float(text))


def _days(text: str) -> Iterator[int]:
    """The days that decide on membership: each bound, and each border within."""
    low, high = dates.span(text)
    borders = [dates.span(day)[0] for _, _, *window in MEMBERS for day in window if day]
    yield from {low, high, *(day for b in borders for day in (b - 1, b) if low <= day <= high)}


def _is_in(bloc: str, actor: str, day: int) -> bool:
    if is_prefix("actor", bloc, actor):
        return True
    return any(
        of == bloc and is_prefix("actor", member, actor)
        and (not since or dates.span(since)[0] <= day)
        and (not until or day < dates.span(until)[0])
        for of, member, since, until in MEMBERS
    )  # fmt: skip
