from __future__ import annotations

import json
import marshal

from rexctl.index import packing
from rexctl.records import Finding
from tests.index.rows import simple

ONE = simple("2025-10-09-a", title="Türkiye 对", tags=["x", "y", "x"], summary='Say "ores"')


def test_what_is_packed_is_plain_but_for_its_leaves() -> None:
    file = packing.packed("events/2025/x.yaml", "digest", ONE.row, [Finding("a", "b", "c")])
    path, digest, told, event = file
    assert marshal.loads(marshal.dumps(event[:-1])) == event[:-1]
    assert (path, digest, json.loads(told)[0]["code"]) == ("events/2025/x.yaml", "digest", "a")
    assert event[:9] == ONE.row.fields
    assert packing.packed("p", "d", None, []) == ("p", "d", None, None)


def test_texts_stand_apart_from_codes_and_days() -> None:
    *_, texts, _, values = packing.of_row(ONE.row)
    assert json.loads(texts)["summary"] == ['Say "ores"']
    assert {value[0] for value in values}.isdisjoint(json.loads(texts))
    assert [value[1] for value in values if value[0] == "tags"] == ["x", "y", "x"]
    assert packing.source_of("summary") == packing.source_of("of-my-own") == "texts_in"
    assert packing.source_of("tags") == "vals"


def test_an_id_is_shared_by_no_two_events_and_read_all_the_same() -> None:
    *_, read, values = packing.of_row(ONE.row)
    assert "id" not in {value[0] for value in values}
    assert packing.source_of("id") == "ids"
    assert read[2].startswith("2025-10-09-a\n")


def test_full_text_reads_title_prose_and_then_codes_and_addresses_each_code_once() -> None:
    *_, read, _ = packing.of_row(ONE.row)
    title, prose, rest = read
    assert (title, prose.split("\n")[0]) == ("Türkiye  对 ", 'Say "ores"')
    assert rest.split("\n").count("x") == 1
    assert rest.split("\n")[-1] == "https://example.org/2025-10-09-a"


def test_half_a_surrogate_pair_is_spelled_out_wherever_it_stands() -> None:
    odd = simple("2025-10-09-a", title="\ud800", tags=["\ud800"])
    *fields, values = packing.of_row(odd.row)
    assert "\\ud800" in {packing.plain(value)[1] for value in values}
    leaves = [packing.plain(value) for value in values]
    assert json.dumps([fields, leaves], ensure_ascii=False).encode()
