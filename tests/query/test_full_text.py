from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.cache import cache as caches
from rexctl.query import Query, Term, Value
from tests.query.rows import simple
from tests.snapshot.lines import loaded

if TYPE_CHECKING:
    from rexctl.snapshot.snapshot import Snapshot

EVENTS = [
    simple("2025-10-09-a", title="Rare earths need a licence", summary="Exporters ask first."),
    simple("2025-10-10-b", title="A speech", summary="It tells of rare\nearths and of licences."),
    simple(
        "2025-10-11-c", title="Türkiye acts", summary="对稀土实施出口管制。", tags=["rare-earths"]
    ),
    simple("2025-10-12-d", title="Rare earths, once more", confidence="retracted", note="No."),
    simple("2025-10-13-e", title="稀土新规", note="A Łódź straße in ﬁve words"),
]
MATCHES = [
    (["rare earths"], "ab"), (["RARE", "licence"], "ab"), (["licen*"], "ab"), (["licensing"], "ab"),
    (["licences"], "ab"), (["exporter"], "a"), (["turkiye"], "c"), (["稀土"], "ce"), (["土实施"], "c"),
    (["稀管"], ""), (["新规"], "e"), (["earths rare"], ""), (["nowhere"], ""), (["CN"], ""),
    (["rare-earths"], "ab"), (['"licence" OR speech'], ""), (["licence NOT x"], ""), (["straße"], "e"),
]  # fmt: skip


ALL = Query()


def search(snapshot: Snapshot, *words: str, query: Query = ALL, **more: object) -> list[str]:
    return [str(row.data["id"]) for row in snapshot.search(query._replace(words=words), **more)]  # type: ignore[arg-type]


def of_lines() -> Snapshot:
    return loaded([(f'{{"id": "{one.data["id"]}"}}', one.data) for one in EVENTS])


@pytest.mark.parametrize(("words", "letters"), MATCHES)
def test_words_phrases_beginnings_stems_and_characters_match(
    words: list[str], letters: str
) -> None:
    assert sorted(one[-1] for one in search(of_lines(), *words)) == list(letters)


def test_the_title_counts_most_and_a_query_narrows() -> None:
    snapshot = of_lines()
    assert search(snapshot, "rare earths")[0] == "2025-10-09-a"
    tagged = Query((Term("tags", "slug", "any", (Value("rare-earths"),)),))
    assert search(snapshot, "稀土", query=tagged) == ["2025-10-11-c"]
    assert len(search(snapshot, "rare", limit=1, offset=1)) == 1
    assert len(search(snapshot, "rare", retracted=True)) == 3


def test_without_full_text_each_word_is_looked_up_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(caches, "FULL_TEXT", "CREATE VIRTUAL TABLE {}.words USING none ({})")
    assert search(of_lines(), "rare", "licence") == ["2025-10-10-b", "2025-10-09-a"]


def test_the_text_around_the_words_is_shown_with_the_words_marked() -> None:
    text = "x " * 100 + "Rare earths, and CONTROLS " + "y " * 100
    snapshot = loaded([('{"_v": 1}', {"title": "A title", "type": "tariff", "summary": text}),
                       ('{"_v": 1}', {"summary": "对稀土实施管制"})])  # fmt: skip
    (row,) = snapshot.search(Query(words=("rare earths", "control*")))
    shown = str(row.data["_match"])
    assert "*Rare earths*, and *CONTROLS* y" in shown
    assert shown.startswith("…x x")
    assert shown.endswith("…")
    (row,) = snapshot.search(Query(words=("稀土",)))
    assert row.data["_match"] == "对*稀土*实施管制"


def test_the_words_of_a_source_match_last_and_show_last() -> None:
    source = {"url": "https://example.org/steel", "title": "Steel tariffs", "lang": "en",
              "supports": ["tin"], "publisher": "Metal Bulletin"}  # fmt: skip
    lines = [{"id": "2025-10-09-a", "title": "A levy", "sources": [source]},
             {"id": "2025-10-10-b", "title": "A levy", "note": "Tariffs on metal."}]  # fmt: skip
    snapshot = loaded([(f'{{"id": "{one["id"]}"}}', {**one, "type": "tariff"}) for one in lines])
    assert search(snapshot, "tariffs") == ["2025-10-10-b", "2025-10-09-a"]
    assert search(snapshot, "steel") == ["2025-10-09-a"]
    (row,) = snapshot.search(Query(words=("levy", "steel")))
    assert row.data["_match"] == "A *levy*"
    for label in ("en", "tin", "example", "https"):
        assert search(snapshot, label) == []


@pytest.mark.parametrize(("words", "letters"), MATCHES)
def test_a_word_selects_what_it_finds(words: list[str], letters: str) -> None:
    found = of_lines().select(Query(words=tuple(words)))
    assert sorted(str(row.data["id"])[-1] for row in found) == list(letters)
