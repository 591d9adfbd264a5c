"""Windows that certainly hold no instant are refused; hours are compared."""

from __future__ import annotations

from typing import Any

import pytest

from tests.model.made import codes, plain_of


def _codes(window: dict[str, str], **more: Any) -> dict[str, str]:
    return codes(plain_of("tariff") | {"effective": window} | more)


@pytest.mark.parametrize(("window", "code"), [
    ({"from": "2025-11-02", "until": "2025-11-01"}, "ends-before-start"),
    ({"from": "2025-11-01", "until": "2025-11-01"}, "empty-window"),
    ({"from": "2025-11-01", "time": "12:00", "until": "2025-11-01", "until_time": "11:00"}, "empty-window"),
    ({"from": "2025-11-01", "time": "11:00", "until": "2025-11-01", "until_time": "12:00"}, ""),
    ({"from": "2025-11-01", "through": "2025-11-01"}, ""),
    ({"from": "2025-11", "until": "2025-11"}, ""),  # it may run from the first to the 30th
])  # fmt: skip
def test_an_end_is_after_the_start(window: dict[str, str], code: str) -> None:
    end = "until" if "until" in window else "through"
    assert _codes(window) == ({f"effective.{end}": code} if code else {})


def test_an_act_on_a_measure_without_from_starts_at_its_date() -> None:
    links = [{"rel": "suspends", "to": "2025-10-09-cn-mofcom-61"}]
    assert _codes({"until": "2025-10-10"}, links=links) == {"effective.until": "empty-window"}
    assert _codes({"until": "2025-10-11"}, links=links) == {}
    assert _codes({"until": "2025-10-09"}, links=links) == {"effective.until": "ends-before-start"}
    assert _codes({"until": "2025-10-09"}) == {}  # no act on a measure: its start is not known
