from __future__ import annotations

import pytest

from rexctl.model.event import Event
from rexctl.model.types import TYPES
from rexctl.model.validate import validate
from rexctl.yamlfile import serialize
from tests.model import made
from tests.model.made import codes, findings_of, good, only, plain_of
from tests.read_models import model_of, module_of

# One fault a line where the comment says so; the code, line and column of each.
FAULTY = """\
id: 2025-10-09-cn-mofcom-61
type: export-control
title: Announcement 61
date: 2025-13-09
tz: Asia/Shangai
status: adoptd
actors:
  - CN/mofcm
affected:
  - Chnia
summry: x
products:
  - hs:280531
  - material:dysprosum
controls:
  - licenc
links:
  - rel: supends
    to: 2025-10-09
effective:
  from: 2025-12-01
  until: 2025-11-01
clauses:
  - title: no id
review_by: soon
sources:
  - title: alone
"""
FOURTEEN = [
    ("bad-date", 4, 7, 10), ("unknown-zone", 5, 5, 12), ("unknown-value", 6, 9, 6),
    ("unknown-actor", 8, 5, 8), ("unknown-actor", 10, 5, 5), ("unknown-field", 11, 1, 6),
    ("unknown-product", 13, 5, 9), ("unknown-product", 14, 5, 18), ("unknown-value", 16, 5, 6),
    ("unknown-value", 18, 10, 7), ("ends-before-start", 22, 10, 10), ("missing-field", 24, 5, 12),
    ("bad-date", 25, 12, 4), ("source-not-found", 27, 5, 12),
]  # fmt: skip
SUGGESTED = {
    5: "Asia/Shanghai", 6: "adopted", 8: "CN/mofcom (Ministry of Commerce of China)", 10: "CN (China)", 11: "summary",
    13: "hs:280530 (Earth-metals, rare; scandium and yttrium, whether or not ...)",
    14: "material:dysprosium (Dysprosium)", 16: "licence", 18: "suspends",
}  # fmt: skip


def test_every_fault_of_a_file_is_told_in_one_run_each_at_its_place() -> None:
    found = findings_of(FAULTY)
    assert [(f.code, f.line, f.column, f.width) for f in found] == FOURTEEN
    lines = FAULTY.splitlines()
    assert all(f.text == lines[f.line - 1] and f.path == "" for f in found)


def test_every_unknown_word_gets_the_nearest_legal_one() -> None:
    hints = {f.line: f.hint for f in findings_of(FAULTY) if f.code.startswith("unknown")}
    hints[8] = hints[8].partition(" to add it")[0]
    assert hints == {line: f"did you mean {word}?" for line, word in SUGGESTED.items()}


def test_mending_every_fault_leaves_none() -> None:
    text = FAULTY.replace("2025-13-09", "2025-10-09").replace("summry", "summary")
    words = {"Asia/Shangai": "Asia/Shanghai", "adoptd": "adopted", "CN/mofcm": "CN/mofcom",
             "Chnia": "CN", "hs:280531": "hs:280530", "dysprosum": "dysprosium",
             "licenc\n": "licence\n", "supends": "suspends", "until: 2025-11-01": "until: 2026",
             "title: no id": "id: 1", "soon": "2026-01-01", "title: alone": "url: http://a.b"}  # fmt: skip
    for wrong, right in words.items():
        text = text.replace(wrong, right)
    event = made.event_of(text)
    assert event["affected"] == ["CN"]
    assert event["products"][0] == "hs:280530"


@pytest.mark.parametrize("name", TYPES)
def test_a_type_is_a_room_a_class_and_an_example_of_its_name(name: str) -> None:
    assert issubclass(model_of(name), Event)
    assert (module_of(name).__doc__ or "").strip()
    assert plain_of(name)["type"] == name


@pytest.mark.parametrize("name", TYPES)
def test_without_a_field_that_is_needed_only_that_field_is_told(name: str) -> None:
    whole = plain_of(name)
    for key in ("id", "title", "date", "status", "actors", "sources"):
        loc, code, message, hint = only({k: v for k, v in whole.items() if k != key})
        assert (loc, code, message) == ((key,), "missing-field", f"{key} is missing")
        assert hint


def test_an_unknown_type_gets_the_nearest_one_and_the_other_faults_are_told_too() -> None:
    data = plain_of("tariff") | {"type": "tarif", "date": "soon", "time": "9"}
    found = {loc[0]: (code, hint) for loc, code, _, hint in made.faults(data)}
    assert found["type"] == ("unknown-type", "did you mean tariff?")
    assert found["date"][0] == "bad-date"
    assert found["time"][0] == "bad-time"
    assert "rates" not in found  # only the type could tell


def test_without_a_type_the_types_are_named() -> None:
    data = {k: v for k, v in plain_of("tariff").items() if k != "type"}
    (loc, code, _, hint) = only(data)
    assert (loc, code) == (("type",), "missing-field")
    assert all(name in hint for name in TYPES)


@pytest.mark.parametrize("data", [[], "x", ["a"]])
def test_what_is_no_mapping_is_one_fault(data: object) -> None:
    assert codes(data) == {"": "wrong-shape"}


@pytest.mark.parametrize("kind", [[], {}, "", "a: b"])
def test_a_type_of_any_shape_is_a_fault_and_no_crash(kind: object) -> None:
    assert codes(plain_of("tariff") | {"type": kind})["type"] == "unknown-type"


def test_a_projects_own_fields_are_kept_as_they_are() -> None:
    extra = {"x-team": {"a": ["1", {"b": "NO"}]}, "x-1": "0103"}
    event = good(plain_of("meeting") | extra)
    assert {k: v for k, v in event.items() if k.startswith("x-")} == extra
    assert made.event_of(serialize.write(event, "meeting")) == event


@pytest.mark.parametrize("value", ["", [], {}])
def test_a_projects_own_field_that_is_empty_is_told(value: object) -> None:
    assert codes(plain_of("meeting") | {"x-a": value}) == {"x-a": "empty-value"}


def test_judging_changes_nothing_of_what_it_is_given() -> None:
    data = plain_of("tariff") | {"affected": ["China"]}
    validate(data)
    assert data["affected"] == ["China"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("a\x00", "control-character"),
        ("\ud800", "control-character"),
        ({"a": ["\ufeff"]}, "control-character"),
        ("\u202e", "bidi-control"),
        ({"": "x"}, "empty-key"),
        ({"\u2028": "x"}, "control-character"),
        (True, "wrong-shape"),
        ([1.5], "wrong-shape"),
    ],
)
def test_a_projects_own_field_that_no_file_can_hold_is_refused(value: object, code: str) -> None:
    (loc, found, _, _) = only(plain_of("meeting") | {"x-a": value})
    assert (loc[0], found) == ("x-a", code)
