from __future__ import annotations

import json

from rexctl.model import schema, tables, tables_json


def test_the_tables_hold_what_the_models_say() -> None:
    assert schema.shapes() == tables.SHAPES
    assert list(tables.SHAPES["tariff"]) == list(schema.shapes()["tariff"])
    assert schema.heads() == tables.HEADS
    assert schema.identities() == tables.IDENTITIES
    assert tables.USUAL == schema.usual_values() == {"Rate": {"unit": "percent"}}
    assert sorted(tables.ALL_TOO) == schema.all_too()
    assert {k: tuple(v) for k, v in tables.FIELDS.items()} == {
        k: tuple(v) for k, v in schema.fields().items()
    }


def test_the_version_changes_with_the_tables_alone() -> None:
    text = tables_json.text()
    assert text == tables_json.text()
    assert len(json.loads(text)["version"]) == 16


def test_a_short_name_never_hides_a_field() -> None:
    assert not set(tables.ALIASES) & set(tables.FIELDS)
    assert set(tables.ALIASES.values()) <= set(tables.FIELDS)
