from __future__ import annotations

import pytest

from rexctl.errors import UsageError
from rexctl.query.parse import parse_name, parse_presence


@pytest.mark.parametrize(
    ("name", "understood"),
    [
        ("actors", ("actors", "actor", "any")),
        ("actor", ("actors", "actor", "any")),
        ("actor.in", ("actors", "actor", "in")),
        ("actors.all", ("actors", "actor", "all")),
        ("links.rel", ("links.rel", "word", "any")),
        ("link.rel.eq", ("links.rel", "word", "eq")),
        ("source.url", ("sources.url", "url", "any")),
        ("date.certain", ("date", "date", "certain")),
        ("effective.from.ge", ("effective.from", "date", "ge")),
        ("rate.lt", ("rates", "number", "lt")),
        ("effective.has", ("effective", "", "has")),
        ("place.missing", ("place", "", "missing")),
        ("links.has", ("links", "id", "has")),
        ("title.re", ("title", "text", "re")),
        ("x-desk", ("x-desk", "extra", "any")),
        ("x-desk.name", ("x-desk.name", "extra", "any")),
        ("x-desk.re", ("x-desk", "extra", "re")),
    ],
)
def test_the_longest_known_field_wins_then_the_operator(
    name: str, understood: tuple[str, str, str]
) -> None:
    assert parse_name(name)[:3] == understood


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("actr", "did you mean actor?"),
        ("titel", "did you mean title?"),
        ("actr.all", "actor.all"),
        ("date.certian", "did you mean date.certain?"),
        ("links.rell", "did you mean links.rel?"),
        ("effective.fron", "did you mean effective.from?"),
        ("https", "--text"),
        ("x-", "fields"),
        ("", "fields"),
        ("title.zzz", "title."),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(UsageError) as fault:
        parse_name(name)
    assert hint in fault.value.hint
    assert fault.value.code == "unknown-field"


@pytest.mark.parametrize(
    "name", ["status.ge", "date.re", "rate.in", "title.lt", "tags.in", "tz.certain"]
)
def test_an_operator_that_the_kind_has_not_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="which has no") as fault:
        parse_name(name)
    assert fault.value.hint.startswith("use one of any")


@pytest.mark.parametrize("name", ["effective", "effective.eq", "place"])
def test_a_group_of_fields_has_no_value(name: str) -> None:
    with pytest.raises(UsageError) as fault:
        parse_name(name)
    assert fault.value.hint


def test_any_field_or_group_can_be_there() -> None:
    assert parse_presence("effective", "has")[:3] == ("effective", "", "has")
    assert parse_presence("actor", "missing")[:3] == ("actors", "actor", "missing")
    assert parse_presence("x-desk", "has").kind == "extra"
    with pytest.raises(UsageError):
        parse_presence("efective", "has")


def test_attribution_alone_is_about_what_an_event_or_a_claim_rests_on() -> None:
    assert parse_name("attribution")[:3] == ("sources.attribution", "word", "rests-on")
    assert parse_name("attribution.any")[:3] == ("sources.attribution", "word", "any")
    assert parse_presence("attribution", "has").field == "sources.attribution"
