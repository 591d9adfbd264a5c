from __future__ import annotations

import json

from rexctl.cache.event_row import make_row
from tests.importers.readers import events, faults, shipped_events
from tests.model.made import plain_of

TARIFF = plain_of("tariff")


def test_the_shipped_log_comes_back_from_the_lines_that_list_writes() -> None:
    text = "".join(make_row(event).json.decode() + "\n" for event in shipped_events())
    assert events(text, "x.jsonl") == list(shipped_events())


def test_every_line_tells_its_own_faults_at_its_own_number() -> None:
    good, bad = json.dumps(TARIFF), json.dumps(TARIFF | {"status": "adoptd"})
    column = bad.index('"adoptd"') + 1
    text = f"{good}\n\n{bad}\n{{\n{good}\n{bad}"
    assert faults(text, "x.jsonl") == [
        (3, column, 8, "unknown-value"),
        (4, 2, 1, "not-json"),
        (6, column, 8, "unknown-value"),
    ]


def test_line_ends_of_windows_and_empty_lines_are_passed_over() -> None:
    line = json.dumps(TARIFF)
    assert events(f"\ufeff{line}\r\n \r\n{line}\r\n", "x.ndjson") == [TARIFF, TARIFF]


def test_a_line_separator_inside_a_text_does_not_cut_the_line() -> None:
    line = json.dumps(TARIFF | {"x-own": "a\u2028b"}, ensure_ascii=False)
    assert [found[3] for found in faults(line, "x.jsonl")] == ["control-character"]


def test_a_line_that_is_a_list_is_no_event() -> None:
    assert faults("[]\n", "x.jsonl") == [(1, 1, 1, "wrong-shape")]
