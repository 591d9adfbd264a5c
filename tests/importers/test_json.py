from __future__ import annotations

import json

import pytest

from rexctl.importers.json import parse as parsed
from rexctl.importers.json import records
from rexctl.values import json_text
from rexctl.yamlfile.source import Source
from tests.importers.readers import events, faults, judged, shipped_events
from tests.model.made import plain_of

TARIFF = plain_of("tariff")


def test_the_shipped_log_comes_back_from_an_array() -> None:
    for indent in (None, 2):
        text = json.dumps(shipped_events(), ensure_ascii=False, indent=indent)
        assert events(text, "x.json") == list(shipped_events())


def test_one_object_is_one_event() -> None:
    assert events(json.dumps(TARIFF, indent=2), "x.json") == [TARIFF]


def test_a_number_keeps_its_digits() -> None:
    text = json.dumps(TARIFF).replace('"value": "100"', '"value": 10.50')
    assert events(text, "x.json")[0]["rates"][0]["value"] == "10.50"


def test_a_null_is_an_unset_field_however_deep() -> None:
    data = TARIFF | {"note": None, "tags": ["a", None], "effective": {"from": "2025", "tz": None}}
    (event,) = events(json.dumps(data), "x.json")
    assert "note" not in event
    assert event["tags"] == ["a"]
    assert event["effective"] == {"from": "2025"}


def test_a_null_where_something_is_needed_is_told_as_missing() -> None:
    assert [f[3] for f in faults(json.dumps(TARIFF | {"date": None}))] == ["missing-field"]


def test_every_fault_stands_at_its_line_and_column() -> None:
    data = [TARIFF, TARIFF | {"status": "adoptd", "actors": ["CN", "Chnia"], "zzz": "x"}]
    text = json.dumps(data, indent=1)
    found = faults(text, "x.json")
    lines = text.split("\n")
    seen = {lines[line - 1][column - 1 : column - 1 + width] for line, column, width, _ in found}
    assert seen == {'"adoptd"', '"Chnia"', '"zzz"'}
    assert min(line for line, *_ in found) > lines.index(" },")


def test_a_line_separator_inside_a_text_is_no_line_of_the_file() -> None:
    text = '{"title": "a\u2028b",\n"status": }'
    (record,) = records(text.encode(), "x.json")
    (finding,) = record.findings
    assert (finding.line, finding.text) == (2, '"status": }')


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_of_json_is_refused(word: str) -> None:
    (reading,) = judged(f'{{"a": {word}}}', "x.json")
    assert reading.event is None
    assert [(f.code, f.message) for f in reading.findings] == [
        ("not-json", f"{word} is not a number in JSON")
    ]


def test_a_key_that_stands_twice_is_refused_by_name() -> None:
    value, finding = parsed('{"a": "1", "a": "2"}', Source("x.json", ""))
    assert value is None
    assert finding is not None
    assert "a: repeated key" in finding.message


@pytest.mark.parametrize(
    ("text", "line", "column"), [("{", 1, 2), ('{"a": 1,}', 1, 9), ("[\n1\n2]", 3, 1), ("", 1, 1)]
)
def test_a_text_that_is_no_json_is_one_finding_at_its_place(
    text: str, line: int, column: int
) -> None:
    (found,) = faults(text, "x.json")
    assert found == (line, column, 1, "not-json")


def test_too_deep_a_nest_is_told_and_nothing_breaks() -> None:
    assert faults("[" * 100_000, "x.json")[0][3] == "not-json"
    assert faults("[" * 100_000 + "]" * 100_000, "x.json")[0][3] == "not-json"


def test_a_mark_of_the_encoding_is_passed_over() -> None:
    assert events(b"\xef\xbb\xbf" + json.dumps(TARIFF).encode(), "x.json") == [TARIFF]


@pytest.mark.parametrize("text", ["[]", "[1]", '"x"', "null", "true", "[[]]", "{}"])
def test_what_is_no_event_is_never_taken(text: str) -> None:
    assert all(reading.event is None for reading in judged(text, "x.json"))
    assert faults(text, "x.json") or text in ("[]", "null")


def test_half_a_character_is_a_fault_at_its_place_and_no_crash() -> None:
    text = json.dumps(TARIFF | {"title": "\ud800", "x-own": ["\udfff"]})
    assert [found[3] for found in faults(text, "x.json")] == ["control-character"] * 2


def test_what_list_writes_comes_back_without_what_was_computed() -> None:
    line = json_text.dumps(TARIFF | {"_earliest": "2025-10-10", "_v": json_text.Num("1")})
    assert events(line, "x.json") == [TARIFF]


def test_seventeen_levels_are_one_too_many_also_where_python_would_bear_them() -> None:
    deep = '{"x-a": ' + "[" * 16 + "]" * 16 + "}"
    (record,) = records(("[" + deep + "]").encode(), "f.json")
    assert [finding.code for finding in record.findings] == ["not-json"]
    fits = '{"x-a": ' + "[" * 15 + "]" * 15 + "}"
    (record,) = records(fits.encode(), "f.json")
    assert not record.findings
