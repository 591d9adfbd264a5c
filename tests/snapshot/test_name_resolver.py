from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rexctl.snapshot import names
from rexctl.vocabulary.vocabulary import shipped_vocabulary
from tests.query.rows import simple
from tests.snapshot.lines import loaded

if TYPE_CHECKING:
    from rexctl.snapshot.snapshot import Snapshot


@pytest.fixture(scope="module")
def index() -> Snapshot:
    events = (simple("2025-10-09-a", tags=["rare-earths"], actors=["CN"]),
              simple("2025-10-10-b", tags=["rare-earths", "ports"], actors=["US"]))  # fmt: skip
    words = {"title": "Mine", "queries": {"curbs": "type:export-control actor:CN"}}
    snapshot = loaded(
        ((one.text, one.data) for one in events),
        shipped_vocabulary().members(),
        shipped_vocabulary().codes(),
    )
    db = snapshot._cache.db
    db.execute("UPDATE vocabularies SET settings = ?", (json.dumps(words),))
    stored = names.load_vocabulary(db, "")
    assert stored is not None
    snapshot.stored = stored
    return snapshot


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
    index: Snapshot, kind: str, code: str, known: bool
) -> None:
    assert index.names.is_known(kind, code) is known


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("actor", "China", "CN"), ("actor", "cn", "CN"), ("actor", "CN/MOFCOM", "CN/mofcom"),
        ("actor", "United States of America", "US"), ("country", "Norway", "NO"),
        ("product", "material:Dy", "material:dysprosium"), ("product", "us-eccn:3a090.A", "us-eccn:3A090.a"),
        ("law", "IEEPA", "us/ieepa"), ("currency", "usd", "USD"), ("actor", "qqqqqqqq", ""),
        ("law", "us/nothing", ""),
    ],
)  # fmt: skip
def test_a_name_or_other_capitals_are_the_code_that_add_stores(
    index: Snapshot, kind: str, given: str, code: str
) -> None:
    assert index.names.find(kind, given) == code


@pytest.mark.parametrize(
    ("kind", "given", "near"),
    [
        ("actor", "cn/mofcm", "CN/mofcom ("), ("actor", "Norwya", "NO (Norway)"),
        ("actor", "England", "GB-ENG (England)"),
        ("law", "us/ieep", "us/ieepa ("),
        ("product", "dysprosium", "material:dysprosium ("), ("product", "2846", "hs:2846 ("),
        ("product", "material:disprosium", "material:dysprosium ("),
    ],
)  # fmt: skip
def test_a_slip_leads_to_the_code_that_is_meant_with_its_name(
    index: Snapshot, kind: str, given: str, near: str
) -> None:
    assert index.names.nearest(kind, given).startswith(near)


@pytest.mark.parametrize(("kind", "given"), [("actor", "Narnia"), ("product", "qqqqqqqq")])
def test_no_code_is_guessed_where_none_is_near(index: Snapshot, kind: str, given: str) -> None:
    assert index.names.nearest(kind, given) == ""


def test_saved_queries_and_blocs_are_those_of_the_log(index: Snapshot) -> None:
    words = index.names
    assert words.saved == {"curbs": "type:export-control actor:CN"}
    assert "EU" in words.blocs


def test_where_the_tables_of_hs_are_missing_no_code_is_refused() -> None:
    index = loaded(())
    assert index.names.is_known("product", "hs:2899")
    assert not index.names.is_known("product", "material:unobtainium")


@pytest.mark.parametrize(
    ("kind", "field", "start", "offered"),
    [
        ("id", "id", "2025-10", ["2025-10-10-b", "2025-10-09-a"]),
        ("id", "id", "2025-10-09", ["2025-10-09-a"]),
        ("actor", "actors", "cn/mofc", ["cn/mofcom"]),
        ("actor", "actors", "CN/mofc", ["CN/mofcom"]),
        ("slug", "tags", "", ["rare-earths", "ports"]),
        ("tag", "tags", "por", ["ports"]),
        ("product", "products", "material:dyspr", ["material:dysprosium"]),
    ],
)
def test_a_shell_is_offered_what_begins_so(
    index: Snapshot, kind: str, field: str, start: str, offered: list[str]
) -> None:
    assert [word for word, _ in index.names.complete(kind, field, start, 10)] == offered


def test_a_country_is_offered_by_small_letters_too_and_no_more_than_asked(index: Snapshot) -> None:
    found = [word for word, _ in index.names.complete("actor", "actors", "c", 5)]
    assert len(found) == 5
    assert all(word.startswith(("c", "C")) for word in found)
    assert dict(index.names.complete("slug", "tags", "rare", 5)) == {"rare-earths": "2 events"}
