from __future__ import annotations

from typing import Any

import pytest
from typer.core import TyperOption

from rexctl.cli.add_flags import Flag, data_of, demand, fixed_of, flags_of, missing, options_of
from rexctl.errors import UsageError
from rexctl.model.from_input import from_input
from rexctl.model.schema import keys_of, leaf_of
from rexctl.model.types import TYPES, model_of
from rexctl.model.words import CAUSAL, RELATIONS
from rexctl.vocabulary.vocabulary import shipped
from tests.events.made import good, plain_of


def data(name: str, **given: Any) -> dict[str, Any]:
    """What a call gives whose values stand under the keys of its flags."""
    flags = flags_of(name)
    assert set(given) <= {flag.key for flag in flags}, set(given) - {flag.key for flag in flags}
    return data_of(flags, given)


def flag(name: str, option: str) -> Flag:
    (found,) = [f for f in flags_of(name) if option in f.names]
    return found


@pytest.mark.parametrize("name", TYPES)
def test_every_field_that_fits_a_flag_has_one_named_after_it(name: str) -> None:
    tops = {flag.top for flag in flags_of(name)}
    for key, info in keys_of(model_of(name)):
        inner = [i for part in leaf_of(info).models for _, i in keys_of(part) if leaf_of(i).kind]
        fits = leaf_of(info).kind or inner
        if fits and key not in ("id", "type", "title", "aliases"):
            assert key in tops, key


@pytest.mark.parametrize("name", TYPES)
def test_no_two_flags_of_a_type_have_one_name_or_one_key(name: str) -> None:
    flags = flags_of(name)
    names = [n for flag in flags for n in flag.names]
    assert len(set(names)) == len(names), sorted(n for n in names if names.count(n) > 1)
    assert len({flag.key for flag in flags}) == len(flags)


@pytest.mark.parametrize("name", TYPES)
def test_the_flags_that_are_needed_are_the_fields_that_are_needed(name: str) -> None:
    needed = {flag.top for flag in flags_of(name) if flag.needed}
    assert needed == ({"date", "status", "actors", "sources"} - set(fixed_of(flags_of(name))))


@pytest.mark.parametrize("name", TYPES)
def test_every_flag_becomes_an_option_with_a_help(name: str) -> None:
    flags = flags_of(name)
    options = options_of(flags)
    assert all(isinstance(option, TyperOption) and option.help for option in options)
    assert [option.name for option in options] == [flag.key for flag in flags]


def test_a_list_is_named_by_one_of_it_and_underscores_are_hyphens() -> None:
    assert flag("tariff", "--actor").top == "actors"
    assert flag("tariff", "--legal-basis").top == "legal_basis"
    assert flag("tariff", "--effective-from").inner == "from"
    assert flag("tariff", "--source").names == ("--source", "--source-url")


def test_closed_words_stand_in_the_help() -> None:
    options = {o.name: o for o in options_of(flags_of("tariff"))}
    assert "[threatened, proposed, adopted, withdrawn]" in (options["status"].help or "")


def test_commas_split_codes() -> None:
    found = data("tariff", actor=["CN, US", "EU"], product=["hs:28,hs:2846"], tag=["a,b"])
    assert found == {
        "actors": ["CN", "US", "EU"],
        "products": ["hs:28", "hs:2846"],
        "tags": ["a", "b"],
    }


def test_commas_do_not_split_texts() -> None:
    found = data("export-control", end_user=["Foo, Inc.", "Bar"], exemption=["a, b"],
                 source=["https://a.b/x,y"], summary=["One, two."])  # fmt: skip
    assert found["end_users"] == ["Foo, Inc.", "Bar"]
    assert found["exemptions"] == ["a, b"]
    assert found["sources"] == [{"url": "https://a.b/x,y"}]
    assert found["summary"] == "One, two."


def test_the_nth_title_belongs_to_the_nth_source() -> None:
    found = data("tariff", source=["http://a", "http://b"], source_title=["A, with a comma", "B"],
                 source_kind=["wire", ""])  # fmt: skip
    assert found["sources"] == [
        {"url": "http://a", "title": "A, with a comma", "kind": "wire"},
        {"url": "http://b", "title": "B"},
    ]


def test_one_country_for_two_entities_is_not_guessed_at() -> None:
    with pytest.raises(UsageError, match="1 times for 2 of --entity"):
        data("sanction", entity=["Foo, Inc.", "Bar"], entity_country=["CN"])


def test_more_titles_than_sources_are_sources_of_their_own() -> None:
    found = data("tariff", source=["http://a"], source_title=["A", "B"])
    assert found["sources"][1] == {"title": "B"}


def test_a_list_inside_a_part_is_split_and_belongs_to_its_part() -> None:
    found = data("tariff", source=["http://a", "http://b"], source_supports=["date,rates", "x"])
    assert [s["supports"] for s in found["sources"]] == [["date,rates"], ["x"]]
    found = data("export-control", clause=["1", "2"], clause_reach=["content,origin", "origin"])
    assert found["clauses"] == [
        {"id": "1", "reach": ["content", "origin"]},
        {"id": "2", "reach": ["origin"]},
    ]


def test_a_rate_is_in_percent_unless_it_says_otherwise() -> None:
    typed = {"type": "tariff", **data("tariff", rate=["100", "50"])}
    assert from_input(typed, shipped())[0]["rates"] == [
        {"value": "100", "unit": "percent"},
        {"value": "50", "unit": "percent"},
    ]
    assert data("tariff", rate=["3"], rate_unit=["specific"])["rates"][0]["unit"] == "specific"


def test_a_comma_in_a_number_does_not_make_two_of_it() -> None:
    assert [rate["value"] for rate in data("tariff", rate=["1,5"])["rates"]] == ["1,5"]


def test_what_there_can_be_only_one_of_is_refused_twice() -> None:
    for given in ({"date": ["2025", "2026"]}, {"effective": ["2025", "2026"]}):
        with pytest.raises(UsageError, match="given twice"):
            data("tariff", **given)


def test_an_empty_value_is_as_if_it_were_not_given() -> None:
    assert data("tariff", date=[""], actor=["", "CN"]) == {"actors": ["CN"]}


@pytest.mark.parametrize("rel", RELATIONS)
def test_every_relation_is_a_flag_that_takes_an_id_and_a_clause(rel: str) -> None:
    found = data("tariff", **{rel.replace("-", "_"): ["2025-a#1(1)", "2025-b"]})
    assert found["links"] == [
        {"rel": rel, "to": "2025-a", "clause": "1(1)"},
        {"rel": rel, "to": "2025-b"},
    ]


def test_who_asserts_goes_to_the_claims_of_cause_only() -> None:
    found = data("tariff", responds_to=["2025-a"], suspends=["2025-b"], asserted_by=["CN,US"])
    links = {link["rel"]: link for link in found["links"]}
    assert links["responds-to"]["asserted_by"] == ["CN", "US"]
    assert "asserted_by" not in links["suspends"]


def test_who_asserts_without_a_claim_of_cause_is_refused_with_the_flags_it_goes_with() -> None:
    with pytest.raises(UsageError) as caught:
        data("tariff", suspends=["2025-b"], asserted_by=["CN"])
    assert all(f"--{word}" in caught.value.hint for word in CAUSAL)


@pytest.mark.parametrize("name", TYPES)
def test_all_missing_flags_are_named_at_once(name: str) -> None:
    flags = flags_of(name)
    with pytest.raises(UsageError) as caught:
        demand(flags, {}, also=["TITLE"])
    named = caught.value.message.removeprefix("missing ").split(", ")
    assert set(named[1:]) == {flag.names[0] for flag in flags if flag.needed}
    assert missing(flags, {"date": "2025", "status": "x", "actors": ["CN"], "sources": [{}]}) == []


def test_a_field_of_one_word_is_filled_in() -> None:
    assert fixed_of(flags_of("statement")) == {"status": "made"}
    assert fixed_of(flags_of("tariff")) == {}


@pytest.mark.parametrize("name", TYPES)
def test_an_example_can_be_said_in_flags_as_far_as_flags_reach(name: str) -> None:
    whole = plain_of(name)
    given: dict[str, list[str]] = {}
    for flag in flags_of(name):
        value = whole.get(flag.top)
        if flag.top == "links" or value is None:
            continue
        if not flag.inner:
            given[flag.key] = (
                [v for v in value if isinstance(v, str)] if flag.leaf.many else [value]
            )
        elif flag.listed:
            parts = [part[flag.inner] for part in value if flag.inner in part]
            given[flag.key] = [",".join(p) if isinstance(p, list) else p for p in parts]
        elif flag.inner in value:
            given[flag.key] = [value[flag.inner]]
    made = data_of(flags_of(name), given)
    event = good(
        {key: whole[key] for key in ("id", "type", "title")} | fixed_of(flags_of(name)) | made
    )
    for key in ("date", "status", "actors", "affected", "sources"):
        assert event.get(key) == whole.get(key)
