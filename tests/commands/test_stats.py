from __future__ import annotations

from typing import TYPE_CHECKING

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
