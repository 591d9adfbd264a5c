from __future__ import annotations

import dataclasses

import pytest

from rexctl.errors import UnknownCodeError
from rexctl.vocabulary.vocabulary import Vocabulary, parse_vocabulary, shipped_vocabulary

FILES = {
    "vocabulary/actors.yaml": b"""\
- code: press
  name: The press
- code: firm/asml
  name: ASML Holding
  tz: Asia/Tokyo
- code: CLUB
  name: The club
  members:
    - codes:
        - DE
        - press
      since: 2025-01-01
""",
    "vocabulary/materials.yaml": b"- code: unobtainium\n  symbol: Uo\n",
    "vocabulary/laws.yaml": b"- code: us/new-act\n  name: New Act\n",
    "vocabulary/tags.yaml": b"truce: The truce of one year.\n",
    "vocabulary/episodes.yaml": b"rare-earths-2025: The controls of 2025.\n",
}


@pytest.fixture(scope="module")
def log() -> Vocabulary:
    vocabulary, told = parse_vocabulary(FILES)
    assert told == []
    return vocabulary


def test_the_shipped_vocabulary_is_made_once() -> None:
    assert shipped_vocabulary() is shipped_vocabulary()


def test_a_log_without_files_has_the_shipped_codes() -> None:
    vocabulary, told = parse_vocabulary({})
    assert told == []
    assert list(vocabulary.codes()) == list(shipped_vocabulary().codes())
    assert vocabulary.tags == {}


def test_each_method_gives_the_canonical_code(log: Vocabulary) -> None:
    assert log.actor("prc") == "CN"
    assert log.actor("The press") == "press"
    assert log.country("Türkiye") == "TR"
    assert log.product("hs:2805.30") == "hs:280530"
    assert log.product("material:uo") == "material:unobtainium"
    assert log.law("New Act") == "us/new-act"
    assert log.currency("cny") == "CNY"


@pytest.mark.parametrize("method", ["actor", "country", "product", "law", "currency"])
@pytest.mark.parametrize("text", ["", " ", "qqqqqqqq", "/", ":", "\x00", "ß" * 300])
def test_each_method_tells_what_is_no_code(method: str, text: str) -> None:
    with pytest.raises(UnknownCodeError):
        getattr(shipped_vocabulary(), method)(text)


def test_every_code_that_is_listed_is_judged_as_itself(log: Vocabulary) -> None:
    judges = {"actor": log.actor, "country": log.country, "product": log.product, "law": log.law,
              "list": log.list_code}  # fmt: skip
    for kind, code, _ in log.codes():
        assert judges[kind](code) == code


def test_every_name_that_is_listed_leads_back_to_its_code() -> None:
    vocabulary = shipped_vocabulary()
    judges = {"actor": vocabulary.actor, "country": vocabulary.country, "law": vocabulary.law}
    for kind, code, name in vocabulary.codes():
        assert name
        if kind in judges:
            assert judges[kind](name) == code


def test_no_code_is_listed_twice(log: Vocabulary) -> None:
    pairs = [(kind, code) for kind, code, _ in log.codes()]
    assert len(set(pairs)) == len(pairs)


def test_the_name_of_a_code_is_the_listed_one(log: Vocabulary) -> None:
    for kind, code, name in log.codes():
        assert log.name(kind, code) == name
    assert log.name("actor", "CN/nobody") == ""
    assert log.name("country", "CN/mofcom") == ""
    assert log.name("law", "us/none") == ""


def test_a_logs_own_zone_and_members_count(log: Vocabulary) -> None:
    assert log.zone("firm/asml") == "Asia/Tokyo"
    assert shipped_vocabulary().zone("firm/asml") == "Europe/Amsterdam"
    assert log.zone("CN/mofcom") == "Asia/Shanghai"
    assert [row for row in log.members() if row[0] == "CLUB"] == [
        ("CLUB", "DE", "2025-01-01", ""),
        ("CLUB", "press", "2025-01-01", ""),
    ]
    assert ("EU", "GB", "1973-01-01", "2020-02-01") in set(log.members())


def test_a_logs_words_are_its_own(log: Vocabulary) -> None:
    assert log.tags == {"truce": "The truce of one year."}
    assert log.episodes == {"rare-earths-2025": "The controls of 2025."}
    assert shipped_vocabulary().tags == {}


def test_a_law_that_is_new_is_no_error_but_not_known(log: Vocabulary) -> None:
    assert log.law("us/brand-new") == "us/brand-new"
    assert not log.law_known("us/brand-new")
    assert log.law_known("us/new-act/part-2")
    assert not shipped_vocabulary().law_known("us/new-act")


def test_a_vocabulary_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        shipped_vocabulary().tags = {"a": "b"}  # type: ignore[misc]


def test_a_faulty_alias_takes_no_name_away_from_ours() -> None:
    data = b"- code: firm/thief\n  aliases:\n    - MOFCOM\n    - China\n"
    vocabulary, told = parse_vocabulary({"vocabulary/actors.yaml": data})
    assert [fault.code for fault in told] == ["code-twice", "code-twice"]
    assert vocabulary.actor("mofcom") == "CN/mofcom"
    assert vocabulary.actor("China") == "CN"
