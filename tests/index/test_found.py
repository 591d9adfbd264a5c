from __future__ import annotations

import pytest

from rexctl.errors import UsageError
from rexctl.index import found, schema
from rexctl.index.found import Sought, stretch
from rexctl.query import Query, Term, Value
from tests.index.rows import filled, simple

EVENTS = [
    simple("2025-10-09-a", title="Rare earths need a licence", summary="Exporters ask first."),
    simple("2025-10-10-b", title="A speech", summary="It tells of rare\nearths and of licences."),
    simple(
        "2025-10-11-c", title="Türkiye acts", summary="对稀土实施出口管制。", tags=["rare-earths"]
    ),
    simple("2025-10-12-d", title="Rare earths, once more", confidence="retracted", note="No."),
]
ASKED = [
    (["rare earths"], ["a", "b", "c"]), (["RARE", "licence"], ["a"]), (["licen*"], ["a", "b"]),
    (["turkiye"], ["c"]), (["稀土"], ["c"]), (["土实施"], ["c"]), (["稀管"], []), (["earths rare"], []),
    (["nowhere"], []), (["cn"], ["a", "b", "c"]), (['"licence" OR speech'], []),
]  # fmt: skip


@pytest.mark.parametrize(("words", "letters"), ASKED)
def test_words_phrases_beginnings_accents_and_signs_are_found(
    words: list[str], letters: list[str]
) -> None:
    index = filled(None, EVENTS)
    names = {row.data["id"][-1] for row in found.rows(index, words, Query())}
    assert sorted(names) == letters
    assert found.count(index, words, Query()) == len(letters)


def test_the_title_counts_most_and_a_query_narrows() -> None:
    index = filled(None, EVENTS)
    names = [row.data["id"] for row in found.rows(index, ["rare earths"], Query())]
    assert names[0] == "2025-10-09-a"
    tagged = Query((Term("tags", "slug", "any", (Value("rare-earths"),)),))
    assert [r.data["id"] for r in found.rows(index, ["rare"], tagged)] == ["2025-10-11-c"]
    assert len(list(found.rows(index, ["rare"], Query(), limit=1, offset=1))) == 1
    assert found.count(index, ["rare"], Query(), retracted=True) == 4


def test_the_index_keeps_step_with_what_is_put_and_forgotten() -> None:
    index = filled(None, EVENTS[:2])
    put_before = found.count(index, ["rare"], Query())
    index.db.execute("SELECT 1")
    assert put_before == 2
    assert found.count(filled(None, EVENTS[:1]), ["rare"], Query()) == 1


def test_without_full_text_the_words_are_looked_for_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(schema, "_WORDS", "CREATE VIRTUAL TABLE words USING no_such_module")
    index = filled(None, EVENTS)
    assert not index.worded
    names = {row.data["id"][-1] for row in found.rows(index, ["rare", "licence"], Query())}
    assert names == {"a", "b"}


def test_the_stretch_around_the_words_is_shown_with_the_words_marked() -> None:
    texts = {
        "title": ["A title"],
        "summary": ["x " * 100 + "Rare earths, and CONTROLS " + "y " * 100],
    }
    shown = stretch(texts, [Sought("rare earths"), Sought("control*")])
    assert "*Rare* *earths*, and *CONTROLS* y" in shown
    assert shown.startswith("…x x")
    assert shown.endswith("…")
    assert len(shown) < 170


def test_signs_that_stand_together_are_marked_together() -> None:
    assert stretch({"summary": ["对稀土实施管制"]}, [Sought("稀土")]) == "对*稀土*实施管制"


@pytest.mark.parametrize("word", ["", "*", "-", '"', "…"])
def test_what_is_no_word_is_told(word: str) -> None:
    with pytest.raises(UsageError):
        Sought(word)
