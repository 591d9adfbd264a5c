from __future__ import annotations

from rexctl.model import tables
from tests.generate_tables import tables_text


def test_the_tables_are_those_of_the_models() -> None:
    assert tables.PATH.read_text(encoding="utf-8") == tables_text()
    assert len(tables.VERSION) == 16
    assert tables.USUAL == {"Rate": {"unit": "percent"}, "Threshold": {"unit": "percent"}}


def test_a_short_name_never_hides_a_field() -> None:
    assert not set(tables.ALIASES) & set(tables.FIELDS)
    assert set(tables.ALIASES.values()) <= set(tables.FIELDS)
