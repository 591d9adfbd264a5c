from __future__ import annotations

import io
from typing import Any

import yaml

from rexctl.output import Options
from rexctl.output.yaml import write
from rexctl.records import Row, Table

EVENT = {"id": "2025-10-09-cn-mofcom-61", "type": "export-control", "actors": ["NO"], "_v": "1"}


def written(*rows: dict[str, Any], columns: tuple[str, ...] = ()) -> str:
    out = io.StringIO()
    write(Table(columns, [Row(row) for row in rows], chosen=bool(columns)), out, Options())
    return out.getvalue()


def test_each_event_is_a_document_without_computed_keys() -> None:
    text = written(EVENT, EVENT)
    wanted = {"id": EVENT["id"], "type": "export-control", "actors": ["NO"]}
    assert list(yaml.safe_load_all(text)) == [wanted, wanted]
    assert text.count("---\n") == 1
    assert text.startswith("id: ")


def test_chosen_fields_are_the_only_keys() -> None:
    text = written(EVENT, columns=("actors", "id"))
    assert yaml.safe_load(text) == {"actors": ["NO"], "id": EVENT["id"]}


def test_a_row_that_is_no_event_is_written_all_the_same() -> None:
    assert yaml.safe_load(written({"state": "in-force"})) == {"state": "in-force"}


def test_no_rows_are_no_documents() -> None:
    assert written() == ""
