from __future__ import annotations

import pytest

from rexctl.errors import UnknownCodeError
from rexctl.values.codes import is_law
from rexctl.values.text import name_key
from rexctl.vocabulary.names import index_names, names_of, tables
from rexctl.vocabulary.vocabulary import Vocabulary, shipped_vocabulary

SHIPPED = shipped_vocabulary()
LAWS = tables().laws
ACTORS = tables().actors
SPELLINGS = index_names(LAWS)
WANTED = [
    "us/ieepa",
    "us/s122",
    "us/s201",
    "us/s232",
    "us/s301",
    "us/s338",
    "us/ecra",
    "us/ndaa",
    "cn/export-control-law",
    "cn/foreign-trade-law",
    "cn/anti-foreign-sanctions-law",
    "cn/dual-use-regulations",
    "eu/dual-use-regulation",
    "eu/anti-coercion-instrument",
    "eu/safeguard-regulation",
    "wto/gatt/art-xxi",
]


@pytest.mark.parametrize("code", WANTED)
def test_the_laws_of_trade_policy_are_there(code: str) -> None:
    assert code in LAWS


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("us/ieepa", "us/ieepa"), ("US/IEEPA", "us/ieepa"), ("IEEPA", "us/ieepa"),
        ("Section 301", "us/s301"), ("us/ieepa/fentanyl", "us/ieepa/fentanyl"),
        ("wto/art-xxi", "wto/gatt/art-xxi"), ("eu/aci", "eu/anti-coercion-instrument"),
        ("vn/some-decree", "vn/some-decree"), ("usmca/art-32-2", "usmca/art-32-2"),
    ],
)  # fmt: skip
def test_a_legal_basis_is_known_by_its_code_or_name_and_may_be_new(text: str, code: str) -> None:
    assert SHIPPED.law(text) == code


@pytest.mark.parametrize(
    ("text", "why", "meant"),
    [
        ("us", "is written us/ieepa", ""),
        ("ieeppa", "is written us/ieepa", "us/ieepa"),
        ("xx/law", "xx: no such jurisdiction", ""),
        ("ux/ieepa", "ux: no such jurisdiction", "us/ieepa"),
        ("us//x", "is written us/ieepa", ""),
    ],
)
def test_what_is_no_legal_basis_is_told(text: str, why: str, meant: str) -> None:
    with pytest.raises(UnknownCodeError, match=why) as told:
        SHIPPED.law(text)
    assert told.value.suggestion == meant


def test_a_law_within_a_known_one_is_known() -> None:
    assert SHIPPED.law_known("us/ieepa")
    assert SHIPPED.law_known("us/ieepa/fentanyl/china")
    assert not SHIPPED.law_known("us/ieeppa")
    assert not SHIPPED.law_known("us")
    assert not SHIPPED.law_known("us/s30")


def test_an_entry_has_a_sound_code_a_name_and_a_source() -> None:
    for code in LAWS:
        assert is_law(code)
        assert Vocabulary(ACTORS, {}, {}).law(code) == code
        assert LAWS[code]["name"]
        assert LAWS[code]["source"]
        assert set(LAWS[code]) <= {"code", "name", "aliases", "source"}


def test_no_name_of_a_law_is_ambiguous() -> None:
    told: dict[str, str] = {}
    for code, entry in LAWS.items():
        for _, text in names_of(entry):
            assert told.setdefault(name_key(text), code) == code, text


@pytest.mark.parametrize(
    ("text", "countries", "code"),
    [
        ("China's Anti-Foreign Sanctions Law", ["CN"], "cn/anti-foreign-sanctions-law"),
        ("Anti-Foreign Sanctions Law of China", ["JP"], "cn/anti-foreign-sanctions-law"),
        ("Chinese Export Control Law", ["CN"], "cn/export-control-law"),
        ("PRC Export Control Law", [], "cn/export-control-law"),
        ("Export Control Law of the People's Republic of China", ["CN"], "cn/export-control-law"),
        ("U.S. Export Administration Regulations", ["CN"], "us/ear"),
        ("EU Anti-Coercion Instrument", ["US"], "eu/anti-coercion-instrument"),
        ("Sec. 232", ["CN"], "us/s232"), ("§ 301", [], "us/s301"),
        ("Section 301 of the Trade Act", ["CN"], "us/s301"), ("IEEPA", ["CN"], "us/ieepa"),
        ("CHIPS Act", ["US"], "us/chips-act"), ("CHIPS Act", ["EU"], "eu/chips-act"),
        ("Export Control Law of Japan", ["CN"], "jp/export-control-law"),
        ("Vietnam's Law on Cybersecurity", ["US"], "vn/law-on-cybersecurity"),
        ("New Data Law", ["CN"], "cn/new-data-law"),
    ],
)  # fmt: skip
def test_a_law_is_known_by_its_country_and_name_in_any_words(
    text: str, countries: list[str], code: str
) -> None:
    assert SHIPPED.law(text, countries) == code


@pytest.mark.parametrize(
    ("text", "countries", "new", "meant"),
    [
        ("Customs Law", ["VN"], "vn/customs-law", "cn/customs-law"),
        ("Anti-Foreign Sanctions Act", ["CN"], "cn/anti-foreign-sanctions-act", "cn/anti-foreign-sanctions-law"),
        ("IEEPA as amended", ["US"], "us/ieepa-as-amended", "us/ieepa"),
        ("Anti-Foreign Sanctions Law, article 4", ["CN"], "article-4", "cn/anti-foreign-sanctions-law"),
        ("sections 232 and 301", ["CN"], "cn/sections-232-and-301", "us/s232 us/s301"),
    ],
)  # fmt: skip
def test_a_law_that_is_like_a_known_one_is_asked_for(
    text: str, countries: list[str], new: str, meant: str
) -> None:
    with pytest.raises(UnknownCodeError, match=new) as told:
        SHIPPED.law(text, countries)
    assert told.value.suggestion == meant


@pytest.mark.parametrize(
    ("text", "code"),
    [("China's Unreliable Entity List", "cn/uel"), ("US Entity List", "us/entity-list"),
     ("Control List", "cn/export-control-list")],
)  # fmt: skip
def test_a_list_is_known_by_its_country_too(text: str, code: str) -> None:
    assert SHIPPED.list_code(text, ["CN"]) == code
