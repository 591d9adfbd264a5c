from __future__ import annotations

from typing import Any

import pytest

from rexctl.output.part_words import in_words


@pytest.mark.parametrize(
    ("name", "part", "words"),
    [
        ("rates", {"value": "25", "unit": "percent", "qualifier": "up-to", "prior": "10"},
         "up to 25% (before 10%)"),
        ("rates", {"value": "80", "unit": "specific", "currency": "USD", "per": "kg", "of": "steel content"},
         "80 USD/kg of steel content"),
        ("thresholds", {"metric": "ownership", "op": "ge", "value": "50", "unit": "percent"},
         "ownership >= 50 percent"),
        ("count", {"qualifier": "at-least", "value": "13"}, "at least 13"),
        ("counts", {"qualifier": "exactly", "value": "12", "of": "CN"}, "12 of CN"),
        ("participants", {"name": "He Lifeng", "office": "Vice Premier", "actor": "CN/state-council"},
         "He Lifeng, Vice Premier (CN/state-council)"),
        ("speaker", {"office": "Vice Premier", "actor": "CN"}, "Vice Premier (CN)"),
        ("place", {"country": "KR", "city": "Busan"}, "Busan, KR"),
        ("commitments", {"id": "cars", "by": "IN", "what": "Cut its duty to 30%.", "told_by": ["EU"]},
         "IN: Cut its duty to 30%. [cars] (told by: EU)"),
        ("claims", {"text": "It is no ban.", "by": "CN", "disputed_by": ["US"]},
         "CN: It is no ban. (disputed by: US)"),
        ("readouts", {"by": "CN", "kind": "framework", "text": "Agreed."}, "CN (framework): Agreed."),
        ("charge", {"currency": "CNY", "per": "net ton", "steps": [{"from": "2025-10-14", "value": "400"}],
                    "cap": {"value": "5", "unit": "voyages", "per": "year"}},
         "400 CNY per net ton from 2025-10-14; at most 5 voyages per year"),
        ("instrument", {"issuer": "CN/mofcom", "kind": "announcement", "number": "61", "year": "2025"},
         "CN/mofcom announcement 61 of 2025"),
        ("rates", {"value": "5", "x-source": "own field"}, "5 (x-source: own field)"),
        ("effective", {"from": "2025-05-14", "time": "00:01", "until": "2025-08", "until_time": "12:00"},
         "from 2025-05-14 00:01 until 2025-08 12:00"),
        ("effective", {"through": "2025-05-14", "tz": "UTC"}, "through 2025-05-14 (tz: UTC)"),
        ("tags", {"a": "b"}, ""),
        ("rates", {"unit": "percent"}, ""),
    ],
)  # fmt: skip
def test_a_part_is_put_in_words_and_nothing_of_it_is_lost(
    name: str, part: dict[str, Any], words: str
) -> None:
    assert in_words(name, part) == words
