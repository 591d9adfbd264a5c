"""Values as people type them: what can mean one thing is stored, what cannot is answered with what to write."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rexctl.model.tables import CHOICES, WORDS
from rexctl.model.typed_input import from_input
from rexctl.model.validate import validate_input
from rexctl.vocabulary.vocabulary import shipped_vocabulary

VOCABULARY = shipped_vocabulary()
TODAY = date(2026, 11, 30)
TARIFF = {"type": "tariff", "title": "A duty", "date": "2026-01-17", "status": "adopted",
          "actors": ["US/president"], "sources": ["https://example.org/x"]}  # fmt: skip


def read(
    type_name: str, today: date | None = TODAY, **fields: Any
) -> tuple[dict[str, Any], list[str]]:
    """Return the stored fields, and what is said of those that have a fault."""
    record = {**TARIFF, "type": type_name, **fields}
    event, _, faults = validate_input(record, VOCABULARY, today=today)
    return event, [" ".join((one.message, one.hint)) for one in faults if one.loc[0] in fields]


def stored(field: str, value: Any, type_name: str = "tariff", **more: Any) -> Any:
    event, faults = read(type_name, **{**more, field: value})
    assert faults == []
    return event.get(field)


@pytest.mark.parametrize(
    ("actors", "codes"),
    [
        ("MOFCOM and the General Administration of Customs", ["CN/mofcom", "CN/gacc"]),
        ("General Administration of Customs, MOFCOM", ["CN/gacc", "CN/mofcom"]),
        ("USTR & Treasury", ["US/ustr", "US/treasury"]),
        ("Denmark, Norway, the UK, the Netherlands and Finland", ["DK", "NO", "GB", "NL", "FI"]),
        ("China; Hong Kong SAR, China; Macao", ["CN", "HK", "MO"]),
        ("Trinidad and Tobago, and Antigua and Barbuda", ["TT", "AG"]),
        ("Bosnia and Herzegovina and Serbia", ["BA", "RS"]),
        ("Chinese government and the US government", ["CN", "US"]),
        ("Government of Japan", ["JP"]),
    ],
)  # fmt: skip
def test_a_list_has_commas_semicolons_and_and_between_known_names(
    actors: str, codes: list[str]
) -> None:
    assert stored("actors", actors) == codes


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [("products", "semiconductors and pharmaceuticals", ["hs:8541", "hs:30"]),
     ("actors", "Washington and Beijing", ["US (United States)", "CN (China)"]),
     ("actors", "the European Commission and the Council", ["EU/council"])],
)  # fmt: skip
def test_of_two_unknown_names_each_has_its_suggestions(
    field: str, text: str, said: list[str]
) -> None:
    _, faults = read("tariff", **{field: text})
    assert len(faults) == len(said)
    assert all(one in fault for one, fault in zip(said, faults, strict=True))


def test_of_a_list_only_the_unknown_name_is_reported() -> None:
    _, faults = read("tariff", affected="Denmark and Frnace and Italy")
    assert faults == ["Frnace: no such actor in the vocabulary did you mean FR (France)?"]


@pytest.mark.parametrize("text", ["all", "All countries", "everyone", "all trading partners", "the world",
                                  "every country", "any and all countries"])  # fmt: skip
def test_words_for_all_are_all(text: str) -> None:
    assert stored("affected", text) == ["all"]


@pytest.mark.parametrize(
    "text", ["any and all goods", "all goods", "ALL PRODUCTS", "everything", "all imports"]
)
def test_a_measure_on_all_goods_names_none(text: str) -> None:
    assert stored("products", text) is None
    assert (
        stored("clauses", [{"id": "1", "products": text, "rates": "10%"}])[0].get("products")
        is None
    )


def test_all_goods_of_one_clause_do_not_inherit_those_of_the_measure() -> None:
    _, faults = read("tariff", products="hs:8703", clauses=[{"id": "1", "products": "all goods"}])
    assert faults[0].startswith("all goods: not a product code")


@pytest.mark.parametrize(
    ("actors", "products", "codes"),
    [
        ("CN/mofcom", "1C117.d, tungsten, hs:2841801000 and indium",
         ["cn-control:1C117.d", "material:tungsten", "cn-customs:2841801000", "material:indium"]),
        ("US", "HTS 8541.10.00, 3A090; 8542", ["us-hts:85411000", "us-eccn:3A090", "hs:8542"]),
        ("EU/commission", "7208.39.00, iron and steel", ["eu-cn:72083900", "hs:72"]),
        ("UK", "gallium & germanium", ["material:gallium", "material:germanium"]),
    ],
)  # fmt: skip
def test_products_are_those_that_they_can_only_be(
    actors: str, products: str, codes: list[str]
) -> None:
    assert stored("products", products, actors=actors) == codes


def test_each_fault_of_a_list_is_reported_and_the_same_advice_once() -> None:
    _, faults = read("tariff", actors="JP", products="zorks, wibbles, 8541.10.00, steel")
    assert len(faults) == 4
    assert sum("rexctl codes products" in one for one in faults) == 1
    assert "write one of us-hts:85411000, cn-customs:85411000" in faults[2]
    assert "write one of hs:72 (Iron and steel), hs:73" in faults[3]


@pytest.mark.parametrize(
    ("type_name", "text", "status"),
    [
        ("tariff", "in force", "adopted"), ("sanction", "In effect", "adopted"),
        ("tariff", "effective", "adopted"), ("sanction", "listed", "adopted"),
        ("export-control", "entered into force", "adopted"),
        ("tariff", "threat", "threatened"), ("tariff", "Propose", "proposed"),
        ("meeting", "took place", "held"), ("meeting", "scheduled", "planned"),
        ("investigation", "launched", "initiated"), ("ruling", "ruled", "decided"),
    ],
)  # fmt: skip
def test_a_status_has_the_words_of_sources(type_name: str, text: str, status: str) -> None:
    assert from_input({"type": type_name, "status": text}, VOCABULARY)[0]["status"] == status


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("announced", "status is one of"),
        ("suspended", "the link suspends"),
        ("revoked", "the link revokes"),
    ],
)
def test_a_status_that_is_none_is_answered(text: str, said: str) -> None:
    assert said in read("tariff", status=text)[1][0]
    assert "the link" not in read("agreement", status="in force")[1][0]


@pytest.mark.parametrize(
    ("field", "text", "day"),
    [
        ("deadline", "1 Feb", "2026-02-01"), ("deadline", "June 1st", "2026-06-01"),
        ("deadline", "1st of June", "2026-06-01"), ("deadline", "March", "2026-03"),
        ("deadline", "1 Feb 2027", "2027-02-01"), ("disclosed", "16 January", "2026-01-16"),
        ("disclosed", "20 Dec", "2025-12-20"),
    ],
)  # fmt: skip
def test_a_date_without_a_year_is_the_one_near_the_event(field: str, text: str, day: str) -> None:
    assert stored(field, text) == day


@pytest.mark.parametrize(
    ("field", "text", "years"),
    [("deadline", "15 Dec", "2025-12-15 or 2026-12-15"), ("disclosed", "1 July", "2025-07-01 or 2026-07-01"),
     ("date", "17 Jan", "2026-01-17 or 2027-01-17")],
)  # fmt: skip
def test_a_date_of_two_likely_years_is_asked_for(field: str, text: str, years: str) -> None:
    assert f"of which year?; write {years}" in read("tariff", **{field: text})[1][0]


def test_the_date_of_the_event_itself_is_the_last_one() -> None:
    assert stored("date", "17 Sept") == "2026-09-17"
    assert stored("deadline", "1 Feb", date="5 Oct") == "2027-02-01"


@pytest.mark.parametrize("text", ["immediately", "With immediate effect", "at once"])
def test_a_measure_begins_immediately_on_the_day_of_the_event(text: str) -> None:
    assert stored("effective", {"from": text}) == {"from": "2026-01-17"}
    assert stored("clauses", [{"id": "1", "effective": text}])[0]["effective"] == {
        "from": "2026-01-17"
    }
    assert "not a date" in read("tariff", deadline=text)[1][0]


def test_the_forms_that_an_error_names_are_taken() -> None:
    (text,) = read("tariff", deadline="whenever")[1]
    assert "write 2025-10-09, 9 October 2025, 2025-10, 2025-Q4, today, -2d" in text
    for form in ("2025-10-09", "9 October 2025", "2025-10", "2025-Q4", "today", "-2d"):
        stored("deadline", form)
    assert "today" not in read("tariff", today=None, deadline="whenever")[1][0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("15.6%-62.4%", '"up to 62.4%"'), ("15.6 to 62.4 percent", '"up to 62.4%"'),
        ("between 10% and 25%", '"up to 25%"'), ("between 4.9 and 19.8 per cent", '"up to 19.8%"'),
        ("10% then 25% from 1 June 2026", "clauses.1.rates=10% clauses.1.effective.from=2026-02-01 "
         "clauses.1.effective.until=2026-06-01 clauses.2.rates=25% clauses.2.effective.from=2026-06-01"),
        ("10%, rising to 25% on June 1", "clauses.2.rates=25% clauses.2.effective.from=2026-06-01"),
        ("10% from 1 Feb 2026, 25% from 1 June", "clauses.1.effective.until=2026-06-01"),
    ],
)  # fmt: skip
def test_a_text_with_several_rates_is_answered_with_what_to_write(text: str, said: str) -> None:
    assert said in read("tariff", rates=text, effective={"from": "1 Feb"})[1][0]


@pytest.mark.parametrize("text", ["up to 62.4%", "at least 15.6%"])
def test_what_the_answer_to_a_range_says_is_taken(text: str) -> None:
    assert stored("rates", text)[0]["qualifier"] in ("up-to", "at-least")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("UAB Urbo Bankas,AB Mano Bankas", ["UAB Urbo Bankas", "AB Mano Bankas"]),
        ("UAB Urbo Bankas and AB Mano Bankas", ["UAB Urbo Bankas", "AB Mano Bankas"]),
        ("Acme, Inc.", ["Acme, Inc."]), ("Huawei, ZTE", ["Huawei", "ZTE"]),
        ("Huawei Technologies Co., Ltd., ZTE Corp.", ["Huawei Technologies Co., Ltd.", "ZTE Corp."]),
        ("Litera Meat; Danish Crown", ["Litera Meat", "Danish Crown"]),
        ("Skydio, Inc., BRINC Drones, Inc.", ["Skydio, Inc.", "BRINC Drones, Inc."]),
        ("Boeing and Lockheed Martin Corporation", ["Boeing", "Lockheed Martin Corporation"]),
        ("Johnson and Johnson", ["Johnson and Johnson"]), ("Tate & Lyle PLC", ["Tate & Lyle PLC"]),
        ("IVANOV\\, Ivan Ivanovich", ["IVANOV, Ivan Ivanovich"]),
    ],
)  # fmt: skip
def test_entities_are_split_where_each_is_surely_a_whole_name(text: str, names: list[str]) -> None:
    entities = stored("entities", text, "sanction", list="us/sdn", change="add")
    assert [one["name"] for one in entities] == names


@pytest.mark.parametrize(
    "text", ["IVANOV, Ivan", "Litera Meat, Danish Crown", "Institute of Physics, Beijing"]
)
def test_a_name_with_a_comma_that_may_be_two_is_asked_for(text: str) -> None:
    (said,) = read("sanction", entities=text)[1]
    several, one = text.replace(", ", "; "), text.replace(",", "\\,")
    assert said == f'{text}: one name, or several? write "{several}" for several, "{one}" for one'
    assert len(stored("entities", several, "sanction")) == 2
    assert stored("entities", one, "sanction") == [{"name": text}]
    # What a file holds in a list is one name.
    assert read("sanction", today=None, entities=[text])[0]["entities"] == [{"name": text}]


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("General Administration of Customs Announcement No. 5 of 2025",
         {"issuer": "CN/gacc", "kind": "announcement", "number": "5", "year": "2025"}),
        ("MOFCOM, GACC Announcement 10/2025",
         {"issuer": "CN/mofcom", "kind": "announcement", "number": "10", "year": "2025",
          "title": "MOFCOM, GACC Announcement 10/2025"}),
        ("Bureau of Nowhere Notice 7 of 2025",
         {"kind": "notice", "number": "7", "year": "2025", "title": "Bureau of Nowhere Notice 7 of 2025"}),
        ("Proclamation 10908", {"kind": "proclamation", "number": "10908"}),
        ("Executive Order 14257 of April 2, 2025",
         {"kind": "executive-order", "number": "14257", "year": "2025"}),
        ("EO 14257", {"kind": "executive-order", "number": "14257"}),
        ("Regulation (EU) 2025/1234", {"kind": "regulation", "number": "1234", "year": "2025"}),
        ("Council Regulation (EC) No 428/2009", {"kind": "regulation", "number": "428", "year": "2009",
                                                 "title": "Council Regulation (EC) No 428/2009"}),
    ],
)  # fmt: skip
def test_the_number_of_an_instrument_is_never_a_sentence(
    text: str, instrument: dict[str, str]
) -> None:
    assert stored("instrument", text, actors=["CN/mofcom"]) == instrument


@pytest.mark.parametrize(
    ("actors", "text", "code"),
    [
        ("CN/mofcom", "countermeasures list", "cn/countermeasures-list"),
        ("CN", "export control list", "cn/export-control-list"), ("US/bis", "Entity List", "us/entity-list"),
        ("China", "unreliable entity list", "cn/uel"), ("EU", "magnitsky list", "eu/magnitsky-list"),
    ],
)  # fmt: skip
def test_a_list_is_that_of_the_country_of_the_event(actors: str, text: str, code: str) -> None:
    assert stored("list", text, "sanction", actors=actors) == code


def test_a_list_of_no_country_or_of_two_is_refused() -> None:
    assert "write one of cn/uel" in read("sanction", actors="CN", list="entity list")[1][0]
    assert (
        "a list is written us/entity-list"
        in read("sanction", actors="IMF, UN", list="grey book")[1][0]
    )


@pytest.mark.parametrize("key", ["legal-basis", "legal basis", "legal_basis"])
def test_the_name_of_a_field_has_a_hyphen_a_blank_or_an_underscore(key: str) -> None:
    record, _ = from_input({**TARIFF, key: "IEEPA"}, VOCABULARY)
    assert record["legal_basis"] == ["us/ieepa"]


def test_controls_have_and_between_them() -> None:
    controls = stored("controls", "licence and prohibition, end use", "export-control")
    assert controls == ["licence", "prohibition", "end-use"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Section 232, IEEPA", ["us/s232", "us/ieepa"]),
        ("Section 232 and IEEPA", ["us/s232", "us/ieepa"]),
        ("China's Anti-Foreign Sanctions Law; Chinese Export Control Law",
         ["cn/anti-foreign-sanctions-law", "cn/export-control-law"]),
        ("Trade Act of 1974, section 301", ["us/s301"]),
        ("Law on Trade, Peace and Order", ["us/law-on-trade-peace-and-order"]),
    ],
)  # fmt: skip
def test_laws_are_split_where_each_is_known(text: str, codes: list[str]) -> None:
    assert stored("legal_basis", text) == codes
    assert stored("legal_basis", [text]) == codes


@pytest.mark.parametrize(
    ("type_name", "field", "text", "words"),
    [
        ("export-control", "controls", "ban", ["prohibition"]),
        ("export-control", "controls", "Embargo, licensing", ["prohibition", "licence"]),
        ("export-control", "controls", "ban for military end users", ["prohibition", "end-user"]),
        ("export-control", "controls", "export ban, end users, extraterritorial",
         ["prohibition", "end-user", "extraterritorial"]),
        ("export-control", "controls", "licence requirement & quota", ["licence", "quota"]),
        ("export-control", "reach", "de minimis and technology", ["content", "technology"]),
        ("tariff", "status", "signed", "adopted"), ("agreement", "status", "signed", "signed"),
        ("tariff", "stacking", "on top", "additional"), ("tariff", "combine", "whichever is higher", "higher"),
        ("meeting", "mode", "phone", "call"), ("meeting", "status", "called off", "cancelled"),
        ("sanction", "change", "designation", "add"), ("ruling", "relief", "struck down", ["vacates"]),
        ("statement", "act", "warning", "threaten"), ("statement", "stance", "against", "opposes"),
        ("investigation", "kind", "CVD", "countervailing"), ("tariff", "confidence", "probably", "likely"),
        ("trade-measure", "category", "subsidy", "mast-2019:L"),
    ],
)  # fmt: skip
def test_a_word_of_a_closed_list_has_everyday_words(
    type_name: str, field: str, text: str, words: Any
) -> None:
    assert stored(field, text, type_name) == words


@pytest.mark.parametrize(
    ("text", "said"),
    [("ban of chips", "did you mean prohibition?"), ("frobnicate", "one of licence, prohibition"),
     ("licensing for drones and ban", "did you mean licence, prohibition?")],
)  # fmt: skip
def test_a_phrase_with_an_unknown_word_is_answered_with_those_that_are_known(
    text: str, said: str
) -> None:
    assert said in read("export-control", controls=text)[1][0]


def test_no_everyday_word_stands_for_two_words_of_one_closed_list() -> None:
    known = {
        choice for fields in CHOICES.values() for listed in fields.values() for choice in listed
    }
    assert known >= {*WORDS["choices"]}
    for fields in CHOICES.values():
        for listed in fields.values():
            words = [word for one in listed for word in WORDS["choices"].get(one, ())]
            assert len({*words}) == len(words), listed


@pytest.mark.parametrize("text", ["same day", "the same day", "On the same date"])
def test_the_same_day_is_that_of_the_event_in_every_field(text: str) -> None:
    for field in ("deadline", "disclosed", "review_by"):
        assert stored(field, text) == "2026-01-17"
    assert stored("effective", {"from": text}) == {"from": "2026-01-17"}
    assert (
        stored("sources", [{"url": "https://example.org/x", "published": text}])[0]["published"]
        == "2026-01-17"
    )
    assert "not a date" in read("tariff", date=text)[1][0]


@pytest.mark.parametrize(
    ("text", "time"),
    [("12:01 am", "00:01"), ("12:01 a.m.", "00:01"), ("8.30", "08:30"), ("8 pm", "20:00"), ("8:30 P.M.", "20:30"),
     ("noon", "12:00"), ("12 pm", "12:00"), ("20h30", "20:30"), ("20:30:00", "20:30")],
)  # fmt: skip
def test_a_time_of_day_is_read_as_people_write_it(text: str, time: str) -> None:
    assert stored("time", text) == time


@pytest.mark.parametrize("text", ["midnight", "25:00", "13 pm", "9"])
def test_a_time_that_is_none_or_may_be_two_is_asked_for(text: str) -> None:
    assert "a time is written 20:30" in read("tariff", time=text)[1][0]


@pytest.mark.parametrize(
    ("text", "zone"),
    [("EDT", "America/New_York"), ("ET", "America/New_York"), ("Eastern Daylight Time", "America/New_York"),
     ("Washington, DC time", "America/New_York"), ("PT", "America/Los_Angeles"), ("CET", "CET"),
     ("CEST", "Europe/Brussels"), ("BST", "Europe/London"), ("Beijing time", "Asia/Shanghai"),
     ("Brussels time", "Europe/Brussels"), ("Tokyo", "Asia/Tokyo"), ("asia/shanghai", "Asia/Shanghai"),
     ("UTC+8", "+08:00"), ("GMT-3:30", "-03:30")],
)  # fmt: skip
def test_a_time_zone_is_read_as_people_write_it(text: str, zone: str) -> None:
    assert stored("tz", text) == zone


def test_a_time_zone_that_may_be_of_two_places_is_asked_for() -> None:
    for text, zones in (
        ("CST", "Asia/Shanghai, America/Chicago"),
        ("IST", "Asia/Kolkata, Asia/Jerusalem, Europe/Dublin"),
    ):
        assert f"write one of {zones}" in read("tariff", tz=text)[1][0]
    assert "no such time zone" in read("tariff", tz="Nowhere time")[1][0]


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("1 January 2026, 12:01 a.m. EDT", {"from": "2026-01-01", "time": "00:01", "tz": "America/New_York"}),
        ("12:01 a.m. eastern daylight time on October 14, 2025",
         {"from": "2025-10-14", "time": "00:01", "tz": "America/New_York"}),
        ("2026-01-01 00:01", {"from": "2026-01-01", "time": "00:01"}),
        ("2026-01-01T00:01:00-05:00", {"from": "2026-01-01", "time": "00:01", "tz": "-05:00"}),
        ("1 Jan 2026 until 1 Feb 2026 at 8 pm Beijing time",
         {"from": "2026-01-01", "until": "2026-02-01", "until_time": "20:00", "tz": "Asia/Shanghai"}),
        ("1 Nov 2025 for one year", {"from": "2025-11-01", "until": "2026-11-01"}),
        ("2025-11-10 for 180 days", {"from": "2025-11-10", "until": "2026-05-09"}),
        ({"from": "31 August 2025", "until": "six months"}, {"from": "2025-08-31", "until": "2026-02-28"}),
        ({"until": "for a year"}, {"until": "2027-01-17"}),
        ("10 November 2025, 12:01 am for a year",
         {"from": "2025-11-10", "time": "00:01", "until": "2026-11-10", "until_time": "00:01"}),
    ],
)  # fmt: skip
def test_a_window_holds_times_zones_and_lengths(text: Any, window: dict[str, str]) -> None:
    assert stored("effective", text) == window
    assert stored("clauses", [{"id": "1", "effective": text}])[0]["effective"] == window


def test_a_date_with_a_time_is_split_where_the_part_has_a_time() -> None:
    event = read("tariff", date="26 January 2026, 4:30 p.m. ET")[0]
    assert (event["date"], event["time"], event["tz"]) == (
        "2026-01-26",
        "16:30",
        "America/New_York",
    )
    # One that the fields contradict stays, and is a fault.
    assert read("tariff", date="26 January 2026 at 4 pm", time="08:30")[1]
    assert "a date has no time of day" in read("tariff", deadline="2026-01-26 16:30")[1][0]


@pytest.mark.parametrize(
    ("text", "code"),
    [("MOFCOM spokesperson", "CN/mofcom"), ("a MOFCOM spokesman", "CN/mofcom"),
     ("Chinese foreign ministry spokesman", "CN/mfa"), ("the White House spokeswoman", "US/president"),
     ("spokesperson for the Ministry of Commerce of China", "CN/mofcom"),
     ("spokesman of the European Commission", "EU/commission")],
)  # fmt: skip
def test_a_spokesperson_is_the_body_that_speaks(text: str, code: str) -> None:
    assert stored("actors", text, "statement") == [code]
    assert stored("claims", [{"text": "x", "by": text}])[0]["by"] == code


@pytest.mark.parametrize(
    ("text", "said"),
    [("a senior US official", "did you mean US (United States)?"), ("Chinese officials", "did you mean CN (China)?"),
     ("MOFCOM's spokesperson He Yongqian", "did you mean CN/mofcom"), ("Ruritanian officials", "rexctl codes actors"),
     ("some spokesman", "rexctl codes actors WORD")],
)  # fmt: skip
def test_an_official_is_asked_for_and_never_a_firm(text: str, said: str) -> None:
    (answer,) = read("statement", actors=text)[1]
    assert said in answer
    assert "firm" not in answer


@pytest.mark.parametrize(
    "text", ["all dual-use items", "any dual use goods", "dual-use items", "certain steel products"]
)
def test_a_group_of_goods_without_a_code_is_told_where_to_say_it(text: str) -> None:
    (answer,) = read("export-control", products=text)[1]
    assert "say it in the summary" in answer
    assert "us-eccn:3A090" in answer


def test_a_bad_start_is_told_once() -> None:
    assert len(read("tariff", effective="whenever", rates="10% then 25%")[1]) == 2
