from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.door import SWINE_ID

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_counts_by_field_and_by_time(filled: Door) -> None:
    assert '{"type": "tariff", "events": 1}' in filled("stats").lines
    assert (
        filled("stats", "--by", "month", "type:tariff").out == '{"month": "2025-10", "events": 1}\n'
    )
    assert filled("stats", "--by", "actor", "--sum", "rates", "type:tariff", "-f", "csv").lines == [
        "actors,events,sum", "NO,1,10",
    ]  # fmt: skip


def test_a_wrong_name_is_told(filled: Door) -> None:
    for words in (["--by", "tipe"], ["--by", ","], ["--sum", "title"], ["-f", "card"], ["tipe:x"]):
        said = filled("stats", *words)
        assert (said.code, said.out) == (2, ""), words


def test_what_spans_months_has_a_name_on_paper_and_is_null_in_json(filled: Door) -> None:
    assert filled("set", SWINE_ID, "time=", "tz=", "date=2025-09/2025-10").code == 0
    assert filled("stats", "--by", "month").lines[0] == '{"month": null, "events": 1}'
    assert filled("stats", "--by", "month", "-f", "csv").lines[1] == "(spans months),1"
    for form in ("table", "md"):
        assert "(spans months)" in filled("stats", "--by", "month", "-f", form).out
        assert "(none)" in filled("stats", "--by", "episode", "-f", form).out


@pytest.mark.parametrize(
    ("unit", "value"),
    [("week", "2025-W41"), ("quarter", "2025-Q4"), ("day", "2025-10-09"), ("year", "2025")],
)
def test_events_are_counted_by_each_unit_of_time(unit: str, value: str, filled: Door) -> None:
    assert (
        f'{{"{unit}": "{value}", "events": 1}}'
        in filled("stats", "--by", unit, "type:tariff").lines
    )
