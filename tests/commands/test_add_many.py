from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.commands.door import SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door

GOOD = {
    "type": "statement", "title": "A word", "date": "2025-10-12", "status": "made",
    "actors": ["NO"], "sources": [{"url": "https://example.org/w"}],
}  # fmt: skip
MADE = "2025-10-12-no-word"
LINE = json.dumps(GOOD)
YAML = """type: statement
title: A word
date: 2025-10-12
status: made
actors:
  - "NO"
sources:
  - url: https://example.org/w
"""
CSV = "type,title,date,status,actors,sources.url\r\nstatement,A word,2025-10-12,made,NO,https://example.org/w\r\n"
FORMS = {"yaml": YAML, "json": f"[{LINE}]", "jsonl": LINE + "\n", "csv": CSV}


@pytest.mark.parametrize("form", FORMS)
def test_each_format_gives_the_same_file_by_suffix_by_first_bytes_and_by_name(
    form: str, rexctl: Door
) -> None:
    source = rexctl.folder / f"events.{form}"
    source.write_text(FORMS[form], encoding="utf-8")
    runs = [
        (["--from", str(source)], b""),
        (["--from", "-", "--input", form], FORMS[form].encode()),
    ]
    if form != "csv":
        runs.append((["--from", "-"], FORMS[form].encode()))
    for words, stdin in runs:
        said = rexctl("add", *words, stdin=stdin)
        assert (said.code, said.out.split("\t")[0]) == (0, MADE)
        assert rexctl.files.pop(f"{MADE}.yaml") == f"id: {MADE}\n{YAML}"
        for path in (rexctl.folder / "data" / "events").rglob("*.yaml"):
            path.unlink()


def test_yaml_documents_and_what_links_them_go_in_together(rexctl: Door) -> None:
    two = f"id: 2025-10-13-no-two\n{YAML}links:\n  - rel: clarifies\n    to: 2025-10-12-no-one\n"
    both = f"{two}---\nid: 2025-10-12-no-one\n{YAML}"
    said = rexctl("add", "--from", "-", stdin=both.encode())
    assert said.lines == ["2025-10-13-no-two\tadded", "2025-10-12-no-one\tadded"]
    assert rexctl("check").code == 0


@pytest.mark.parametrize(
    ("name", "text", "places"),
    [
        (
            "bad.jsonl",
            f'{LINE}\n{{"type": "statment"}}\nno json\n',
            ["bad.jsonl:2:10", "bad.jsonl:3:1"],
        ),
        (
            "bad.yaml",
            f"{YAML}---\n{YAML}titel: x\n---\n{YAML}tags: [a/b]\n",
            ["bad.yaml:18:1", "bad.yaml:28:8"],
        ),
        ("bad.csv", CSV + "statement,x,2025-13,made,XX,u\r\n", ["bad.csv:3:13", "bad.csv:3:26"]),
        ("bad.json", f'[{LINE},\n {{"type": "tarrif"}}]', ["bad.json:2:11"]),
    ],
)
def test_every_bad_record_is_named_by_place_and_nothing_is_written(
    name: str, text: str, places: list[str], rexctl: Door
) -> None:
    (rexctl.folder / name).write_text(text, encoding="utf-8")
    said = rexctl("add", "--from", name)
    assert (said.code, said.out, rexctl.files) == (3, "", {})
    heads = {line.split(": error[")[0] for line in said.err.splitlines() if ": error[" in line}
    assert set(places) <= heads
    assert said.err.endswith("error[input-refused] nothing written\n")


def test_a_list_can_be_added_to_its_own_log_for_ever(filled: Door) -> None:
    before = filled.files
    whole = filled("list").out
    for dry in (["--dry-run"], []):
        said = filled("add", "--from", "-", *dry, stdin=whole.encode())
        assert said.code == 0
        assert {line.split("\t")[1] for line in said.lines} == {"same"}
    assert filled.files == before
    assert filled("list").out == whole


def test_an_id_with_other_content_is_a_conflict_and_nothing_is_written(filled: Door) -> None:
    before = filled.files
    whole = filled("list").out.replace("live swine", "dead swine") + LINE + "\n"
    said = filled("add", "--from", "-", stdin=whole.encode())
    assert (said.code, filled.files) == (5, before)
    assert SWINE_ID in said.err


def test_a_link_to_nothing_is_refused_at_its_place(rexctl: Door) -> None:
    text = f"{YAML}links:\n  - rel: clarifies\n    to: 2025-01-01-none\n"
    said = rexctl("add", "--from", "-", stdin=text.encode())
    assert (said.code, rexctl.files) == (3, {})
    assert ":11:9: error[unresolved-link]" in said.err


def test_a_dry_run_writes_nothing(rexctl: Door) -> None:
    said = rexctl("add", "--from", "-", "--dry-run", stdin=LINE.encode())
    assert said == (0, f"{MADE}\twould be added\n", "1 would be added, 0 the same\n")
    assert rexctl.files == {}


def test_a_closed_standard_input_is_told(rexctl: Door) -> None:
    said = rexctl("add", "--from", "-", stdin=None)
    assert said == (2, "", "error[bad-value] -: standard input is closed\n")


def test_a_file_that_is_not_there_and_a_format_that_is_none_are_asked_wrongly(rexctl: Door) -> None:
    assert rexctl("add", "--from", "nowhere.yaml").code == 2
    assert "did you mean csv?" in rexctl("add", "--from", "-", "--input", "cvs").err


def test_a_semicolon_in_a_list_survives_csv_out_and_in(rexctl: Door) -> None:
    columns = "type,title,date,status,actors,sources.url,sources.title,tags"
    line = {"type": "statement", "title": "A; b", "date": "2025-10-09", "status": "made", "actors": ["SE", "NO"],
            "sources": [{"url": "https://a.example/x;y", "title": "One; two"},
                        {"url": "https://b.example/", "title": "c\\d;"}]}  # fmt: skip
    out = rexctl("filter", "-f", "csv", "-F", columns, stdin=json.dumps(line).encode()).out
    assert r"One\; two;c\\d\;" in out
    assert ",A; b," in out
    assert rexctl("add", "--from", "-", "--input", "csv", stdin=out.encode()).code == 0
    (back,) = rexctl("list", "-j").lines
    assert {key: json.loads(back)[key] for key in line} == line


def test_two_columns_for_one_field_are_refused_with_file_line_and_column(rexctl: Door) -> None:
    (rexctl.folder / "x.csv").write_text("type,rates,rates.value\ntariff,5,6\n", encoding="utf-8")
    said = rexctl("add", "--from", "x.csv")
    assert said.code == 3
    assert "x.csv:1:12: error[duplicate-key] rates.value: a second column for the field" in said.err
    assert rexctl.files == {}


def test_a_file_without_ids_is_added_once(rexctl: Door) -> None:
    other = LINE.replace("/w", "/v")
    text = f"{LINE}\n{other}\n{LINE}\n".encode()
    first = rexctl("add", "--from", "-", stdin=text)
    assert first.lines == [f"{MADE}\tadded", f"{MADE}-2\tadded", f"{MADE}\tsame"]
    before = rexctl.files
    again = rexctl("add", "--from", "-", stdin=text)
    assert (again.code, rexctl.files) == (0, before)
    assert again.lines == [f"{MADE}\tsame", f"{MADE}-2\tsame", f"{MADE}\tsame"]
    rexctl("mv", MADE, "2025-10-12-word")
    assert rexctl("add", "--from", "-", stdin=LINE.encode()).lines == ["2025-10-12-word\tsame"]


def test_what_list_writes_as_csv_is_read_back(filled: Door) -> None:
    filled("set", SWINE_ID, "rates+=80 USD/kg", "rates.0.prior=5", "sources.0.title=A; b, \"c\"",
           "tags+=a,b")  # fmt: skip
    text = filled("list", "-f", "csv").out
    for path in (filled.folder / "data" / "events").rglob("*.yaml"):
        path.unlink()
    assert filled("add", "--from", "-", "--input", "csv", stdin=text.encode()).code == 0
    assert filled("list", "-f", "csv").out == text
    rates = json.loads(filled("list", "-j", f"id:{SWINE_ID}").out)["rates"]
    assert [rate["unit"] for rate in rates] == ["percent", "specific"]


def test_the_shipped_log_is_the_same_in_an_empty_log_for_the_columns_of_csv(rexctl: Door) -> None:
    shipped = Path(__file__).parents[2] / "data"
    text = rexctl("-C", str(shipped), "list", "-f", "csv").out
    shutil.copytree(shipped / "vocabulary", rexctl.folder / "data" / "vocabulary",
                    dirs_exist_ok=True)  # fmt: skip
    (rexctl.folder / "log.csv").write_text(text, encoding="utf-8", newline="")
    assert rexctl("add", "--from", "log.csv").code == 0
    assert rexctl("list", "-f", "csv").out == text
    again = rexctl("add", "--from", "log.csv")
    assert {line.split("\t")[1] for line in again.lines} == {"same"}


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_cells_hold_the_values_of_each_part_and_never_those_of_clauses(
    form: str, rexctl: Door
) -> None:
    shared = {"date": "2025-10-12", "status": "adopted", "actors": ["NO"]}
    sources = [{"url": "https://a.org", "supports": ["date", "title"]},
               {"title": "B", "publisher": "P", "published": "2025-10-12"}]  # fmt: skip
    clauses = [{"id": "a", "title": "A"}, {"id": "b", "title": "B", "effective": {"from": "2026"}}]
    rates = [{**clauses[0], "rates": [10]}, {**clauses[1], "rates": [20, 30]}]
    for title, parts in (("Parts", clauses), ("Rates", rates)):
        record = {"type": "tariff", "title": title, **shared, "sources": sources, "clauses": parts}
        assert rexctl("add", "--from", "-", stdin=json.dumps(record).encode()).code == 0
    fields = ("id,type,title,date,status,actors,effective.from,rates,clauses.id,clauses.title,"
              "clauses.effective.from,sources.url,sources.title,sources.publisher,"
              "sources.published,sources.supports")  # fmt: skip
    answer = rexctl("list", "-f", form, "-F", fields)
    assert "1 of 2 events has values of clauses" in answer.err
    assert "clauses.rates; -F takes these names" in rexctl("list", "-f", form, "-F", "rates").err
    before = rexctl.files
    rexctl("undo")
    rexctl("undo")
    assert rexctl("add", "--from", "-", "--input", form, stdin=answer.out.encode()).code == 0
    assert {name: text for name, text in rexctl.files.items() if "parts" in name} == {
        name: text for name, text in before.items() if "parts" in name
    }
    assert "rates:" not in "".join(rexctl.files.values())


def test_blanks_around_words_and_blank_rows_of_csv_do_not_count(rexctl: Door) -> None:
    head, row, _ = CSV.split("\r\n")
    spaced = (
        " , ".join(row.split(",")).replace("statement", " Statement ").replace("NO", " Norway ")
    )
    text = f"{head}\n,,,,,\n{spaced}\n   \n\n"
    assert rexctl("add", "--from", "-", "--input", "csv", stdin=text.encode()).lines == [
        f"{MADE}\tadded"
    ]
    assert rexctl.files[f"{MADE}.yaml"] == f"id: {MADE}\n{YAML}"


def test_an_update_changes_the_fields_that_a_record_has_and_says_so(filled: Door) -> None:
    before = filled.files
    record = f"id,tags,summary\n{SWINE_ID},a;b,New words.\n".encode()
    words = ["add", "--from", "-", "--input", "csv"]
    refused = filled(*words, stdin=record)
    assert (refused.code, filled.files) == (3, before)
    dry = filled(*words, "--update", "--dry-run", stdin=record)
    assert (dry.lines, filled.files) == ([f"{SWINE_ID}\twould be changed"], before)
    changed = filled(*words, "--update", stdin=record)
    assert changed.lines == [f"{SWINE_ID}\tchanged"]
    assert "  summary added: “New words.”\n" in changed.err
    assert "0 added, 1 changed, 0 the same\n" in changed.err
    kept = filled.files[f"{SWINE_ID}.yaml"].replace("summary: |\n  New words.\n", "")
    assert kept.replace("tags:\n  - a\n  - b\n", "") == before[f"{SWINE_ID}.yaml"]
    assert filled(*words, "--update", stdin=record).lines == [f"{SWINE_ID}\tsame"]
    assert filled("undo").code == 0
    assert filled.files == before


def test_an_update_adds_what_is_new_in_the_same_write(filled: Door) -> None:
    whole = filled("list", "-j").out.replace("live swine", "dead swine") + LINE + "\n"
    refused = filled("add", "--from", "-", stdin=whole.encode())
    assert refused.code == 5
    assert f"-:1: {SWINE_ID}: the log has another event of this id; --update" in refused.err
    done = filled("add", "--from", "-", "--update", stdin=whole.encode())
    assert sorted(line.split("\t")[1] for line in done.lines) == [
        "added",
        "changed",
        "same",
        "same",
    ]
    assert "dead swine" in filled.files[f"{SWINE_ID}.yaml"]


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_a_link_of_a_record_names_its_event_as_a_person_does(form: str, filled: Door) -> None:
    record = {**GOOD, "links": ["clarifies 2025-10-09", {"rel": "disputes", "to": SWINE_ID[:14]}]}
    stdin = json.dumps(record).encode()  # which is YAML too
    assert filled("add", "--from", "-", "--input", form, stdin=stdin).code == 0
    assert filled.files[f"{MADE}.yaml"].count(f"to: {SWINE_ID}\n") == 2
    record["links"] = ["clarifies 2025-10-11"]
    refused = filled("add", "--from", "-", stdin=json.dumps(record).encode())
    assert refused.code == 3
    assert "error[ambiguous-id] 2025-10-11: matches 2 events; 2025-10-11-se-" in refused.err


def test_a_word_for_a_day_is_not_taken_from_a_file(rexctl: Door) -> None:
    refused = rexctl("add", "--from", "-", stdin=LINE.replace("2025-10-12", "today").encode())
    assert (refused.code, rexctl.files) == (3, {})
    assert "error[bad-date] date: today: means another day tomorrow; a file holds" in refused.err
    week = LINE.replace("2025-10-12", "2025-W41").encode()
    assert rexctl("add", "--from", "-", stdin=week).lines == ["2025-10-06-no-word\tadded"]


def test_the_findings_of_check_for_what_was_added_are_reported(filled: Door) -> None:
    twin = {**GOOD, "title": "A word again", "tags": ["quite-new"]}
    result = filled("add", "--from", "-", stdin=f"{LINE}\n{json.dumps(twin)}\n".encode())
    assert result.code == 0
    assert "warning[unknown-tag] quite-new" in result.err
    assert "warning[near-duplicate] may duplicate" in result.err
    assert SWINE_ID not in result.err


def test_a_column_may_have_the_name_of_a_part_with_one_chief_field(rexctl: Door) -> None:
    text = (
        "type,title,date,status,actors,sources,instrument,effective,licence\n"
        "export-control,A curb,2025-10-09,adopted,CN,https://example.org/a,MOFCOM 61/2025,"
        "1 December 2025,CN/mofcom\n"
    )
    said = rexctl("add", "--from", "-", stdin=text.encode())
    assert said.code == 0, said.err
    (written,) = rexctl.files.values()
    assert "instrument:\n  issuer: CN/mofcom\n  number: 61\n  year: 2025\n" in written
    assert "effective:\n  from: 2025-12-01\n" in written
    assert "licence:\n  authority: CN/mofcom\n" in written


def test_an_event_with_thousands_of_addresses_is_added_and_compared(rexctl: Door) -> None:
    sources = [{"url": f"https://example.org/{number}"} for number in range(3_000)]
    event = {"type": "statement", "title": "A word", "date": "2025-10-09", "status": "made",
             "actors": ["NO"], "sources": sources}  # fmt: skip
    assert (
        rexctl("add", "--from", "-", "--input", "json", stdin=json.dumps(event).encode()).code == 0
    )
    again = event | {"title": "Quite another", "date": "2025-10-10",
                     "sources": [{"url": "https://www.example.org/2999?utm_source=x"}]}  # fmt: skip
    said = rexctl("add", "--from", "-", "--input", "json", stdin=json.dumps(again).encode())
    assert (said.code, "near-duplicate" in said.err) == (0, True), said
