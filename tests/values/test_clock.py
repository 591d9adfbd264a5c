from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from rexctl.cli.context import Context
from rexctl.store.settings import read_timezone
from rexctl.values.clock import Clock, open_clock

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2025, 11, 10)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/New_York", "Pacific/Apia"])
def test_the_end_of_a_day_is_its_last_second(zone: str) -> None:
    clock = Clock(TODAY, ZoneInfo(zone))
    for day in (date(2025, 3, 9), date(2025, 11, 2), date(2011, 12, 29), date(1000, 1, 1)):
        last = clock.end_of_day(day)
        assert clock.day_of(last) == day
        assert clock.day_of(last + 1) != day


def test_a_number_of_seconds_beyond_all_years_is_no_day() -> None:
    for seconds in (10**18, -(10**18)):
        assert Clock(TODAY).day_of(seconds) is None


def test_an_unknown_zone_counts_as_utc() -> None:
    for name in ("", "Nowhere/City", "../../etc/passwd", "/etc/localtime"):
        assert open_clock(TODAY, name).zone.utcoffset(datetime(2025, 7, 1)) == datetime(
            2025, 7, 1
        ) - datetime(2025, 7, 1)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("format: 1\n", ""), ("format: 1\ntimezone: Asia/Tokyo\n", "Asia/Tokyo"),
        ("timezone: 'Asia/Tokyo'  # ours\n", "Asia/Tokyo"), ("title: |\n  timezone: UTC\n", ""),
    ],
)  # fmt: skip
def test_today_is_a_day_of_the_time_zone_of_the_log(tmp_path: Path, text: str, zone: str) -> None:
    (tmp_path / "rexctl.yaml").write_text(text)
    assert read_timezone(tmp_path) == zone
    context = Context(str(tmp_path))
    expected = {datetime.now(ZoneInfo(zone or "UTC")).date()}
    assert context.today in expected | {datetime.now(ZoneInfo(zone or "UTC")).date()}
    assert Context(str(tmp_path), TODAY).today == TODAY
