from __future__ import annotations

from datetime import date

import pytest

from rexctl.query import NameResolver

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


class Lexicon(NameResolver):
    saved = SAVED
    blocs = ("G7", "EU")

    def is_known(self, kind: str, code: str) -> bool:
        return code in CODES[kind]

    def nearest(self, kind: str, text: str) -> str:
        return MEANT.get(text, "")


@pytest.fixture
def lexicon() -> NameResolver:
    return Lexicon()


@pytest.fixture
def today() -> date:
    return date(2025, 10, 18)
