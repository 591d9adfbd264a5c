from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rexctl.importers.csv import records
from rexctl.output import Options
from rexctl.output import csv as written
from rexctl.records import Row, Table
from tests.importers.readers import events, faults, judged, shipped_events

HEAD = "id,type,title,date,status,actors,sources.url"
ROW = "2025-x,statement,T,2025-10-09,made,CN/mofcom;US,https://a.b"
# What one column can hold without a doubt: texts, codes, lists of codes, single parts.
PLAIN = (
    "id", "type", "title", "date", "tz", "date_stated", "disclosed", "status", "actors", "affected", "summary",
    "legal_basis", "products", "confidence", "episode", "tags", "note", "effective.from", "effective.until",
    "instrument.issuer", "instrument.number", "instrument.title", "list", "change", "act", "mode",
    "category", "charge.currency", "speaker.name", "speaker.office", "place.country", "controls",
    "sources.title", "sources.publisher", "sources.published",
)  # fmt: skip

SOURCE = ("title", "publisher", "published")


def sheet(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> str:
    out = io.StringIO(newline="")
    written.write(Table(columns, [Row(row) for row in rows]), out, Options())
    return out.getvalue()


def at(data: Any, dotted: str) -> Any:
    for step in dotted.split("."):
        data = data.get(step) if isinstance(data, dict) else None
    return data


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"))).map(str.strip).filter(bool),
                min_size=1, max_size=4))  # fmt: skip
def test_any_list_of_texts_comes_back(tags: list[str]) -> None:
    text = sheet([{"type": "tariff", "tags": tags}], ("type", "tags"))
    (record,) = records(text.encode(), "x.csv")
    assert record.value == {"type": "tariff", "tags": tags}


@pytest.mark.parametrize(("heading", "column", "second", "first"), [
    ("note,note", 11, "note", "note"), ("actors,actor", 13, "actor", "actors"),
    ("rates,rates.value", 12, "rates.value", "rates"),
    ("sources.url,sources", 18, "sources", "sources.url"), ("x-a,x-a", 10, "x-a", "x-a"),
    ("effective.from,effective", 21, "effective", "effective.from"),
])  # fmt: skip
def test_two_columns_for_one_field_are_refused_at_the_second_heading(
    heading: str, column: int, second: str, first: str
) -> None:
    (record,) = records(f"type,{heading}\ntariff,a,b\n".encode(), "x.csv")
    (found,) = record.findings
    assert (found.code, found.path, found.line, found.column) == (
        "duplicate-key",
        "x.csv",
        1,
        column,
    )
    assert found.message.startswith(f"{second}: a second column for the field ")
    assert found.hint == f"remove this column or {first}"


def fits(event: dict[str, Any]) -> bool:
    """Whether cells can hold it: no gap in a column, no mapping among codes."""
    complete = all(source.keys() >= set(SOURCE) for source in event["sources"])
    return complete and all(isinstance(p, str) for p in event.get("products", ()))


def test_what_csv_can_hold_of_the_shipped_log_comes_back() -> None:
    log = [event for event in shipped_events() if fits(event)]
    assert len(log) > 5
    found = events(sheet(log, PLAIN), "x.csv")
    for back, event in zip(found, log, strict=True):
        for column in PLAIN:
            if not column.startswith("sources."):
                assert at(back, column) == at(event, column), (event["id"], column)
        for n, source in enumerate(back["sources"]):
            assert source == {
                k: event["sources"][n][k] for k in ("title", "publisher", "published")
            }


def test_a_row_is_an_event_and_an_empty_cell_an_unset_field() -> None:
    (event,) = events(f"{HEAD},note,affected\n{ROW},,\n", "x.csv")
    assert event["actors"] == ["CN/mofcom", "US"]
    assert event["sources"] == [{"url": "https://a.b"}]
    assert not {"note", "affected"} & set(event)


def test_short_names_of_columns_are_known_and_computed_ones_passed_over() -> None:
    text = f"{HEAD.replace('actors', 'actor')},_earliest,_v\n{ROW},2025,1\n"
    assert events(text, "x.csv")[0]["actors"] == ["CN/mofcom", "US"]


def test_a_projects_own_column_is_kept() -> None:
    assert events(f"{HEAD},x-team\n{ROW},A\n", "x.csv")[0]["x-team"] == "A"


def test_a_part_is_put_together_from_its_columns() -> None:
    head = HEAD + ",rates.value,rates.unit,effective.from"
    row = (
        ROW.replace("statement", "tariff").replace("made", "adopted")
        + ",100;3,percent;specific,2025"
    )
    (event,) = events(f"{head}\n{row}\n", "x.csv")
    assert event["rates"] == [
        {"value": "100", "unit": "percent"},
        {"value": "3", "unit": "specific"},
    ]
    assert event["effective"] == {"from": "2025"}


def test_an_unknown_column_is_told_at_its_heading_with_the_nearest_and_no_row_is_read() -> None:
    text = f'id,"titel",statuss\n{ROW}\n'
    assert faults(text, "x.csv") == [(1, 4, 7, "unknown-field"), (1, 12, 7, "unknown-field")]
    (reading,) = judged(text, "x.csv")
    assert [f.hint for f in reading.findings] == ["did you mean title?", "did you mean status?"]


def test_a_fault_is_told_at_the_line_and_column_of_its_cell() -> None:
    bad = ROW.replace(",T,", ',"a, ""b""",').replace("2025-10-09", "2025-13")
    text = f"{HEAD}\r\n{ROW}\r\n{bad}\r\n"
    column = bad.index("2025-13") + 1
    assert faults(text, "x.csv") == [(3, column, 7, "bad-date")]


def test_a_cell_of_several_lines_does_not_shift_the_rows_below() -> None:
    long = ROW.replace(",T,", ",T,").replace("https://a.b", '"https://a.b"') + ',"one\ntwo"'
    bad = ROW.replace("made", "maed") + ",x"
    found = faults(f"{HEAD},note\n{long}\n{bad}\n", "x.csv")
    assert found == [(4, bad.index("maed") + 1, 4, "unknown-value")]


def test_a_row_of_another_width_than_the_heading_is_told() -> None:
    assert [f[0] for f in faults(f"{HEAD}\n{ROW},x\n{ROW}\n", "x.csv")] == [2]
    assert [f[3] for f in faults(f"{HEAD}\nx\n", "x.csv")] == ["wrong-shape"]


def test_a_quote_that_is_never_closed_is_told() -> None:
    assert [f[3] for f in faults(f'{HEAD}\n"x\n', "x.csv")] == ["not-csv"]


def test_a_mark_of_the_encoding_is_passed_over() -> None:
    assert len(events(f"\ufeff{HEAD}\n{ROW}\n", "x.csv")) == 1


@pytest.mark.parametrize("text", ["", "\n", HEAD, f"{HEAD}\n\n"])
def test_no_rows_are_no_records(text: str) -> None:
    assert [r for r in records(text.encode(), "x.csv") if r.value is not None] == []


def test_a_code_in_one_column_and_more_of_it_in_another_is_one_product() -> None:
    text = b"type,products,products.role\ntariff,hs:2846;hs:8542,;inferred\n"
    (record,) = records(text, "f.csv")
    assert record.value["products"] == ["hs:2846", {"code": "hs:8542", "role": "inferred"}]


@pytest.mark.parametrize("field", ["clauses.thresholds.value", "clauses.rates"])
def test_a_list_within_a_list_is_refused_at_its_heading(field: str) -> None:
    (record,) = records(f"type,{field}\ntariff,1\n".encode(), "f.csv")
    assert [(f.code, f.line, f.column) for f in record.findings] == [("wrong-shape", 1, 6)]


def test_semicolons_between_cells_are_told_as_that() -> None:
    (record,) = records(b"type;title;date\ntariff;x;2025\n", "f.csv")
    assert "semicolons" in record.findings[0].hint


def test_a_part_with_one_chief_field_may_be_a_column() -> None:
    text = "title,effective,instrument,tags\nT,2025-02,MOFCOM 61/2025,a;b\n"
    (one,) = records(text.encode(), "a.csv")
    assert one.findings == []
    assert one.value == {"title": "T", "effective": "2025-02", "instrument": "MOFCOM 61/2025",
                         "tags": ["a", "b"]}  # fmt: skip


def test_headings_may_have_capitals() -> None:
    head, row = "Type,Title,ACTORS,Effective.From", "tariff,T,NO;SE,2025-10-09"
    (record,) = records(f"{head}\n{row}\n".encode(), "x.csv")
    assert record.value["actors"] == ["NO", "SE"]
    assert record.value["effective"] == {"from": "2025-10-09"}
