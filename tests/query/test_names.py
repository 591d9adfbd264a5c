from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.errors import UsageError
from rexctl.query.names import named, there

if TYPE_CHECKING:
    from rexctl.query import Lexicon


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
    name: str, understood: tuple[str, str, str], lexicon: Lexicon
) -> None:
    assert named(name, lexicon) == understood


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
def test_an_unknown_name_is_refused_with_the_nearest(
    name: str, hint: str, lexicon: Lexicon
) -> None:
    with pytest.raises(UsageError) as fault:
        named(name, lexicon)
    assert hint in fault.value.hint
    assert fault.value.code == "unknown-field"


@pytest.mark.parametrize(
    "name", ["status.ge", "date.re", "rate.in", "title.lt", "tags.in", "tz.certain"]
)
def test_an_operator_that_the_kind_has_not_is_refused(name: str, lexicon: Lexicon) -> None:
    with pytest.raises(UsageError, match="which has no") as fault:
        named(name, lexicon)
    assert fault.value.hint.startswith("it takes any")


@pytest.mark.parametrize("name", ["effective", "effective.eq", "place"])
def test_a_group_of_fields_has_no_value(name: str, lexicon: Lexicon) -> None:
    with pytest.raises(UsageError) as fault:
        named(name, lexicon)
    assert fault.value.hint


def test_any_field_or_group_can_be_there(lexicon: Lexicon) -> None:
    assert there("effective", "has", lexicon) == ("effective", "", "has")
    assert there("actor", "missing", lexicon) == ("actors", "actor", "missing")
    assert there("x-desk", "has", lexicon).kind == "extra"
    with pytest.raises(UsageError):
        there("efective", "has", lexicon)
