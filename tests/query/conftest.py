from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from rexctl.query import Lexicon


class Field(NamedTuple):
    kind: str
    values: tuple[str, ...] = ()


FIELDS = {
    "id": Field("id"),
    "type": Field("word", ("tariff", "export-control", "meeting")),
    "status": Field("word", ("adopted", "threatened", "held")),
    "title": Field("text"),
    "date": Field("date"),
    "time": Field("time"),
    "tz": Field("zone"),
    "actors": Field("actor"),
    "affected": Field("actor"),
    "place.country": Field("country"),
    "products": Field("product"),
    "products.code": Field("product"),
    "legal_basis": Field("law"),
    "rates": Field("number"),
    "rates.value": Field("number"),
    "effective.from": Field("date"),
    "effective.until": Field("date"),
    "links": Field("id"),
    "links.rel": Field("word", ("suspends", "responds-to")),
    "links.to": Field("id"),
    "sources": Field("url"),
    "sources.url": Field("url"),
    "confidence": Field("word", ("confirmed", "retracted")),
    "review_by": Field("day"),
    "tags": Field("slug"),
}
ALIASES = {
    "actor": "actors",
    "product": "products",
    "rate": "rates",
    "link": "links",
    "tag": "tags",
    "source": "sources",
}
CODES = {
    "actor": {"CN", "CN/mofcom", "US"},
    "country": {"CN", "NO"},
    "law": {"us", "us/ieepa"},
    "product": {"hs:28", "hs:280530", "material:dysprosium", "us-eccn:1E902"},
}
MEANT = {"China": "CN", "dysprosium": "material:dysprosium", "hs:2899": "hs:2846"}
SAVED = {
    "curbs": "type:export-control actor:CN",
    "phrase": 'title:"rare earth" @curbs',
    "snake": "@tail",
    "tail": "@snake",
    "nothing": " ",
    "broken": "title:'rare",
}


@pytest.fixture
def lexicon() -> Lexicon:
    return Lexicon(
        FIELDS,
        ALIASES,
        known=lambda kind, code: code in CODES[kind],
        near=lambda kind, code: MEANT.get(code, ""),
        saved=SAVED,
        blocs=("G7", "EU"),
    )


@pytest.fixture
def today() -> date:
    return date(2025, 10, 18)
