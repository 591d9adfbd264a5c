from __future__ import annotations

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.errors import UnknownCodeError
from rexctl.values.text import name_key
from rexctl.vocabulary import names
from rexctl.vocabulary.names import tables
from rexctl.vocabulary.vocabulary import shipped_vocabulary
from tests.generate_vocabulary import load_source

SHIPPED = shipped_vocabulary()


def test_the_codes_are_those_of_the_standard_with_eu_and_kosovo() -> None:
    assert set(tables().countries) == {c.alpha_2 for c in pycountry.countries} | {"EU", "XK"}
    assert set(tables().zones) == set(tables().countries)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("China", "CN"), ("prc", "CN"), ("Mainland China", "CN"), ("CHN", "CN"), ("cn", "CN"),
        ("Türkiye", "TR"), ("turkey", "TR"), ("South Korea", "KR"), ("Korea", "KR"), ("UK", "GB"),
        ("U.S.A.", "US"), ("america", "US"), ("Russia", "RU"), ("Taiwan", "TW"), ("no", "NO"),
        ("Hong Kong", "HK"), ("European Union", "EU"), ("Kosovo", "XK"), ("The Netherlands", "NL"),
        ("Viet Nam", "VN"), ("Côte d'Ivoire", "CI"), (" de ", "DE"), ("Namibia", "NA"),
        ("Myanmar (Burma)", "MM"), ("Burma (Myanmar)", "MM"), ("Eswatini (Swaziland)", "SZ"),
        ("Cote d'Ivoire (Ivory Coast)", "CI"), ("P.R. China", "CN"), ("S. Korea", "KR"), ("N. Korea", "KP"),
        ("Korea, Dem. Rep.", "KP"), ("Libyan Arab Jamahiriya", "LY"), ("Bosnia and Herz.", "BA"),
        ("Heard and McDonald Islands", "HM"), ("Palestinian Territories", "PS"), ("EU-27", "EU"), ("ROM", "RO"),
        ("Kosovo (under UNSC res. 1244)", "XK"),
    ],
)  # fmt: skip
def test_a_country_is_known_by_its_code_and_its_names(text: str, code: str) -> None:
    assert SHIPPED.country(text) == code
    assert names.find_country(text) == code


@given(st.sampled_from(sorted(tables().countries)), st.booleans())
def test_a_code_and_the_name_we_give_it_mean_the_same(code: str, small: bool) -> None:
    name = tables().countries[code]
    assert SHIPPED.country(name.lower() if small else name) == code
    assert SHIPPED.country(code.lower() if small else code) == code


def test_no_name_of_ours_belongs_to_two_countries() -> None:
    told: dict[str, str] = {}
    for code, entry in load_source("countries").items():
        assert code in tables().countries or code in tables().former
        for text in {entry.get("name", code), *entry.get("aliases", ())}:
            assert told.setdefault(name_key(text), code) == code


def test_no_name_of_ours_takes_another_country_away_from_the_standard() -> None:
    for country in pycountry.countries:
        for name in (
            country.name,
            country.alpha_3,
            getattr(country, "official_name", country.name),
        ):
            assert SHIPPED.country(name) == country.alpha_2


def test_an_unknown_country_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownCodeError) as told:
        SHIPPED.country("Gemany")
    assert told.value.suggestion == "DE"
    assert names.nearest_country("Malasia") == "MY"
    assert names.nearest_country("xyzzyx") == ""
    assert names.nearest_country("Chi") == "CL CN"
    assert names.nearest_country("Vietn") == "VN"


def test_a_currency_is_known_by_its_code() -> None:
    assert SHIPPED.currency("cny") == "CNY"
    with pytest.raises(UnknownCodeError) as told:
        SHIPPED.currency("EURO")
    assert told.value.suggestion == "EUR"


@pytest.mark.parametrize("text", ["China (Japan)", "Germany (France)", "Ruritania (China)"])
def test_brackets_around_another_country_are_no_name(text: str) -> None:
    assert names.find_country(text) == ""


@pytest.mark.parametrize(("text", "code"), [
    ("California", "US-CA"), ("Guangdong", "CN-GD"), ("Québec", "CA-QC"), ("Westphalia", ""),
])  # fmt: skip
def test_the_name_of_a_province_suggests_its_code(text: str, code: str) -> None:
    assert names.nearest_country(text) == code
