from __future__ import annotations

from typing import Any

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.values.codes import UnknownCode
from rexctl.vocabulary import countries
from rexctl.vocabulary.shipped import load
from rexctl.vocabulary.spelling import folded


def test_the_codes_are_those_of_the_standard_with_eu_and_kosovo() -> None:
    assert countries.codes() == {c.alpha_2 for c in pycountry.countries} | {"EU", "XK"}
    assert set(countries.names()) == countries.codes()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("China", "CN"), ("prc", "CN"), ("Mainland China", "CN"), ("CHN", "CN"), ("cn", "CN"),
        ("Türkiye", "TR"), ("turkey", "TR"), ("South Korea", "KR"), ("Korea", "KR"), ("UK", "GB"),
        ("U.S.A.", "US"), ("america", "US"), ("Russia", "RU"), ("Taiwan", "TW"), ("no", "NO"),
        ("Hong Kong", "HK"), ("European Union", "EU"), ("Kosovo", "XK"), ("The Netherlands", "NL"),
        ("Viet Nam", "VN"), ("Côte d'Ivoire", "CI"), (" de ", "DE"), ("Namibia", "NA"),
    ],
)  # fmt: skip
def test_a_country_is_known_by_its_code_and_its_names(text: str, code: str) -> None:
    assert countries.country(text) == code
    assert countries.found(text) == code


@given(st.sampled_from(sorted(countries.codes())), st.booleans())
def test_a_code_and_the_name_we_give_it_mean_the_same(code: str, small: bool) -> None:
    name = countries.names()[code]
    assert countries.country(name.lower() if small else name) == code
    assert countries.country(code.lower() if small else code) == code


def test_no_name_of_ours_belongs_to_two_countries() -> None:
    told: dict[str, str] = {}
    for code, entry in load("countries").items():
        assert code in countries.codes()
        for text in {entry.get("name", code), *entry.get("aliases", ())}:
            assert told.setdefault(folded(text), code) == code


def test_no_name_of_ours_takes_another_country_away_from_the_standard() -> None:
    for country in pycountry.countries:
        for name in (
            country.name,
            country.alpha_3,
            getattr(country, "official_name", country.name),
        ):
            assert countries.country(name) == country.alpha_2


def test_an_unknown_country_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownCode) as told:
        countries.country("Gemany")
    assert told.value.suggestion == "DE"
    assert countries.near("Malasia") == "MY"
    assert countries.near("xyzzyx") == ""


def test_codes_and_our_own_names_do_not_load_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(module: str) -> Any:
        raise AssertionError(module)

    countries.spellings.cache_clear()
    monkeypatch.setattr(countries, "import_module", refuse)
    assert [countries.country(text) for text in ("CN", "prc", "uk", "EU")] == [
        "CN",
        "CN",
        "GB",
        "EU",
    ]


def test_a_currency_is_known_by_its_code() -> None:
    assert countries.currency("cny") == "CNY"
    with pytest.raises(UnknownCode) as told:
        countries.currency("EURO")
    assert told.value.suggestion == "EUR"
