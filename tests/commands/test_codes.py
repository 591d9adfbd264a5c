"""`codes` lists the vocabulary; `codes add` adds to the log's own files."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import pytest

from rexctl.values.codes import CODE_KINDS

if TYPE_CHECKING:
    from tests.commands.door import Door

ACME = ["codes", "add", "firm/acme", "Acme Corporation", "--country", "United States"]


def vocabulary(rexctl: Door, stem: str) -> str:
    path = rexctl.folder / "data" / "vocabulary" / f"{stem}.yaml"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def codes(rexctl: Door, *words: str) -> list[str]:
    return [json.loads(line)["code"] for line in rexctl("codes", *words).out.splitlines()]


def test_without_a_word_the_kinds_are_counted(rexctl: Door) -> None:
    rows = [json.loads(line) for line in rexctl("codes").out.splitlines()]
    assert [row["kind"] for row in rows] == list(CODE_KINDS)
    assert all(row["codes"] > 0 for row in rows if row["kind"] not in ("tags", "episodes"))


@pytest.mark.parametrize(("words", "code"), [
    (["actors", "commerce ministry"], "CN/mofcom"), (["actor", "MOFCOM"], "CN/mofcom"),
    (["countries", "Hong Kong SAR, China"], "HK"), (["countries", "KOR"], "KR"),
    (["laws", "ieepa"], "us/ieepa"), (["lists", "SDN list"], "us/sdn"),
    (["materials", "dysprosium"], "material:dysprosium"), (["schemes", "hs2017"], "hs2017"),
    (["unreliable entity"], "cn/uel"),
])  # fmt: skip
def test_a_word_is_found_in_codes_names_and_aliases(
    rexctl: Door, words: list[str], code: str
) -> None:
    assert code in codes(rexctl, *words)


def test_an_unknown_firm_is_added_by_the_line_that_the_error_shows(rexctl: Door) -> None:
    add = ["add", "statement", "Acme says no", "--actor", "firm/acme", "--date", "2025-10-09",
           "--source", "https://example.org/x"]  # fmt: skip
    refused = rexctl(*add)
    assert refused.code == 2
    line = refused.err.partition("to add it: rexctl ")[2].strip()
    assert line == 'codes add firm/acme "Acme"'
    assert rexctl(*line.replace('"', "").split()).code == 0
    assert rexctl(*add).code == 0
    assert rexctl("check").code == 0


def test_what_stands_in_the_file_stays_and_undo_brings_it_back(rexctl: Door) -> None:
    path = rexctl.folder / "data" / "vocabulary" / "actors.yaml"
    path.parent.mkdir(exist_ok=True)
    before = "# our firms\n- code: firm/other  # small\n  name: Other"
    path.write_bytes(before.replace("\n", "\r\n").encode())
    assert rexctl(*ACME, "--alias", "Acme", "--alias", "ACME Inc.").out == "firm/acme\n"
    added = "\n- code: firm/acme\n  name: Acme Corporation\n  country: US\n"
    added += "  aliases:\n    - Acme\n    - ACME Inc.\n"
    assert path.read_bytes() == (before + added).replace("\n", "\r\n").encode()
    assert codes(rexctl, "actors", "acme inc") == ["firm/acme"]
    assert "actors.yaml" in rexctl("undo").err
    assert path.read_bytes() == before.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(("words", "code", "told"), [
    (["firm/huawei", "Huawei"], 5, "has this code already"), (["CN", "China"], 5, "already"),
    (["firm/new", "China"], 2, "already a name of CN"), (["XX/new", "New"], 2, "no such country"),
    (["new-tag", "New"], 2, "--kind"), (["firm/new"], 2, "CODE and NAME"),
    (["hs", "Other", "--kind", "scheme"], 5, "already"), (["a", "b", "--kind", "firm"], 2, "kind"),
    (["firm/new", "New", "--country", "Freedonia"], 2, "no such country"),
    (["us/new", "New", "--country", "US"], 2, "country"), (["firm/NEW", "New"], 2, "firm/NEW"),
    (["new", "New", "--kind", "scheme", "--pattern", "["], 2, "not a regular expression"),
])  # fmt: skip
def test_what_cannot_be_added_is_refused_and_nothing_is_written(
    rexctl: Door, words: list[str], code: int, told: str
) -> None:
    done = rexctl("codes", "add", *words)
    assert (done.code, done.out) == (code, "")
    assert told in done.err
    assert not list((rexctl.folder / "data").glob("vocabulary/*.yaml"))


@pytest.mark.parametrize(("words", "stem", "query"), [
    (["us/new-act", "New Act"], "laws", "us/new-act"), (["G9", "Group of Nine"], "actors", "G9"),
    (["us/new-list", "New List", "--kind", "list"], "lists", "us/new-list"),
    (["rare", "Rare things", "--kind", "tag"], "tags", "rare"),
    (["truce", "The truce", "--kind", "episode"], "episodes", "truce"),
    (["material:unobtainium", "Unobtainium"], "materials", "material:unobtainium"),
    (["jp-line", "Japan", "--kind", "scheme", "--pattern", "[0-9]{9}"], "schemes", "jp-line"),
])  # fmt: skip
def test_each_kind_goes_to_its_file_and_is_listed(
    rexctl: Door, words: list[str], stem: str, query: str
) -> None:
    assert rexctl("codes", "add", *words, "--dry-run").code == 0
    assert vocabulary(rexctl, stem) == ""
    assert rexctl("codes", "add", *words).out == f"{words[0]}\n"
    assert words[1] in vocabulary(rexctl, stem)
    assert query in codes(rexctl, stem, query)
    assert rexctl("check").code == 0


def test_codes_of_a_declared_scheme_have_its_pattern(rexctl: Door) -> None:
    rexctl("codes", "add", "jp-line", "Japan", "--kind", "scheme", "--pattern", "[0-9]{9}")
    add = ["add", "statement", "Swine", "--actor", "JP", "--date", "2025-10-09", "--source",
           "https://example.org/x", "--product"]  # fmt: skip
    assert rexctl(*add, "jp-line:12").code == 2
    assert rexctl(*add, "jp-line:010391000").code == 0


def test_a_former_country_acts_in_its_time_only(rexctl: Door) -> None:
    add = ["add", "statement", "Words", "--actor", "Zaire", "--source", "https://example.org/x"]
    assert rexctl(*add, "--date", "1990-01-01").code == 0
    late = rexctl(*add, "--date", "2020-01-01")
    assert late.code == 2
    assert "Zaire ended on 1997-07-14" in late.err
    assert "did you mean CD (DR Congo)?" in late.err


def test_a_file_that_cannot_be_added_to_at_its_end_is_left(rexctl: Door) -> None:
    path = rexctl.folder / "data" / "vocabulary" / "actors.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("[]\n", encoding="utf-8")
    assert rexctl(*ACME).code != 0
    assert path.read_text(encoding="utf-8") == "[]\n"


def offered(rexctl: Door) -> dict[str, str]:
    """What the schema beside the log offers an editor as actors: code to name."""
    text = (rexctl.folder / "data" / "schema" / "event.schema.json").read_text(encoding="utf-8")
    arms = json.loads(text)["definitions"]["actor"]["anyOf"]
    return {arm["const"]: arm.get("description", "") for arm in arms if arm}


def test_a_new_code_is_offered_by_editors_at_once_and_undone_with_its_entry(bare: Door) -> None:
    bare("init")
    before = offered(bare)
    assert before["CN/mofcom"] == "Ministry of Commerce of China"
    bare(*ACME)
    assert offered(bare) == before | {"firm/acme": "Acme Corporation"}
    assert bare("check", "--strict").code == 0
    bare("undo")
    assert offered(bare) == before


def test_a_schema_that_lacks_a_code_of_the_vocabulary_is_reported_and_refreshed(bare: Door) -> None:
    bare("init")
    assert bare("check", "--strict").code == 0  # of which the result is cached
    actors = bare.folder / "data" / "vocabulary" / "actors.yaml"
    actors.parent.mkdir()
    actors.write_text("- code: firm/acme\n  name: Acme\n", encoding="utf-8")
    found = bare("check")
    assert found.code == 0
    assert "schema/event.schema.json:1:1: warning[old-schema]" in found.out
    bare("init", "--refresh")
    assert offered(bare)["firm/acme"] == "Acme"
    assert bare("check", "--strict").code == 0
    schema = bare.folder / "data" / "schema" / "event.schema.json"
    schema.write_text("{}", encoding="utf-8")  # by hand: nothing else of the log has changed
    assert "old-schema" in bare("check").out


def test_the_press_is_an_actor_of_every_log(bare: Door) -> None:
    bare("init")
    first = ["add", "statement", "A speaks", "--actor", "CN", "--date", "2025-10-09", "--source",
             "https://example.org/x"]  # fmt: skip
    cause = bare(*first).out.strip()
    again = ["add", "statement", "B answers", "--actor", "US", "--date", "2025-10-10", "--responds-to",
             cause, "--asserted-by", "the press", "--source", "https://example.org/y"]  # fmt: skip
    name = bare(*again).out.strip()
    assert "asserted_by:\n      - press" in bare("show", name, "-f", "yaml").out
    again[again.index("the press")] = "the prezz"
    assert "--asserted-by: the prezz: no such actor" in bare(*again).err
    assert bare("check").code == 0


def refusal(rexctl: Door, actor: str) -> str:
    return rexctl("add", "statement", "T", "--actor", actor, "--date", "2025-10-09", "--source",
                  "https://example.org/x", "--dry-run").err  # fmt: skip


@pytest.mark.parametrize("actor", [
    "firm/bcg", "FR/dgt", "Acme Widgets", "China's Ministry of Magic", "Acme $Corp", "Bad Robot's",
])  # fmt: skip
def test_a_line_to_add_an_actor_works_as_it_is_printed(rexctl: Door, actor: str) -> None:
    line = re.search(
        r"to add (?:it|a firm): rexctl (codes add .*?)(?:;|$)", refusal(rexctl, actor), re.M
    )
    assert line
    words = shlex.split(line[1])
    assert rexctl(*words).code == 0
    assert codes(rexctl, "actors", words[2]) == [words[2]]
    assert refusal(rexctl, words[2]) == ""


@pytest.mark.parametrize("actor", ["Jane Smith", "Smith"])
def test_a_person_is_told_to_be_the_speaker_of_an_office(rexctl: Door, actor: str) -> None:
    assert (
        "for a person write the office as actor, such as US/president, and the name as speaker"
        in (" ".join(refusal(rexctl, actor).split()))
    )


@pytest.mark.parametrize(
    ("person", "office"),
    [("Donald Trump", "US/president"), ("Trump administration", "US/president"), ("Bessent", "US/treasury"),
     ("Ursula von der Leyen", "EU/commission"), ("Šefčovič", "EU/commission")],
)  # fmt: skip
def test_a_person_whose_office_is_known_is_answered_with_it(
    rexctl: Door, person: str, office: str
) -> None:
    text = " ".join(refusal(rexctl, person).split())
    assert f"a person, who speaks for an office; did you mean {office} (" in text
    assert "codes add" not in text


@pytest.mark.parametrize(
    "text",
    ["the Moon and all others", "in force", "retaliation for the tariffs", "Ministry of Magic"],
)
def test_what_is_no_firm_is_not_to_be_added_as_one(rexctl: Door, text: str) -> None:
    assert "codes add" not in refusal(rexctl, text)


def test_an_actor_of_one_country_is_no_slip_of_one_of_another(rexctl: Door) -> None:
    text = refusal(rexctl, "FR/mofa")
    assert "KR/mofa" not in text
    assert "FR/foreign-affairs" in text


def test_what_may_be_a_law_or_a_list_needs_its_kind(rexctl: Door) -> None:
    asked = rexctl("codes", "add", "us/newlist", "New list")
    assert asked.code == 2
    assert "add --kind law or --kind list" in asked.err
    assert rexctl("codes", "add", "us/newlist", "New list", "--kind", "list").code == 0


@pytest.mark.parametrize("word", ["Z\u200bz Inc", "Acme\u202e"])
def test_a_name_that_hides_a_character_is_refused(rexctl: Door, word: str) -> None:
    assert rexctl("codes", "add", "firm/zz", word).code == 2
    assert rexctl("codes", "add", "firm/zz", "Zz", "--alias", word).code == 2
    assert "firm/zz" not in vocabulary(rexctl, "actors")
