from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest

from rexctl.app import parser
from rexctl.cli import add_flags
from rexctl.cli.add_flags import Flag, check_needed, fields_of, fixed_fields, flags_of
from rexctl.errors import UsageError
from rexctl.model.tables import CAUSAL, RELATIONS
from rexctl.model.tables import TYPES as TABLES
from rexctl.model.typed_input import from_input
from rexctl.model.types import TYPES
from rexctl.output import flag_help
from tests.read_models import keys_of, leaf_of, model_of

if TYPE_CHECKING:
    from tests.commands.door import Door
from rexctl.vocabulary.vocabulary import shipped_vocabulary

# Types of events that may demand something by a day.
THREATS = {name for name, one in TABLES.items() if {"threatened", "made"} & {*one.status}}


def data(name: str, **given: Any) -> dict[str, Any]:
    """Return the fields for values of flags; the names of flags have `_` for `-`."""
    flags = flags_of(name)
    values = {f"flag_{key}": texts for key, texts in given.items()}
    assert set(values) <= {flag.key for flag in flags}, set(values) - {flag.key for flag in flags}
    return fields_of(flags, values)


def flag(name: str, option: str) -> Flag:
    (found,) = [f for f in flags_of(name) if option in f.names]
    return found


@pytest.mark.parametrize("name", TYPES)
def test_the_flags_are_the_fields_the_chief_field_of_a_list_and_single_parts(name: str) -> None:
    expected = set()
    for key, info in keys_of(model_of(name)):
        leaf = leaf_of(info)
        if key in ("id", "type", "title", "aliases", "links"):
            continue
        if (key == "told_by" and name != "meeting") or (key == "deadline" and name not in THREATS):
            continue
        if leaf.kind:
            expected.add((key, ""))
            continue
        (part,) = leaf.models
        if key in ("allow", "commitments"):  # the chief field alone is no valid item
            continue
        inner = {k for k, i in keys_of(part) if leaf_of(i).kind}
        single = not leaf.many or key == "sources"
        expected |= {(key, k) for k in (inner if single else {part.head})}
    assert {(flag.top, flag.inner) for flag in flags_of(name) if flag.top != "links"} == expected


@pytest.mark.parametrize("name", TYPES)
def test_no_two_flags_of_a_type_have_one_name_or_one_key(name: str) -> None:
    flags = flags_of(name)
    names = [n for flag in flags for n in flag.names]
    assert len(set(names)) == len(names), sorted(n for n in names if names.count(n) > 1)
    assert len({flag.key for flag in flags}) == len(flags)


@pytest.mark.parametrize("name", TYPES)
def test_the_flags_that_are_needed_are_the_fields_that_are_needed(name: str) -> None:
    needed = {flag.top for flag in flags_of(name) if flag.needed}
    assert needed == ({"date", "status", "actors", "sources"} - set(fixed_fields(flags_of(name))))


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("name", TYPES)
def test_help_has_four_groups_on_one_screen_and_names_every_flag(name: str, width: int) -> None:
    text = flag_help.help_text(name, width)
    lines = text.splitlines()
    assert len(lines) <= 60 or width < 80
    assert max(map(len, lines)) <= width
    more = f"More (rexctl schema {name} explains them):"
    assert [line for line in lines if line in ("Needed:", "Common:", more)] == [
        "Needed:", "Common:", more]  # fmt: skip
    assert "Links, each to EVENT" in text
    for flag in flags_of(name):
        family = f"--{flag.top.removesuffix('s')}-".replace("_", "-")
        short = flag.names[0].removeprefix(family)
        assert flag.names[0] in text or (family + "{" in text and short in text), flag.names


@pytest.mark.parametrize("name", TYPES)
def test_every_flag_is_an_option_for_typer(name: str) -> None:
    group = parser.root()
    context = group.make_context("rexctl", [], resilient_parsing=True)
    add = group.get_command(context, "add")
    options = {one for param in add.get_command(context, name).params for one in param.opts}
    assert {one for flag in add_flags.flags_of(name) for one in flag.names} <= options


def test_a_list_is_named_by_one_of_it_and_underscores_are_hyphens() -> None:
    assert flag("tariff", "--actor").top == "actors"
    assert flag("tariff", "--legal-basis").top == "legal_basis"
    assert flag("tariff", "--effective-from").inner == "from"
    assert flag("tariff", "--source").names == ("--source", "--source-url")


@pytest.mark.parametrize("name", TYPES)
def test_every_closed_list_is_in_the_help(name: str) -> None:
    text = " ".join(flag_help.help_text(name, 80).split())
    for one in flags_of(name):
        assert one.choices.strip() in text


def test_the_codes_of_a_scheme_are_named_by_the_first_and_the_last() -> None:
    text = " ".join(flag_help.help_text("trade-measure").split())
    assert "[mast-2019:A to P, mast-2012:A to P]" in text


def test_closed_words_are_in_the_help() -> None:
    assert "[threatened, proposed, adopted, withdrawn]" in flag_help.help_text("tariff")


def test_commas_split_codes() -> None:
    typed = data("tariff", actor=["CN, US", "EU"], product=["hs:28,hs:2846"], tag=["a,b"])
    found = from_input({"type": "tariff", **typed}, shipped_vocabulary())[0]
    assert found == {
        "type": "tariff",
        "actors": ["CN", "US", "EU"],
        "products": ["hs:28", "hs:2846"],
        "tags": ["a", "b"],
    }


def test_commas_do_not_split_texts() -> None:
    typed = data("export-control", end_user=["Foo, Inc.", "Bar"], exemption=["a, b"],
                 source=["https://a.b/x,y"], summary=["One, two."])  # fmt: skip
    found = from_input({"type": "export-control", **typed}, shipped_vocabulary())[0]
    assert found["end_users"] == ["Foo, Inc.", "Bar"]
    assert found["exemptions"] == ["a, b"]
    assert found["sources"] == [{"url": "https://a.b/x,y"}]
    assert found["summary"] == "One, two."


def sources(*words: str) -> list[Any]:
    found = add_flags.join_sources("tariff", words)
    return list(data("tariff", source=[one.partition("=")[2] for one in found])["sources"])


def test_the_parts_of_a_source_go_with_the_source_before_them() -> None:
    assert sources("--source", "http://a", "--source-title", "A", "--source-supports", "date",
                   "--source-supports=rates", "--source=http://b", "--source-kind", "press") == [
        {"url": "http://a", "title": "A", "supports": ["date", "rates"]},
        {"url": "http://b", "kind": "press"},
    ]  # fmt: skip
    assert sources("--source-title", "A") == [{"title": "A"}]
    assert sources("--source-title", "A", "--source", "http://a", "--source", "http://b") == [
        {"title": "A", "url": "http://a"}, "http://b"]  # fmt: skip


def test_a_part_of_one_source_is_refused_twice() -> None:
    with pytest.raises(UsageError, match="only once"):
        sources("--source", "http://a", "--source-title", "A", "--source-title", "B")


def test_a_rate_is_in_percent_unless_it_says_otherwise() -> None:
    typed = {"type": "tariff", **data("tariff", rate=["100", "50"])}
    assert from_input(typed, shipped_vocabulary())[0]["rates"] == [
        {"value": "100", "unit": "percent"},
        {"value": "50", "unit": "percent"},
    ]


def test_a_comma_in_a_number_does_not_make_two_of_it() -> None:
    typed = {"type": "tariff", **data("tariff", rate=["1,5"])}
    assert [one["value"] for one in from_input(typed, shipped_vocabulary())[0]["rates"]] == ["1,5"]


def test_what_there_can_be_only_one_of_is_refused_twice() -> None:
    for given in ({"date": ["2025", "2026"]}, {"effective": ["2025", "2026"]}):
        with pytest.raises(UsageError, match="only once"):
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
    assert links["responds-to"]["asserted_by"] == ["CN,US"]
    assert "asserted_by" not in links["suspends"]


def test_who_asserts_without_a_claim_of_cause_is_refused_with_the_flags_it_goes_with() -> None:
    with pytest.raises(UsageError) as caught:
        data("tariff", suspends=["2025-b"], asserted_by=["CN"])
    assert all(f"--{word}" in caught.value.hint for word in CAUSAL)


@pytest.mark.parametrize("name", TYPES)
def test_all_missing_flags_are_named_at_once(name: str) -> None:
    flags = flags_of(name)
    with pytest.raises(UsageError) as error:
        check_needed(flags, {})
    named = error.value.message.removeprefix("missing ").split(", ")
    assert named[0] == "TITLE"
    assert set(named[1:]) == {flag.names[0] for flag in flags if flag.needed}
    check_needed(
        flags, {"title": "x", "date": "2025", "status": "x", "actors": ["CN"], "sources": [{}]}
    )


def test_a_field_of_one_word_is_filled_in() -> None:
    assert fixed_fields(flags_of("statement")) == {"status": "made"}
    assert fixed_fields(flags_of("tariff")) == {}


@pytest.mark.parametrize("name", TYPES)
def test_the_example_in_the_help_of_a_type_can_be_run(name: str, rexctl: Door) -> None:
    (command,) = re.findall(r"^Example:\n(.*?)\n\n", flag_help.help_text(name), re.M | re.S)
    words = shlex.split(command.replace("\\\n", ""))
    assert words[:3] == ["rexctl", "add", name]
    result = rexctl(*words[1:], "--dry-run")
    assert result.code == 0, result.err


@pytest.mark.parametrize(("name", "option", "meant"), [
    ("ruling", "--court", "--forum"), ("tariff", "--firm", "--entity"), ("ruling", "--goods", "--product"),
])  # fmt: skip
def test_an_option_that_is_a_word_of_the_help_of_one_flag_suggests_it(
    name: str, option: str, meant: str, rexctl: Door
) -> None:
    said = rexctl("add", name, "A title", option, "x")
    assert (said.code, f"{option}: no such option; did you mean {meant}?" in said.err) == (2, True)
