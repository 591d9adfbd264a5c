from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rexctl.errors import UsageError
from rexctl.model.tables import FIELDS
from rexctl.query import Query, Term, Value, explain, hides_retracted, parse, with_ids, with_texts

if TYPE_CHECKING:
    from datetime import date

    from rexctl.query import NameResolver

CN, US = Value("CN"), Value("US")


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        (["actor:CN"], [Term("actors", "actor", "any", (CN,))]),
        (["actor:CN,US"], [Term("actors", "actor", "any", (CN, US))]),
        (["actor:CN", "actors:US,CN"], [Term("actors", "actor", "any", (CN, US))]),
        (["actor.any:CN"], [Term("actors", "actor", "any", (CN,))]),
        (["actor.all:US,CN"], [Term("actors", "actor", "all", (US, CN))]),
        (["not:actor:CN"], [Term("actors", "actor", "any", (CN,), negated=True)]),
        (["actor.ne:CN"], [Term("actors", "actor", "eq", (CN,), negated=True)]),
        (["not:actor.ne:CN"], [Term("actors", "actor", "eq", (CN,))]),
        (["has:actor"], [Term("actors", "actor", "has")]),
        (["actor.missing:"], [Term("actors", "actor", "has", negated=True)]),
        (["missing:effective"], [Term("effective", "", "has", negated=True)]),
        (["not:missing:title"], [Term("title", "text", "has")]),
        (
            ["rate.gt:5"],
            [
                Term(
                    "rates",
                    "number",
                    "any",
                    (Value("more than 5", 5.000000000000001, float("inf")),),
                )
            ],
        ),
        (["title:foo\\, bar"], [Term("title", "text", "any", (Value("foo, bar"),))]),
        (["title.re:o{1,2}"], [Term("title", "text", "re", (Value("o{1,2}"),))]),
        (["source:https://x.org/a"], [Term("sources", "url", "any", (Value("https://x.org/a"),))]),
    ],
)
def test_a_term_is_understood(
    words: list[str], terms: list[Term], lexicon: NameResolver, today: date
) -> None:
    assert parse(words, lexicon, today) == Query(tuple(terms))


def test_different_fields_and_different_operators_stand_beside_each_other(
    lexicon: NameResolver, today: date
) -> None:
    words = [
        "actor:CN",
        "date:2025-10",
        "date.within:90d",
        "rate.ge:5",
        "rate.le:10",
        "not:actor:US",
    ]
    found = parse(words, lexicon, today)
    assert [(term.field, term.op, term.negated) for term in found.terms] == [
        ("actors", "any", False),
        ("date", "any", False),
        ("date", "any", False),
        ("rates", "any", False),
        ("rates", "any", False),
        ("actors", "any", True),
    ]


def test_words_without_a_colon_are_full_text(lexicon: NameResolver, today: date) -> None:
    assert parse(["rare earth", "curbs", "curbs"], lexicon, today).words == ("rare earth", "curbs")


def test_a_saved_query_stands_for_its_words(lexicon: NameResolver, today: date) -> None:
    found = parse(["@phrase", "date:2025"], lexicon, today)
    written = ["title:rare earth", "type:export-control", "actor:CN", "date:2025"]
    assert found == parse(written, lexicon, today)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("@snake", "uses itself"),
        ("@curb", "no such saved query"),
        ("@nothing", "is empty"),
        ("@broken", "quote that is not closed"),
        ("@", "no such saved query"),
        ("", "empty word"),
        (" ", "empty word"),
        ("not:curbs", "followed by a term"),
        ("not:@curbs", "followed by a term"),
        ("has:", "one field"),
        ("has:title,date", "one field"),
        ("title.has:yes", "takes no value"),
        ("has:titel", "no such field"),
        ("title:a,,b", "a value is missing"),
        ("title:a,", "a value is missing"),
        ("https://example.org", "no such field"),
        ("foo:bar", "no such field"),
        (":x", "no such field"),
        ("not:not:actor:CN", "no such field"),
        ("rate:1,000", "not a number"),
    ],
)
def test_what_cannot_be_understood_is_never_an_answer(
    word: str, said: str, lexicon: NameResolver, today: date
) -> None:
    with pytest.raises(UsageError) as fault:
        parse([word], lexicon, today)
    assert said in fault.value.message


def test_saved_queries_cannot_grow_without_end(lexicon: NameResolver, today: date) -> None:
    lexicon.saved = {f"l{n}": f"@l{n + 1} " * 10 for n in range(15)} | {"l15": "ha"}
    with pytest.raises(UsageError, match="too many words"):
        parse(["@l0"], lexicon, today)
    lexicon.saved = {f"l{n}": f"@l{n + 1}" for n in range(5000)} | {"l5000": "ha"}
    with pytest.raises(UsageError, match="is nested in more"):
        parse(["@l0"], lexicon, today)


def test_texts_are_taken_as_they_stand(lexicon: NameResolver, today: date) -> None:
    found = with_texts(parse(["curbs"], lexicon, today), ["https://x", "curbs"])
    assert found == Query(words=("curbs", "https://x"))
    with pytest.raises(UsageError):
        with_texts(Query(), [""])


def test_ids_given_are_whole_and_beside_the_rest() -> None:
    asked = Query((Term("id", "id", "any", (Value("2025-10"),)),))
    found = with_ids(asked, ["2025-10-09-a", "2025-10-09-b", "2025-10-09-a"])
    assert found.terms[0] == asked.terms[0]
    assert found.terms[1] == Term("id", "id", "eq", (Value("2025-10-09-a"), Value("2025-10-09-b")))
    assert with_ids(asked, None) == asked


def test_no_ids_at_all_find_nothing_rather_than_everything() -> None:
    assert with_ids(Query(), []).terms == (Term("id", "id", "eq", ()),)


@pytest.mark.parametrize(
    ("word", "hides"),
    [
        ("type:tariff", True),
        ("confidence:retracted", False),
        ("confidence.ne:confirmed", False),
        ("has:confidence", False),
    ],
)
def test_retracted_events_are_hidden_unless_confidence_is_asked(
    word: str, hides: bool, lexicon: NameResolver, today: date
) -> None:
    assert hides_retracted(parse([word], lexicon, today)) is hides


PIECES = st.sampled_from(
    [
        "actor",
        "date",
        "rate",
        "title",
        "has",
        "not",
        "@curbs",
        ":",
        ".",
        "..",
        ",",
        "CN",
        "2025-10",
        "5",
        "all",
        "re",
        "eq",
        "x-a",
        "effective",
        "\\",
        " ",
        "10",
        "in",
        "G7",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(PIECES, max_size=6).map("".join), max_size=3))
def test_any_words_are_a_query_or_refused_with_exit_2(
    lexicon: NameResolver, today: date, words: list[str]
) -> None:
    try:
        found = parse(words, lexicon, today)
    except UsageError as fault:
        assert fault.exit_code == 2
        return
    assert len(explain(found, today).split("\n")) == max(1, len(found.terms) + len(found.words))
    for term in found.terms:
        assert term.field in FIELDS or term.kind in ("", "extra")
        assert bool(term.values) == (term.op != "has")


def test_a_word_of_nothing_but_accents_is_refused(lexicon: NameResolver, today: date) -> None:
    with pytest.raises(UsageError, match="is not a word"):
        parse(["\u0301\u0302"], lexicon, today)
