from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from rexctl.errors import UnknownCodeError
from rexctl.model.rules import check_text
from rexctl.model.typed_input import from_input
from rexctl.model.types import TYPES
from rexctl.model.validate import validate
from rexctl.values.json_text import Num
from rexctl.vocabulary.vocabulary import parse_vocabulary, shipped_vocabulary
from rexctl.yamlfile import serialize
from tests.model import made
from tests.model.made import event_of, findings_of, good, only, plain_of
from tests.read_models import keys_of, leaf_of, model_of


def read(kind: str, value: Any) -> Any:
    return check_text(kind, value)


def refused(kind: str, value: Any) -> tuple[str, str]:
    with pytest.raises(PydanticCustomError) as caught:
        read(kind, value)
    return caught.value.type, caught.value.message()


def models() -> list[Any]:
    found: list[Any] = []

    def visit(model: Any) -> None:
        if model not in found:
            found.append(model)
            for _, info in keys_of(model):
                for part in leaf_of(info).models:
                    visit(part)

    for name in TYPES:
        visit(model_of(name))
    return found


MODELS = [pytest.param(model, id=model.__name__) for model in models()]


@pytest.mark.parametrize("model", MODELS)
def test_every_field_says_what_it_is_in_one_plain_sentence(model: Any) -> None:
    for key, info in keys_of(model):
        assert info.description, key
        assert "\n" not in info.description, key
        assert "|" not in info.description, key  # it is in a table of the codebook
        assert not info.description.endswith("."), key


@pytest.mark.parametrize("model", MODELS)
def test_every_example_of_a_field_is_itself_valid_and_canonical(model: Any) -> None:
    for key, info in keys_of(model):
        leaf = leaf_of(info)
        for example in info.examples or ():
            for one in example if leaf.many else [example]:
                right = one in leaf.values if leaf.values else read(leaf.kind, one) == one
                assert right, (key, one)


@pytest.mark.parametrize(
    ("given_date", "right"),
    [
        ("9 Oct 2025", "2025-10-09"), ("October 2025", "2025-10"), ("2025/10/09", "2025-10-09"),
        ("2025-10-9", "2025-10-09"), ("20251009", "2025-10-09"), ("10/2025", "2025-10"),
        ("2025-10-26/2025-10-20", "2025-10-20/2025-10-26"),
    ],
)  # fmt: skip
def test_a_date_in_another_manner_is_refused_with_the_right_one(
    given_date: str, right: str
) -> None:
    code, message = refused("date", given_date)
    assert code == "bad-date"
    assert message.endswith(f"write {right}")
    assert read("date", right) == right


def test_one_day_is_no_interval_and_not_about_a_day() -> None:
    assert read("day", "2025-10-09") == "2025-10-09"
    for text in ("2025-10", "2025-10-09~", "2025-10-09?", "2025-10-09/2025-10-10", "today"):
        assert refused("day", text)[0] == "bad-date"


@pytest.mark.parametrize("text", ["20:30", "00:00", "23:59"])
def test_a_time_is_two_digits_and_two_digits(text: str) -> None:
    assert read("time", text) == text


@pytest.mark.parametrize(
    "text", ["24:00", "8:30", "20:60", "20.30", "٢٠:٣٠", "20:30:00", "20:30\n"]
)
def test_any_other_time_is_refused(text: str) -> None:
    assert refused("time", text)[0] == "bad-time"


@pytest.mark.parametrize("text", ["0", "-1.5", "10.50", "100", "0.1", "-0"])
def test_a_number_keeps_its_digits(text: str) -> None:
    assert read("number", text) == text


@pytest.mark.parametrize("text", ["1,5", "1e3", "+1", ".5", "01", "1.", "10%", "NaN", "1_0", "١"])
def test_any_other_number_is_refused(text: str) -> None:
    assert refused("number", text)[0] == "bad-number"
    assert refused("integer", text)[0] == "bad-number"


@pytest.mark.parametrize("text", ["http://a.b", "https://例え.jp/道?q=1#x", "https://a.b/x_(y)"])
def test_an_address_of_the_web_is_kept(text: str) -> None:
    assert read("url", text) == text


@pytest.mark.parametrize(
    "text", ["a.b", "javascript:alert(1)", "ftp://a.b", "http://", "https://a b", "http://a.b/\x1b[2J",
             "https:///x", "http://a.b/\u202e", 'https://a.b/"'],
)  # fmt: skip
def test_any_other_address_is_refused(text: str) -> None:
    assert refused("url", text)[0] in ("bad-url", "bidi-control")


def test_a_zone_is_one_of_the_iana_zones_and_no_way_out_of_their_folder() -> None:
    assert shipped_vocabulary().timezone("Asia/Shanghai") == "Asia/Shanghai"
    for text in ("../../etc/passwd", "/etc/localtime", "Asia", "", "\x00", "asia/shangai"):
        with pytest.raises(UnknownCodeError):
            shipped_vocabulary().timezone(text)


def test_a_mistyped_zone_gets_the_nearest() -> None:
    (_, code, message, hint) = only(plain_of("meeting") | {"tz": "America/NewYork"})
    assert (code, message) == ("unknown-zone", "America/NewYork: no such time zone")
    assert hint == "did you mean America/New_York?"
    assert "America/New_York" in available_timezones()


def test_a_slug_and_a_language_are_plain_small_letters() -> None:
    assert read("slug", "rare-earths-2025") == "rare-earths-2025"
    for text in ("Rare", "a_b", "-a", "a--b", "ä", ""):
        assert refused("slug", text)[0] == "bad-slug"
    source = {"url": "https://example.org/x"}
    assert good(plain_of("meeting") | {"sources": [source | {"lang": "zh-Hant"}]})
    (loc, code, message, _) = only(
        plain_of("meeting") | {"sources": [source | {"lang": "Chinese"}]}
    )
    assert (loc, code) == (("sources", 0, "lang"), "bad-lang")
    assert message == "lang: Chinese: write en, zh, no ..."


def test_a_title_is_at_most_140_characters() -> None:
    assert good(plain_of("meeting") | {"title": "x" * 140})
    (loc, code, message, _) = only(plain_of("meeting") | {"title": "x" * 141})
    assert (loc, code) == (("title",), "too-long")
    assert message == "title: is longer than 140 characters"


def test_names_and_aliases_become_codes_on_input() -> None:
    for text in ("China", "PRC", "cn", "中国", "People's Republic of China"):
        assert good(plain_of("tariff") | {"affected": [text]})["affected"] == ["CN"]
    assert good(plain_of("tariff") | {"actors": "MOFCOM"})["actors"] == ["CN/mofcom"]
    assert good(plain_of("tariff") | {"affected": "all"})["affected"] == ["all"]


def test_a_name_in_a_file_is_read_and_reported_as_no_code() -> None:
    (found,) = findings_of(made.example("tariff").replace("  - CN\n", "  - China\n"))
    assert (found.code, found.hint) == ("unknown-actor", "did you mean CN (China)?")
    assert made.event_of(made.example("tariff").replace("  - CN\n", "  - China\n"))["affected"] == [
        "China"
    ]


def test_the_dots_of_a_tariff_line_are_dropped_on_input() -> None:
    products = good(plain_of("tariff") | {"products": ["hs:2805.30", "HS:28.46"]})["products"]
    assert products == ["hs:280530", "hs:2846"]


def test_a_code_of_hs_that_is_not_there_gets_the_nearest() -> None:
    (_, code, message, hint) = only(plain_of("tariff") | {"products": ["hs:280599"]})
    assert (code, hint) == ("unknown-product", "did you mean hs:280540 (Mercury)?")
    assert "HS 2022" in message


@pytest.mark.parametrize("value", [None, True, 1, 1.5, ["x"], {"a": "b"}, b"x"])
def test_what_is_no_text_is_never_made_one(value: Any) -> None:
    assert refused("text", value)[0] == "wrong-shape"


def test_texts_are_normal_and_without_outer_spaces() -> None:
    assert read("text", "  U\u0308ber ") == "Über"
    assert refused("text", " ")[0] == "empty-value"
    assert refused("prose", "\n\n")[0] == "empty-value"


@given(st.text(st.characters(), min_size=1, max_size=40), st.sampled_from(["title", "note", "x-a"]))
def test_every_text_that_is_taken_comes_back_from_its_file(text: str, field: str) -> None:
    event, faults = validate(plain_of("meeting") | {field: text})
    if event is None:
        assert [fault.loc for fault in faults] == [(field,)]
        return
    assert good(event) == event
    assert event_of(serialize.write(event, "meeting")) == event


@pytest.mark.parametrize(
    "sign", "\x00\x1b\x7f\x85\u2028\u2029\ufeff\ufdd0\ufffe\U0010ffff\ud800\ue000"
)
@pytest.mark.parametrize("field", ["title", "note", "x-a"])
def test_signs_that_are_no_text_are_refused(field: str, sign: str) -> None:
    (loc, code, _, _) = only(plain_of("meeting") | {field: f"a{sign}b"})
    assert loc == (field,)
    assert code in ("control-character", "not-one-line")


@pytest.mark.parametrize("sign", "\u061c\u200e\u200f\u202a\u202e\u2066\u2069")
def test_signs_that_turn_the_reading_order_are_refused_by_number(sign: str) -> None:
    (_, code, message, _) = only(plain_of("meeting") | {"title": f"a{sign}b"})
    assert code == "bidi-control"
    assert f"U+{ord(sign):04X}" in message
    assert sign not in message


def test_all_is_everybody_where_a_field_accepts_it_and_a_name_elsewhere() -> None:
    own, _ = parse_vocabulary({"vocabulary/actors.yaml": b"- code: firm/x\n  name: All\n"})
    record, unknown = from_input(plain_of("tariff") | {"actors": "all", "affected": "all"}, own)
    assert (record["actors"], record["affected"], unknown) == (["firm/x"], ["all"], [])


def test_a_text_is_judged_alike_every_time() -> None:
    for _ in range(3):
        assert read("text", " a ") == "a"
        assert read("date", Num("2025")) == "2025"
        assert type(read("number", Num("2.5"))) is str
        assert refused("date", "2025-13")[0] == "bad-date"
        assert refused("url", "http://\u202ex")[0] == "bidi-control"
