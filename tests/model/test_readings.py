"""How people write dates, addresses, names, rates and goods: one table for each class, as a field reads it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rexctl.model.validate import validate_input
from rexctl.values.dates import parse_range
from rexctl.vocabulary.vocabulary import shipped_vocabulary

VOCABULARY = shipped_vocabulary()
TODAY = date(2025, 10, 9)  # a Thursday
EVENT = {"id": "2025-10-09-x", "type": "tariff", "title": "A duty", "date": "2025-10-09", "status": "adopted",
         "actors": ["US"], "sources": ["https://example.org/x"]}  # fmt: skip


def read(field: str, value: Any, type_name: str = "tariff") -> tuple[Any, str]:
    """Return the stored value of a field, and what is said of it."""
    record = {**EVENT, "type": type_name, field: value}
    event, _, faults = validate_input(record, VOCABULARY, today=TODAY)
    return event.get(field), "; ".join(one.sentence for one in faults)


def stored(field: str, value: Any, type_name: str = "tariff") -> Any:
    result, said = read(field, value, type_name)
    assert said == ""
    return result


DATES = {
    "2025-12-31": [
        "31.12.2025", "31/12/2025", "12/31/2025", "31-12-2025", "2025/12/31", "20251231", "31-Dec-2025",
        "the 31st of December, 2025", "New Year's Eve 2025", "on 31 December 2025", "Wed, 31 Dec 2025",
        "Wednesday 31 December 2025", "2025年12月31日", "31. Dezember 2025", "31 décembre 2025",
    ],
    "2025-05-05": ["05/05/2025", "5.5.2025"],
    "2025-12-25": ["Christmas 2025", "Christmas Day, 2025"],
    "2025-10-09~": ["around 9 October 2025", "ca. 9 Oct 2025"],
    "2025-10/2025-12": ["Q4 2025", "4Q 2025", "fourth quarter of 2025", "October to December 2025"],
    "2026-01/2026-06": ["H1 2026", "first half of 2026"],
    "2025-11-11~/2025-11-20~": ["mid-November 2025", "mid November 2025", "middle of November 2025"],
    "2025-02-21~/2025-02-28": ["late February 2025", "end of February 2025"],
    "2025-10-01/2025-10-10~": ["early October 2025", "beginning of October 2025", "early October"],
    "2025-09~/2025-12": ["late 2025", "end of 2025"],
    "2025-10-13/2025-10-15": ["13-15 October 2025", "October 13–15, 2025", "13 to 15 Oct 2025",
                              "between 13 and 15 October 2025"],
    "2025-09-28/2025-10-02": ["Sept 28 - Oct 2, 2025", "28 September to 2 October 2025"],
    "2025-09-25": ["two weeks ago", "14 days ago"],
}  # fmt: skip


@pytest.mark.parametrize(("day", "text"), [(day, one) for day in DATES for one in DATES[day]])
def test_a_date_in_another_notation_is_stored(day: str, text: str) -> None:
    assert stored("date", text) == day
    assert stored("sources", [{"url": "https://example.org/x", "published": text}])[0][
        "published"
    ] == (day)


@pytest.mark.parametrize("text", ["31.12.2025", "31/12/2025", "New Year's Eve 2025", "20251231"])
def test_a_query_reads_the_same_notations(text: str) -> None:
    assert parse_range(text, TODAY) == parse_range("2025-12-31", TODAY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("03/04/2025", "the day may be the month; write 2025-04-03 or 2025-03-04"),
        ("1.2.2025", "write 2025-02-01 or 2025-01-02"),
        ("31-12-25", "a year has four digits"), ("31.04.2025", "April 2025 has 30 days"),
        ("30 February 2025", "February 2025 has 28 days"),
        ("Monday, 31 December 2025", "2025-12-31 is a Wednesday"),
        ("31 December", "write 2024-12-31 or 2025-12-31"), ("spring 2026", "not a date"),
        ("Octember 2025", "not a date"), ("mid-week 2025", "not a date"), ("end of the talks", "not a date"),
        ("unknown", "leave the field out"), ("midnight on 1 Nov 2025", "which end of the day"),
    ],
)  # fmt: skip
def test_a_date_that_may_be_two_or_none_is_refused(text: str, said: str) -> None:
    assert said in read("date", text)[1]


@pytest.mark.parametrize(
    ("field", "text", "day"),
    [
        ("deadline", "end of November", "2025-11-30"), ("deadline", "by the end of 2025", "2025-12-31"),
        ("deadline", "within 30 days", "2025-11-08"), ("deadline", "two weeks", "2025-10-23"),
        ("deadline", "by 1 November", "2025-11-01"), ("deadline", "New Year's Eve", "2025-12-31"),
        ("deadline", "the same date", "2025-10-09"), ("review_by", "in six months", "2026-04-09"),
        ("disclosed", "late September", "2025-09-21~/2025-09-30"),
    ],
)  # fmt: skip
def test_a_limit_is_counted_from_the_event_and_is_the_last_day(
    field: str, text: str, day: str
) -> None:
    assert stored(field, text) == day


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("from 1 November", {"from": "2025-11-01"}), ("1 November onwards", {"from": "2025-11-01"}),
        ("effective from 1 Nov 2025", {"from": "2025-11-01"}), ("in 30 days", {"from": "2025-11-08"}),
        ("1 January 2026 at 12:01 am", {"from": "2026-01-01", "time": "00:01"}),
        ("from 1 November 2025 until further notice", {"from": "2025-11-01"}),
        ("1 November 2025 indefinitely", {"from": "2025-11-01"}),
        ("1 November 2025 until the end of 2025", {"from": "2025-11-01", "through": "2025-12-31"}),
        ({"from": "1 Nov 2025", "until": "indefinitely"}, {"from": "2025-11-01"}),
        ({"from": "1 Nov 2025", "until": "for ninety days"}, {"from": "2025-11-01", "until": "2026-01-30"}),
        ({"from": "1 Nov 2025", "until": "end of March 2026"}, {"from": "2025-11-01", "through": "2026-03-31"}),
        ({"from": "1 Nov 2025", "until": "one year later"}, {"from": "2025-11-01", "until": "2026-11-01"}),
    ],
)  # fmt: skip
def test_a_window_is_written_in_words(text: Any, window: dict[str, str]) -> None:
    assert stored("effective", text) == window


def test_a_length_without_a_beginning_is_asked_for_its_first_day() -> None:
    assert "write 2025-10-09 for 90 days" in read("effective", "for 90 days")[1]
    assert stored("effective", "2025-10-09 for 90 days")["until"] == "2026-01-07"


ADDRESSES = {
    "https://www.reuters.com/x": ["www.reuters.com/x", "<www.reuters.com/x>", "https://www.reuters.com/x,",
                                  "HTTPS://www.reuters.com/x", "https:/www.reuters.com/x", "(https://www.reuters.com/x).",
                                  "“https://www.reuters.com/x”"],
    "https://reuters.com/world/x": ["reuters.com/world/x", "https//reuters.com/world/x"],
    "https://reuters.com": ["reuters.com"],
    "https://ec.europa.eu/a_(b)": ["https://ec.europa.eu/a_(b)", "ec.europa.eu/a_(b)"],
    "https://en.wikipedia.org/wiki/Apple_Inc.": ["https://en.wikipedia.org/wiki/Apple_Inc."],
    "http://www.gov.cn/x": ["http//www.gov.cn/x"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("address", "text"), [(url, one) for url in ADDRESSES for one in ADDRESSES[url]]
)
def test_an_address_is_stored_without_what_is_around_it(address: str, text: str) -> None:
    assert stored("sources", [text]) == stored("sources", [{"url": text}]) == [{"url": address}]
    assert stored("sources", f"Title of it: {address}")[0]["title"] == "Title of it"


@pytest.mark.parametrize("text", ["notes.pdf", "U.S.", "reuters", "example.org/a b", "Reuters, 9 October 2025",
                                  "localhost/x", "README.md"])  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    assert "an address begins with" in read("sources", text)[1]


@pytest.mark.parametrize("between", ["; ", ", ", " "])
def test_two_addresses_are_two_sources(between: str) -> None:
    text = between.join(("https://a.org/x", "https://b.org/y"))
    assert stored("sources", text) == [{"url": "https://a.org/x"}, {"url": "https://b.org/y"}]
    assert stored("sources", "[A, b](https://a.org/x)") == [
        {"url": "https://a.org/x", "title": "A, b"}
    ]


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Russia's war in Ukraine", "russias-war-in-ukraine"), ("Russia’s war", "russias-war"),
        ("Café & Bar", "cafe-and-bar"), ("U.S.–China truce", "us-china-truce"), ("R&D", "r-and-d"),
        ("#tariffs", "tariffs"), ("Liberation Day (2025)", "liberation-day-2025"), ("Phase 1.5", "phase-1-5"),
    ],
)  # fmt: skip
def test_a_tag_and_an_episode_fold_what_is_no_letter(text: str, slug: str) -> None:
    assert stored("tags", [text]) == [slug]
    assert stored("episode", text) == slug
    if " " in text:
        assert stored("clauses", [text]) == [{"id": slug, "title": text}]


@pytest.mark.parametrize("text", ["中国", "…", "中国 trade", "steel/aluminium"])
def test_a_tag_that_would_lose_letters_is_refused(text: str) -> None:
    assert "a slug is made of a-z" in read("tags", [text])[1]


RATES: dict[str, list[str]] = {
    "25%": ["stays at 25%", "25 per cent", "25 percent ad valorem", "raised to 25%", "cut to 25%", "a 25% tariff",
            "25 pct", "twenty-five percent", "an additional 25%", "+25%", "tariffs of 25 percent", "25％", "25 p.c.",
            "25% duty", "25.0%"],
    "25% prior 10": ["raised from 10% to 25%", "10% -> 25%", "10% → 25%", "25% (up from 10%)", "25%, instead of 10%",
                     "increased to 25% from 10%"],
    "10% prior 25": ["lowered from 25% to 10%", "25% -> 10%", "cut from 25 to 10 percent"],
    "0%": ["duty-free", "zero", "no tariff", "free"],
    "1234.5%": ["1,234.5", "1 234.5%"],
    "10pp": ["10pp", "10 percentage points"],
    "at-least 10%": ["at least 10%", "a minimum of 10%", "no less than 10%"],
    "up-to 10%": ["up to 10%", "as high as 10%", "maximum 10%"],
    "80 USD/kg": ["80 USD/kg", "US$80 per kg", "80 usd / kg"],
    "1.50 EUR/kg": ["€1.50/kg", "1.50 euros per kg"],
    "100 CNY/ton": ["100 yuan/ton", "RMB 100 per ton"],
}  # fmt: skip


def in_short(rate: dict[str, str]) -> str:
    sign = {
        "percent": "%",
        "percentage-points": "pp",
        "specific": f" {rate.get('currency')}/{rate.get('per')}",
    }
    number = rate["value"].removesuffix(".0") + sign[rate["unit"]]
    return (
        f"{rate.get('qualifier', '')} {number} prior {rate.get('prior', '')}".strip().removesuffix(
            " prior"
        )
    )


@pytest.mark.parametrize(("rate", "text"), [(one, text) for one in RATES for text in RATES[one]])
def test_a_rate_is_read_as_the_press_says_it(rate: str, text: str) -> None:
    (read_rate,) = stored("rates", text)
    assert in_short(read_rate) == rate


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from 10% to 25%", 'write "raised from 10% to 25%" for a change, "up to 25%" for the highest'),
        ("25% to 10%", '"lowered from 25% to 10%"'), ("1,5%", "write 1.5"), ("1,234", "write 1.234 or 1234"),
        ("$80 per kg", "did you mean USD?"), ("5 cents per kg", "did you mean USD?"),
        ("¥100/t", "write one of CNY, JPY"), ("25% on cars", "write 25%, and the goods (cars) in products"),
        ("10%, raised to 25%", "clauses.1.rates=10%"), ("many", "write digits"),
    ],
)  # fmt: skip
def test_a_rate_that_may_be_two_or_none_is_refused(text: str, said: str) -> None:
    assert said in read("rates", text)[1]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("about 190", {"value": "190", "qualifier": "about"}), ("34 subsidiaries", {"value": "34"}),
        ("1,500 entities", {"value": "1500"}), ("two companies", {"value": "2"}),
        ("1.5 million names", {"value": "1500000"}), ("nearly 200", {"value": "200", "qualifier": "about"}),
        ("more than 100 firms", {"value": "100", "qualifier": "at-least"}),
        ("12 of Russia", {"value": "12", "of": "RU"}),
    ],
)  # fmt: skip
def test_a_count_may_say_what_it_counts(text: str, count: dict[str, str]) -> None:
    assert stored("counts", text, "sanction") == [count]


@pytest.mark.parametrize(
    "text", ["2 companies and 34 subsidiaries", "2 companies, 34 subsidiaries"]
)
def test_of_several_counts_the_sum_is_asked_for(text: str) -> None:
    assert "did you mean 36?" in read("counts", text, "sanction")[1]


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("商务部公告2025年第61号", "CN/mofcom announcement 61 2025"),
        ("海关总署2025年第61号公告", "CN/gacc announcement 61 2025"),
        ("商务部公告〔2025〕61号", "CN/mofcom announcement 61 2025"),
        ("国务院令第834号", "CN/state-council order 834"),
    ],
)  # fmt: skip
def test_a_chinese_number_is_that_of_its_issuer(text: str, instrument: str) -> None:
    assert " ".join(stored("instrument", text).values()) == instrument


PEOPLE = {
    "US/president": ["President Trump", "Trump", "the Trump administration", "U.S. President Donald Trump", "Mr Biden",
                     "ex-President Trump"],
    "CN/president": ["Xi", "President Xi Jinping", "Chinese President Xi", "Xi Jinping"],
    "CN/state-council": ["Premier Li", "Vice Premier He Lifeng", "Chinese Premier"],
    "EU/commission": ["von der Leyen", "President von der Leyen", "Šefčovič", "Sefcovic",
                      "EU Trade Commissioner Šefčovič"],
    "US/treasury": ["Scott Bessent", "Treasury Secretary Bessent", "US Treasury Secretary"],
    "US/ustr": ["USTR Greer", "Ambassador Greer"],
    "CN/mofcom": ["Minister Wang Wentao", "China's commerce minister"],
    "CN/mfa": ["Foreign Minister Wang"],
    "IN/prime-minister": ["PM Modi", "Indian Prime Minister Narendra Modi"],
    "WTO": ["Okonjo-Iweala"],
    "EU/ecb IMF": ["Lagarde"],
    "CN": ["Chinese", "the Chinese", "Chinese officials", "the Chinese side", "Beijing officials"],
    "EU": ["EU member states", "European leaders", "the Europeans"],
    "G7": ["G7 finance ministers"],
    "CN CN-BJ": ["Beijing"], "US US-WA": ["Washington"], "EU BE": ["Brussels"], "RU": ["Moscow"],
    "GB/prime-minister": ["Downing Street"],
    "GG JE": ["Channel Islands"], "VI VG": ["Virgin Islands"], "firm/dji DJ": ["DJI"],
}  # fmt: skip


@pytest.mark.parametrize(("codes", "text"), [(one, text) for one in PEOPLE for text in PEOPLE[one]])
def test_a_person_or_a_place_is_asked_for_with_the_code_and_its_name(codes: str, text: str) -> None:
    said = read("actors", [text])[1]
    listed = [f"{one} ({VOCABULARY.name('actor', one)[:8]}" for one in codes.split()]
    assert all(one in said for one in listed)
    assert ("did you mean" in said) == (len(listed) == 1)
    assert "firm/" not in said or "DJI" in text


@pytest.mark.parametrize(
    "text", ["President Smith", "Minister Novotny", "French Trade Minister Dupont", "Mr Smith", "Senator Warren",
             "unnamed sources", "state media"]
)  # fmt: skip
def test_an_unknown_person_is_not_advised_to_be_a_firm(text: str) -> None:
    said = read("actors", [text])[1]
    assert "firm" not in said
    assert "as speaker" in said or "name each actor" in said


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the White House", "US/president"), ("the Fed", "US/fed"), ("Commerce Department", "US/commerce"),
        ("State Department", "US/state"), ("Canadian PM", "CA/prime-minister"), ("Chinese government", "CN"),
        ("Macedonia, FYR", "MK"), ("KOS", "XK"), ("Czech", "CZ"), ("Eurozone", "EURO-AREA"), ("Allemagne", "DE"),
        ("España", "ES"), ("European Union (27)", "EU"), ("Li Auto", ""),
    ],
)  # fmt: skip
def test_a_name_that_can_mean_one_actor_is_stored(text: str, code: str) -> None:
    value, said = read("actors", [text])
    assert (value == [code], said == "") == (bool(code), bool(code))


GOODS = {
    "hs:2710": ["petroleum products", "refined products", "diesel"], "hs:2709": ["crude oil", "crude"],
    "hs:271111": ["LNG"], "hs:2701": ["coal"], "hs:1205": ["canola", "canola seed", "rapeseed"],
    "hs:1514": ["canola oil"], "hs:230641": ["canola meal"], "hs:1201": ["soybeans", "soya beans", "soy"],
    "hs:0203": ["pork"], "hs:0201 hs:0202": ["beef"], "hs:04": ["dairy", "dairy products"],
    "hs:2204": ["wine", "wines"],
    "hs:220820": ["brandy", "brandies", "cognac"], "hs:220830": ["whisky", "whiskey", "bourbon"], "hs:03": ["seafood"],
    "hs:4407 hs:4403": ["lumber", "softwood timber", "softwood lumber", "softwood timber and lumber"],
    "hs:4412": ["plywood"], "hs:940161 hs:940171": ["upholstered furniture"], "hs:940340": ["kitchen cabinets"],
    "hs:940360": ["vanities", "bathroom vanities"], "hs:72 hs:73": ["steel", "steel products"],
    "hs:73": ["steel derivatives", "derivative steel products"], "hs:76": ["aluminum products", "aluminium articles"],
    "hs:8703": ["cars", "imported cars", "Japanese cars"], "hs:870380": ["EVs", "Chinese EVs", "electric vehicles"],
    "hs:8704 hs:8701": ["heavy trucks"], "hs:8702": ["buses"], "hs:8708": ["auto parts", "automotive parts"],
    "hs:854142": ["solar cells"], "hs:8541 hs:8542": ["semiconductors"], "hs:8542": ["chips", "AI chips"],
    "hs:8486": ["chipmaking equipment", "semiconductor equipment"], "hs:851713": ["smartphones"],
    "hs:847130": ["laptops"],
    "hs:3004 hs:30": ["pharmaceuticals", "patented drugs"], "hs:300241": ["vaccines"], "hs:8901 hs:89": ["ships"],
    "hs:842619": ["ship-to-shore cranes", "STS cranes"], "hs:8609": ["containers"], "hs:8806": ["drones"],
    "hs:7104 hs:7105": ["superhard materials"], "hs:31": ["fertilizer", "fertilisers"], "hs:9503": ["toys"],
    "hs:64": ["shoes"], "hs:61 hs:62": ["clothing"], "hs:4011": ["tires", "tyres"],
}  # fmt: skip


@pytest.mark.parametrize(("codes", "text"), [(one, text) for one in GOODS for text in GOODS[one]])
def test_goods_are_asked_for_with_code_and_name(codes: str, text: str) -> None:
    said = read("products", [text])[1]
    assert all(f"{one} ({VOCABULARY.name('product', one)[:8]}" in said for one in codes.split())
    assert said.count(" hs:") == len(codes.split())


@pytest.mark.parametrize(
    "text", ["aluminum", "gallium", "germanium", "antimony", "graphite", "tungsten", "tellurium", "bismuth",
             "molybdenum", "indium", "rare earths", "samarium", "lithium", "cobalt", "nickel", "uranium", "potash"]
)  # fmt: skip
def test_a_material_is_stored(text: str) -> None:
    assert stored("products", [text])[0].startswith("material:")


def test_each_of_several_goods_is_asked_for() -> None:
    said = read("products", "crude oil and petroleum products, kitchen cabinets")[1]
    assert said.count("did you mean") == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("movies", "a service has no HS code"), ("digital services", "a service has no HS code"),
        ("de minimis parcels", "they are of any goods"), ("critical minerals", "material:gallium"),
        ("agricultural products", "hs:01 to hs:24"), ("textiles", "hs:50 to hs:63"), ("goods", "names none"),
        ("zorks", "rexctl codes products WORD"),
    ],
)  # fmt: skip
def test_goods_without_a_code_of_their_own_are_answered_with_what_to_write(
    text: str, said: str
) -> None:
    answer = read("products", [text])[1]
    assert said in answer
    assert "did you mean" not in answer


@pytest.mark.parametrize(
    ("text", "time", "zone"),
    [("01:30-05:00", "01:30", "-05:00"), ("12:01 am ET", "00:01", "America/New_York"),
     ("20:30 Beijing time", "20:30", "Asia/Shanghai")],
)  # fmt: skip
def test_a_time_may_have_its_zone(text: str, time: str, zone: str) -> None:
    event, _, faults = validate_input({**EVENT, "time": text}, VOCABULARY, today=TODAY)
    assert not faults
    assert (event["time"], event["tz"]) == (time, zone)
    _, _, faults = validate_input({**EVENT, "time": text, "tz": "UTC"}, VOCABULARY, today=TODAY)
    assert faults[0].code == "bad-time"
