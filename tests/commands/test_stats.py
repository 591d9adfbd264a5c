from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.commands.stats import _barred

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


def test_the_longest_bar_is_that_of_the_most() -> None:
    rows = list(_barred([{"events": "60"}, {"events": "1"}, {"events": "30"}]))
    assert [len(row["bar"]) for row in rows] == [30, 1, 15]
