from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from rexctl.errors import UnknownCodeError
from rexctl.values.codes import is_actor
from rexctl.values.text import name_key
from rexctl.vocabulary import names
from rexctl.vocabulary.names import index_names, names_of, tables
from rexctl.vocabulary.vocabulary import Vocabulary, shipped_vocabulary
from tests.generate_vocabulary import load_source

SHIPPED = shipped_vocabulary()
ALL = tables().actors
SPELLINGS = index_names(ALL)
NAMED_IN_THE_FACTS = [
    "IMF",
    "G7",
    "WB",
    "firm/rhodium",
    "US/president",
    "US/treasury",
    "US/ustr",
    "US/bis",
    "CN/mofcom",
    "CN/gacc",
    "CN/mof",
    "CN/pboc",
    "CN/state-council",
    "CN/mfa",
    "CN/ndrc",
    "EU/commission",
    "JP/mof",
    "GB/treasury",
]


@pytest.mark.parametrize("code", NAMED_IN_THE_FACTS)
def test_the_actors_of_the_episode_are_there(code: str) -> None:
    assert code in ALL


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("CN/mofcom", "CN/mofcom"), ("CN/MOFCOM", "CN/mofcom"), ("mofcom", "CN/mofcom"),
        ("China/mofcom", "CN/mofcom"), ("商务部", "CN/mofcom"), ("White House", "US/president"),
        ("The World Bank", "WB"), ("imf", "IMF"), ("g7", "G7"), ("Rhodium Group", "firm/rhodium"),
        ("European Union", "EU"), ("eu", "EU"), ("China", "CN"), ("prc", "CN"), ("u.s.", "US"),
        ("DE/bmwk", "DE/bmwe"), ("Germany/BMWK", "DE/bmwe"), ("no", "NO"),
    ],
)  # fmt: skip
def test_an_actor_is_known_by_its_code_and_its_names(text: str, code: str) -> None:
    assert SHIPPED.actor(text) == code


@pytest.mark.parametrize(
    ("text", "meant"),
    [("CN/mofkom", "CN/mofcom"), ("Chinaa", "CN"), ("USTRR", "US/ustr"), ("qwxyzqwxyz", "")],
)
def test_an_unknown_actor_is_told_with_the_nearest(text: str, meant: str) -> None:
    with pytest.raises(UnknownCodeError, match="no such actor") as told:
        SHIPPED.actor(text)
    assert told.value.suggestion == meant


def test_the_name_of_a_country_is_never_an_organisation() -> None:
    assert Vocabulary({"firm/china": {"name": "China"}}, {}, {}).actor("China") == "CN"


def test_no_name_is_ambiguous() -> None:
    """Neither between two organisations nor between one and a country other than itself."""
    told: dict[str, str] = {}
    for code, entry in ALL.items():
        for _, text in names_of(entry):
            assert told.setdefault(name_key(text), code) == code, text
            assert names.find_country(text) in ("", code), text


def test_an_entry_has_a_sound_code_a_name_and_known_fields() -> None:
    for code in ALL:
        entry = ALL[code]
        assert is_actor(code)
        assert entry["name"]
        assert set(entry) <= {
            "code",
            "name",
            "aliases",
            "tz",
            "source",
            "members",
            "people",
            "titles",
        }
        assert len(set(entry.get("aliases", ()))) == len(entry.get("aliases", ()))
        head = code.split("/")[0]
        assert head == "firm" or head in ALL or head in tables().countries


def test_the_zone_of_every_actor_exists() -> None:
    for code in ALL:
        assert ZoneInfo(SHIPPED.zone(code)).key


def test_every_country_has_a_zone_that_exists() -> None:
    for code in sorted(tables().countries):
        assert ZoneInfo(load_source("zones")[code]).key == Vocabulary({}, {}, {}).zone(code)


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("CN", "Asia/Shanghai"), ("CN/mofcom", "Asia/Shanghai"), ("US/president", "America/New_York"),
        ("EU/commission", "Europe/Brussels"), ("EU/ecb", "Europe/Berlin"), ("NO", "Europe/Oslo"),
        ("UN/security-council", "America/New_York"), ("firm/asml", "Europe/Amsterdam"),
        ("IMF", "America/New_York"), ("G7", "UTC"), ("press", "UTC"), ("XK", "Europe/Belgrade"),
    ],
)  # fmt: skip
def test_the_clock_is_the_actors_own_or_its_bodys_or_its_capitals(code: str, zone: str) -> None:
    assert SHIPPED.zone(code) == zone


def belongs(member: str, bloc: str, day: str) -> bool:
    return any(
        b == bloc and m == member and (not since or since <= day) and (not until or day < until)
        for b, m, since, until in SHIPPED.members()
    )


@pytest.mark.parametrize(
    ("bloc", "day", "count"),
    [
        ("EU", "1957-12-31", 0), ("EU", "1972-12-31", 6), ("EU", "1973-01-01", 9),
        ("EU", "1986-01-01", 12), ("EU", "1995-01-01", 15), ("EU", "2004-05-01", 25),
        ("EU", "2007-01-01", 27), ("EU", "2013-07-01", 28), ("EU", "2020-01-31", 28),
        ("EU", "2020-02-01", 27), ("EU", "2025-10-18", 27), ("G7", "1975-12-31", 6),
        ("G7", "2025-10-18", 7), ("G20", "2023-09-08", 20), ("G20", "2025-10-18", 21),
        ("EFTA", "1960-05-03", 7), ("EFTA", "1992-01-01", 7), ("EFTA", "2025-10-18", 4),
        ("ASEAN", "2025-10-25", 10), ("ASEAN", "2025-10-26", 11), ("BRICS", "2010-06-01", 4),
        ("BRICS", "2023-12-31", 5), ("BRICS", "2024-01-01", 9), ("BRICS", "2025-10-18", 10),
        ("USMCA", "2020-06-30", 0), ("NAFTA", "2020-06-30", 3), ("USMCA", "2020-07-01", 3),
        ("CPTPP", "2018-12-30", 6), ("CPTPP", "2024-12-15", 12), ("RCEP", "2022-01-01", 10),
        ("APEC", "1989-12-31", 12), ("APEC", "2025-10-18", 21),
        ("OECD", "1961-09-30", 17), ("OECD", "1962-12-31", 20), ("OECD", "2025-10-18", 38),
        ("NATO", "1949-08-24", 12), ("NATO", "1999-03-12", 19), ("NATO", "2023-04-04", 31),
        ("NATO", "2025-10-18", 32), ("GCC", "2025-10-18", 6), ("MERCOSUR", "2024-08-06", 4),
        ("MERCOSUR", "2025-10-18", 5), ("EAEU", "2025-10-18", 5), ("SCO", "2001-06-15", 6),
        ("SCO", "2025-10-18", 10), ("IPEF", "2022-05-26", 14), ("AUKUS", "2025-10-18", 3),
        ("QUAD", "2025-10-18", 4), ("OPEC", "2025-10-18", 12),
    ],
)  # fmt: skip
def test_a_bloc_has_as_many_members_as_it_had_that_day(bloc: str, day: str, count: int) -> None:
    known = {member for b, member, *_ in SHIPPED.members() if b == bloc}
    assert sum(belongs(member, bloc, day) for member in known) == count


def test_britain_left_the_union_as_february_2020_began() -> None:
    assert belongs("GB", "EU", "2020-01-31")
    assert not belongs("GB", "EU", "2020-02-01")


def test_every_member_is_a_country_or_an_actor_and_its_days_are_in_order() -> None:
    rows = list(SHIPPED.members())
    for bloc, member, since, until in rows:
        assert member in tables().countries or member in ALL, (bloc, member)
        assert all(date.fromisoformat(day) for day in (since, until) if day)
        assert not (since and until) or since < until
    assert len({row[:3] for row in rows}) == len(rows)


def test_every_membership_tells_its_source() -> None:
    for bloc in load_source("blocs"):
        assert all(row["source"] for row in bloc["members"]), bloc["code"]


@pytest.mark.parametrize(("text", "code"), [
    ("China's Ministry of Foreign Affairs", "CN/mfa"), ("Ministry of Commerce, China", "CN/mofcom"),
    ("India’s Ministry of Commerce and Industry", "IN/commerce"), ("the press", "press"),
])  # fmt: skip
def test_a_name_in_another_order_of_words_is_known(text: str, code: str) -> None:
    assert SHIPPED.actor(text) == code


@pytest.mark.parametrize(("text", "others"), [
    ("Ministry of Commerce", "CN/mofcom IN/commerce TH/commerce"),
    ("Supreme Court", "US/supreme-court"), ("Council", "EU/council EU/european-council"),
    ("Japanese trade ministry", "JP/meti"), ("Beijing", "CN CN-BJ"), ("Donald Trump", "US/president"),
    ("Bessent", "US/treasury"), ("the Trump administration", "US/president"),
    ("Ursula von der Leyen", "EU/commission"), ("Bank of China", "CN/pboc"), ("US Trade", ""),
])  # fmt: skip
def test_a_name_of_several_is_none_and_they_are_suggested(text: str, others: str) -> None:
    with pytest.raises(UnknownCodeError) as error:
        SHIPPED.actor(text)
    if others:
        assert error.value.suggestion == others
    else:
        assert all(one.startswith("US/") for one in error.value.suggestion.split())


def test_an_unknown_code_of_a_country_is_told_with_those_that_it_has() -> None:
    with pytest.raises(UnknownCodeError) as error:
        SHIPPED.actor("FR/mofa")
    assert (
        error.value.suggestion
        == "FR/president FR/prime-minister FR/tresor FR/economy FR/foreign-affairs"
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Chinese government", "CN"), ("the US government", "US"), ("Government of Japan", "JP"),
        ("the government of the People's Republic of China", "CN"), ("UK Government", "GB"),
        ("South Korean government", "KR"), ("Germany's government", "DE"),
        ("the Chinese authorities", "CN"), ("Japanese Ministry of Finance", "JP/mof"),
        ("Office of the U.S. Trade Representative", "US/ustr"),
        ("Bureau of Industry and Security (BIS)", "US/bis"), ("UK Treasury", "GB/treasury"),
        ("German economy ministry", "DE/bmwe"), ("Chinese customs", "CN/gacc"),
    ],
)  # fmt: skip
def test_a_government_is_its_country_and_a_body_may_stand_behind_an_adjective(
    text: str, code: str
) -> None:
    assert SHIPPED.actor(text) == code


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("General Administration of Customs", "CN", "CN/gacc"), ("Customs", "CN", "CN/gacc"),
        ("Supreme Court", "US", "US/supreme-court"), ("the Treasury", "US", "US/treasury"),
        ("Treasury", "GB", "GB/treasury"), ("Commerce", "CN", "CN/mofcom"), ("Congress", "US", "US/congress"),
        ("Ministry of Commerce", "CN", "CN/mofcom"), ("Supreme Court", "IN", ""), ("Bank", "CN", ""),
        ("Council", "EU", ""), ("Ministry of Commerce", "FR", ""),
    ],
)  # fmt: skip
def test_a_body_is_that_of_the_country_of_the_event(text: str, country: str, code: str) -> None:
    if code:
        assert SHIPPED.actor(text, [country]) == code
    else:
        with pytest.raises(UnknownCodeError):
            SHIPPED.actor(text, [country])
