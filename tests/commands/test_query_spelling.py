"""Terms in the spelling of other languages, quotes, and words that join terms elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.door import SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("type=tariff", "type:tariff"), ("type==tariff", "type:tariff"), ("type!=tariff", "not:type:tariff"),
        ("type<>tariff", "not:type:tariff"), ("date>=2025-10", "date.ge:2025-10"), ("date<2025", "date.lt:2025"),
        ("rates > 10", "rates.gt:10"), ("rates≤10", "rates.le:10"), ("title~swine", "title:swine"),
        ("title=~swine", "title:swine"), ("title!~swine", "not:title:swine"), ("tipe=tariff", "type:tariff"),
        ("title>=x", "title:x"), ("effective.from>2025", "effective.from.gt:2025"),
        ("not:type=tariff", "not:type:tariff"),
        ("!type=tariff", "not:type:tariff"), ("!type:tariff", "not:type:tariff"), ("+type:tariff", "type:tariff"),
        ("(type:tariff", "type:tariff"), ("-type:tariff", "not:type:tariff"), ("--type:tariff", "type:tariff"),
        ("-effective.from:2025", "not:effective.from:2025"), ("!steel", "not:title:steel"),
        ("date:>=2025-10", "date.ge:2025-10"), ("rates:<10", "rates.lt:10"), ("type:!tariff", "not:type:tariff"),
        ("type:not:tariff", "not:type:tariff"), ("type:-tariff", "not:type:tariff"), ("actor:US|CN", "actor:US,CN"),
        ("type:tariff or statement", "type:tariff,statement"), ("type=", "type:VALUE"),
        ("title~big steel", "'title:big steel'"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["list", "search", "stats", "filter"])
def test_a_term_of_another_language_is_an_error_with_the_right_one(
    command: str, word: str, term: str, filled: Door
) -> None:
    said = filled(command, *(["swine"] if command == "search" else []), word)
    assert (said.code, said.out) == (2, "")
    assert "write " in said.err
    if not word.startswith("--"):
        assert f"write {term}\n" in said.err


@pytest.mark.parametrize(
    ("word", "visible"),
    [("swi\u200bne", "swine"), ('"big swi\u200bne"', "'\"big swine\"'"), ("title:swi\u00adne", "title:swine"),
     ("actor:U\u2060S", "actor:US")],
)  # fmt: skip
def test_a_character_that_cannot_be_seen_is_said_in_a_query(
    word: str, visible: str, filled: Door
) -> None:
    said = filled("list", word, "-c")
    assert (said.code, said.out) == (2, "")
    assert f"has characters that cannot be seen; write {visible}\n" in said.err


def test_an_assignment_of_set_is_no_term_but_its_query_is_checked(filled: Door) -> None:
    said = filled("set", "type:tariff", "status=proposed", "--dry-run")
    assert (said.code, "status changed" in said.out) == (0, True)
    for command in (["set", "x=y"], ["retract", "--reason", "r"]):
        said = filled(*command, "-type:tariff")
        assert (said.code, "write not:type:tariff" in said.err) == (2, True)
    assert "write date.ge:2025" in filled("retract", "--reason", "r", "date:>=2025").err


@pytest.mark.parametrize("word", ["or", "OR", "and", "not", "a>b"])
def test_a_word_that_may_not_be_meant_as_text_gets_a_notice(word: str, filled: Door) -> None:
    said = filled("list", word, "-c")
    assert (said.code, said.out.strip().isdigit()) == (0, True)
    assert "searched for as text" in said.err
    assert "searched for as text" in filled("stats", word).err


@pytest.mark.parametrize("sign", ["*", "||", "&&"])
def test_a_sign_of_another_language_is_left_out_with_a_notice(sign: str, filled: Door) -> None:
    said = filled("list", sign, "-c")
    assert (said.code, said.out) == (0, filled("list", "-c").out)
    assert "is left out" in said.err


@pytest.mark.parametrize("word", ["-", "…", "%"])
def test_a_word_without_letters_is_refused(word: str, filled: Door) -> None:
    said = filled("list", "--text", word)
    assert (said.code, "is not a word" in said.err) == (2, True)


def test_a_beginning_is_no_mistake_in_search_and_a_star_within_a_word_is(filled: Door) -> None:
    assert filled("search", "swin*", "-c").err == ""
    assert "at the end of a word" in filled("search", "sw*ne", "-c").err
    assert "a comma is or" in filled("search", "swine", "or", "pork", "-c").err


def test_a_star_in_the_value_of_a_text_gets_a_notice_and_quotes_mean_it(filled: Door) -> None:
    assert "title:swine matches anywhere" in filled("list", "title:*swine*", "-c").err
    assert filled("list", 'title:"*swine*"', "-c").err == ""


@pytest.mark.parametrize(
    ("word", "understood"),
    [
        ('title:"a, b"', 'title contains "a, b"'), ('title:"a, b",c', 'title contains "a, b" or "c"'),
        ("title:'a, b'", 'title contains "a, b"'), ("title:“a, b”", 'title contains "a, b"'),
        (r"title:a\, b", 'title contains "a, b"'), ('title:5" pipe', 'title contains "5" pipe"'),
        ("title:'s", 'title contains "\'s"'), ('"type=tariff"', 'the text contains "type=tariff"'),
        ('"10:30"', 'the text contains "10:30"'), ('actor:"Korea, Republic of"', "actors is or begins with KR"),
        ('title.re:"a, b"', 'title matches "a, b"'),
    ],
)  # fmt: skip
def test_quotes_group(word: str, understood: str, filled: Door) -> None:
    assert filled("list", word, "--explain").out == understood + "\n"


def test_a_quote_that_is_not_closed_is_an_error(filled: Door) -> None:
    said = filled("list", 'title:"a, b')
    assert (said.code, "not closed" in said.err) == (2, True)


@pytest.mark.parametrize(
    "words",
    [["actor:Norway"], ["actor:no"], ["actor:NOR"], ["-a", "Kingdom of Norway"], ["status:Adopted", "type:Tariff"]],
)  # fmt: skip
def test_values_are_resolved_as_add_resolves_them(words: list[str], filled: Door) -> None:
    assert filled("list", *words, "-c").out == "1\n"


@pytest.mark.parametrize(
    ("word", "hint"),
    [("tag:swyne", "did you mean swine?"), ("tag:nosuch", "rexctl stats --by tags"),
     ("episode:nosuch", "rexctl stats --by episode"), ("links.to:nosuch", "no such event"),
     ("link:2025-01-01-nosuch", "no such event"), ("id:2025-10-09-no-chages-10-live-swine", "did you mean"),
     ("id:nosuch", "no such id"), ("actor:Norwya", "NO (Norway)"), ("rates.currency:dollars", "no such currency")],
)  # fmt: skip
def test_what_the_log_does_not_have_is_an_error(word: str, hint: str, filled: Door) -> None:
    assert filled("set", SWINE_ID, "tags=swine").code == 0
    for command in (["list"], ["stats"], ["set", "title=x"], ["retract", "--reason", "r"]):
        said = filled(*command, word)
        assert (said.code, said.out) == (2, ""), command
        assert hint in said.err


def test_what_vocabulary_lists_is_known_before_it_is_used(filled: Door) -> None:
    folder = filled.folder / "data" / "vocabulary"
    folder.mkdir()
    (folder / "tags.yaml").write_text("mini-deal: Small trade pacts.\n", encoding="utf-8")
    said = filled("list", "tag:mini-deal", "-c")
    assert (said.code, said.out, said.err) == (0, "0\n", "")
    assert "did you mean mini-deal?" in filled("list", "tag:mini-deals").err


def test_a_stream_may_hold_any_tag(bare: Door) -> None:
    said = bare("filter", "tag:x", "episode:y", stdin=b'{"id":"a","tags":["x"],"episode":"y"}\n')
    assert (said.code, said.lines) == (0, ['{"id":"a","tags":["x"],"episode":"y"}'])


@pytest.mark.parametrize("word", ["in-force:2025-10-20", "in_force:today", "active:today"])
def test_a_command_that_is_tried_as_a_field_is_named(word: str, filled: Door) -> None:
    answer = filled("list", word)
    assert answer.code == 2
    assert "rexctl in-force DAY" in answer.err


def test_a_term_in_quotes_that_no_text_has_is_explained(filled: Door) -> None:
    assert "is a term" in filled("list", '"type:tariff"').err
    assert "is a term" not in filled("list", '"x:tariff"').err
