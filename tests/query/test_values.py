from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from rexctl.errors import UsageError
from rexctl.query import Value
from rexctl.query.parse import parse_name
from rexctl.query.terms import ValueContext, parse_value

if TYPE_CHECKING:
    from rexctl.query import NameResolver


def value(term: str, lexicon: NameResolver) -> Value:
    name, _, text = term.partition(":")
    return parse_value(text, ValueContext(*parse_name(name)[:3], lexicon, date(2025, 10, 18)))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("type:tariff", "tariff"),
        ("actor:CN/mofcom", "CN/mofcom"),
        ("actor.in:G7", "G7"),
        ("affected:all", "all"),
        ("place.country:NO", "NO"),
        ("legal_basis:us", "us"),
        ("product:hs:28", "hs:28"),
        ("product:hs:2805.30", "hs:280530"),
        ("product:us-eccn:1E902", "us-eccn:1E902"),
        ("product:material:dysprosium", "material:dysprosium"),
        ("title: Rare Earth ", "Rare Earth"),
        ("source:https://example.org", "https://example.org"),
        ("tags:rare-earths", "rare-earths"),
        ("time:20:30", "20:30"),
        ("tz:Asia/Shanghai", "Asia/Shanghai"),
        ("id:2025-10", "2025-10"),
        ("x-desk:Brussels", "Brussels"),
        ("title.re:no. 6[12]", "no. 6[12]"),
        ("status.eq:adopted", "adopted"),
    ],
)
def test_a_legal_value_is_given_in_its_canonical_form(
    term: str, text: str, lexicon: NameResolver
) -> None:
    assert value(term, lexicon) == Value(text)


def test_dates_and_numbers_bear_windows(lexicon: NameResolver) -> None:
    day = date(2025, 10, 9).toordinal()
    assert value("date:2025-10-09", lexicon) == Value("2025-10-09", day, day)
    assert value("review_by:2025-10-09", lexicon).hi == day
    assert value("rate:5..10", lexicon) == Value("5..10", 5.0, 10.0)


@pytest.mark.parametrize(
    ("term", "code", "hint"),
    [
        ("type:tarif", "unknown-type", "did you mean tariff?"),
        ("confidence:x", "unknown-confidence", "retracted"),
        ("links.rel:suspend", "unknown-rel", "did you mean suspends?"),
        ("actor:China", "unknown-actor", "did you mean CN?"),
        ("actor:ZZ", "unknown-actor", "rexctl stats --by actors"),
        ("actor:all", "unknown-actor", "rexctl stats --by actors"),
        ("actor.in:G8", "unknown-bloc", "such as EU, G7"),
        ("place.country:XX", "unknown-country", "rexctl stats --by place.country"),
        ("legal_basis:us/eeipa", "unknown-law", "rexctl stats"),
        ("product:dysprosium", "unknown-product", "did you mean material:dysprosium?"),
        ("product:hs:2899", "unknown-product", "did you mean hs:2846?"),
        ("product:hx:28", "unknown-product-scheme", "hs"),
        ("product:hs:", "bad-value", "write hs:CODE"),
        ("date:9.10.2025", "bad-value", "write 2025-10-09 or 2025-09-10"),
        ("rate:10%", "bad-value", "write 10"),
        ("tz:Asia/Shangai", "unknown-time-zone", "did you mean Asia/Shanghai?"),
        ("title:", "bad-value", "has:title"),
        ("title: ", "bad-value", "has:title"),
        ("title.re:(a", "bad-value", "write"),
    ],
)
def test_what_is_not_legal_is_refused_with_what_was_meant(
    term: str, code: str, hint: str, lexicon: NameResolver
) -> None:
    with pytest.raises(UsageError) as fault:
        value(term, lexicon)
    assert fault.value.code == code
    assert hint in fault.value.hint
    assert fault.value.exit_code == 2


@pytest.mark.parametrize(
    "term", ["time:9:00", "time:24:00", "tags:Rare Earths", "id:../../etc", "id:A"]
)
def test_a_value_without_the_shape_of_its_kind_is_refused(term: str, lexicon: NameResolver) -> None:
    with pytest.raises(UsageError) as fault:
        value(term, lexicon)
    assert fault.value.message.startswith(term)
