from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.index import lexicon, put, tables
from rexctl.vocabulary.vocabulary import shipped_vocabulary
from tests.index.rows import simple

if TYPE_CHECKING:
    from rexctl.index.tables import Index


@pytest.fixture(scope="module")
def index() -> Index:
    made = tables.open_index(None, "")
    put.put_codes(made, shipped_vocabulary().codes())
    put.put_members(made, shipped_vocabulary().members())
    for one in (simple("2025-10-09-a", tags=["rare-earths"], actors=["CN"]),
                simple("2025-10-10-b", tags=["rare-earths", "ports"], actors=["US"])):  # fmt: skip
        put.put_line(made, one.row, one.text)
    put.put_settings(made, {"title": "Mine"}, [("curbs", "type:export-control actor:CN")])
    return made


@pytest.mark.parametrize(
    ("kind", "code", "known"),
    [
        ("actor", "CN", True), ("actor", "CN/mofcom", True), ("actor", "firm", True),
        ("actor", "cn", False), ("actor", "C", False), ("actor", "CN/nobody", False),
        ("country", "NO", True), ("country", "XX", False),
        ("law", "us", True), ("law", "us/ieepa", True), ("law", "us/ieepa/fentanyl", True),
        ("law", "us/ieep", False), ("law", "us/nothing/more", False),
        ("product", "hs:28", True), ("product", "hs:2", True), ("product", "hs:2846", True),
        ("product", "hs:280530", True), ("product", "hs:2899", False), ("product", "hs:77", False),
        ("product", "material:dysprosium", True), ("product", "material:unobtainium", False),
        ("product", "us-eccn:3A090", True), ("product", "cn-customs:28053011", True),
    ],
)  # fmt: skip
def test_a_code_is_known_whole_or_as_the_beginning_of_one(
    index: Index, kind: str, code: str, known: bool
) -> None:
    assert lexicon.of(index).known(kind, code) is known


@pytest.mark.parametrize(
    ("kind", "given", "meant"),
    [
        ("actor", "China", "CN"), ("actor", "cn", "CN"), ("actor", "CN/MOFCOM", "CN/mofcom"),
        ("actor", "cn/mofcm", "CN/mofcom"), ("country", "Norway", "NO"), ("actor", "qqqqqqqq", ""),
        ("product", "dysprosium", "material:dysprosium"), ("product", "2846", "hs:2846"),
        ("product", "material:disprosium", "material:dysprosium"), ("product", "hs:2899", "hs:28"),
        ("product", "qqqqqqqq", ""),
    ],
)  # fmt: skip
def test_a_name_other_capitals_or_a_slip_lead_to_the_code_that_is_meant(
    index: Index, kind: str, given: str, meant: str
) -> None:
    assert lexicon.of(index).near(kind, given) == meant


def test_saved_queries_and_blocs_are_those_of_the_log(index: Index) -> None:
    words = lexicon.of(index)
    assert words.saved == {"curbs": "type:export-control actor:CN"}
    assert "EU" in words.blocs


def test_where_the_tables_of_hs_are_missing_no_code_is_refused() -> None:
    index = tables.open_index(None, "")
    assert lexicon.of(index).known("product", "hs:2899")
    assert not lexicon.of(index).known("product", "material:unobtainium")


@pytest.mark.parametrize(
    ("kind", "field", "start", "offered"),
    [
        ("id", "id", "2025-10", ["2025-10-10-b", "2025-10-09-a"]),
        ("id", "id", "2025-10-09", ["2025-10-09-a"]),
        ("actor", "actors", "cn/mofc", []),
        ("actor", "actors", "CN/mofc", ["CN/mofcom"]),
        ("slug", "tags", "", ["rare-earths", "ports"]),
        ("tag", "tags", "por", ["ports"]),
        ("product", "products", "material:dyspr", ["material:dysprosium"]),
    ],
)
def test_a_shell_is_offered_what_begins_so(
    index: Index, kind: str, field: str, start: str, offered: list[str]
) -> None:
    assert [word for word, _ in lexicon.begun(index, kind, field, start, 10)] == offered


def test_a_country_is_offered_by_small_letters_too_and_no_more_than_asked(index: Index) -> None:
    found = [word for word, _ in lexicon.begun(index, "actor", "actors", "c", 5)]
    assert len(found) == 5
    assert all(word.startswith(("c", "C")) for word in found)
    assert dict(lexicon.begun(index, "slug", "tags", "rare", 5)) == {"rare-earths": "2 events"}
