from __future__ import annotations

import os
from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest

from rexctl.values import clock
from rexctl.values.clock import Clock, is_timezone, machine_timezone, open_clock

DAY = date(2025, 11, 2)
NOVEMBER_IN_TOKYO = 1761924600  # 00:30 on 1 November


def test_the_day_of_an_instant_is_that_of_the_zone() -> None:
    assert Clock(DAY).day_of(NOVEMBER_IN_TOKYO) == date(2025, 10, 31)
    assert Clock(DAY, ZoneInfo("Asia/Tokyo")).day_of(NOVEMBER_IN_TOKYO) == date(2025, 11, 1)
    assert Clock(DAY).day_of(10**18) is None


@pytest.mark.parametrize("zone", ["", "Asia/Tokyo", "America/New_York", "Pacific/Apia"])
def test_the_end_of_a_day_is_its_last_second(zone: str) -> None:
    here = open_clock(DAY, zone)
    end = here.end_of_day(DAY)
    assert here.day_of(end) == DAY
    assert here.day_of(end + 1) == date(2025, 11, 3)


def test_a_log_without_a_zone_or_with_an_unknown_one_has_utc() -> None:
    assert open_clock(DAY) == open_clock(DAY, "Nowhere/Else") == Clock(DAY, UTC)


@pytest.mark.parametrize(
    "name", ["", "Berlin", "../etc/passwd", "/etc/localtime", "CET-1CEST", "a\0"]
)
def test_what_is_not_in_the_database_is_no_time_zone(name: str) -> None:
    assert not is_timezone(name)


@pytest.mark.parametrize(("value", "name"), [
    ("Asia/Shanghai", "Asia/Shanghai"), (":Europe/Berlin", "Europe/Berlin"), ("CET-1CEST", ""),
    (":/etc/localtime", ""),
])  # fmt: skip
def test_the_zone_of_the_machine_is_that_of_tz(value: str, name: str) -> None:
    assert machine_timezone({"TZ": value}) == name


def test_without_tz_it_is_where_localtime_leads(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.path.join(str(tmp_path), "localtime")  # noqa: PTH118
    os.symlink("/usr/share/zoneinfo/Europe/Berlin", link)  # noqa: PTH211
    monkeypatch.setattr(clock, "_LOCALTIME", link)
    assert machine_timezone({}) == "Europe/Berlin"
    monkeypatch.setattr(clock, "_LOCALTIME", link + "-missing")
    assert machine_timezone({}) == ""
