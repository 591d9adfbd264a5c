"""The emergency-powers duties of 2025, each act its own event, and the duty on each day of change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.run import run

FOLDER = Path(__file__).parent
DAYS = ["2025-04-08", "2025-04-09", "2025-04-10", "2025-05-14", "2025-11-10"]


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REXCTL_CACHE", str(tmp_path_factory.getbasetemp() / "story"))


def _json(*words: str) -> list[dict[str, Any]]:
    result = run(*words, "-f", "json", cwd=FOLDER)
    assert result.code == 0, result.err
    return list(json.loads(result.out))


@pytest.mark.parametrize(("origin", "totals"), [
    ("CN", [30, 104, 145, 30, 20]), ("BR", [10, 10, 10, 10, 10]), ("EU", [10, 20, 10, 10, 20]),
    ("DE", [10, 20, 10, 10, 20]),  # a member of the bloc
])  # fmt: skip
def test_the_duty_at_the_end_of_each_day(origin: str, totals: list[int]) -> None:
    for day, total in zip(DAYS, totals, strict=True):
        *_, last = _json("duty", "--from", origin, "--to", "US", "--on", day)
        assert (last["law"], last["counted"]) == ("total", total), day


@pytest.mark.parametrize(("day", "rates"), [
    ("2025-04-08", ["10 percent (base)"]),
    ("2025-04-09", ["10 percent (base)", "84 percent (china)", "20 percent (eu)"]),
    ("2025-05-14", ["10 percent (base, china)"]),
    ("2025-08-01", ["10 percent (base, china)", "20 percent (eu)"]),
])  # fmt: skip
def test_a_row_of_in_force_says_which_clause_has_which_rate(day: str, rates: list[str]) -> None:
    (row,) = _json("in-force", day, "id:2025-04-02-us-president-14257")
    assert row["rates"] == rates


def test_the_history_has_a_row_for_each_change() -> None:
    rows = _json("duty", "--from", "CN", "--to", "US", "--history")
    assert [(row["date"], row["total"]) for row in rows] == [
        ("2025-02-04", 10), ("2025-03-04", 20), ("2025-04-05", 30), ("2025-04-09", 104),
        ("2025-04-10", 145), ("2025-05-14", 30), ("2025-11-10", 20), ("2026-11-10", 44),
    ]  # fmt: skip


def test_why_names_the_act_behind_each_part() -> None:
    rows = _json("in-force", "2025-06-01", "--why", "2025-04-02-us-president-14257")
    china = [(row["act"].split("-us-president-")[1], row["active"])
             for row in rows if row["row"].endswith("#china")]  # fmt: skip
    assert china == [
        ("14257#china", "yes"), ("14259", "no"), ("14266#china", "no"), ("14298#rises", "yes"), ("14298#rises", "yes"),
        ("14298#points", "yes"), ("14334", "no"), ("14358", "no"),
    ]  # fmt: skip


def test_an_order_ends_at_the_right_hour_across_the_end_of_daylight_saving() -> None:
    # 00:01 on 10 November in New York is 05:01 UTC, though the window began at UTC-4.
    at = ("calendar", "--since", "2025-11-10", "--until", "2025-11-10")
    assert {row["date"] for row in _json(*at)} == {"2025-11-10 00:01"}
    before, after = "2025-11-10T05:00+00:00", "2025-11-10T05:01+00:00"
    for instant, active in ((before, "no"), (after, "yes")):
        rows = _json("in-force", instant, "--why", "2025-02-01-us-president-14195")
        assert [row["active"] for row in rows if row["act"].endswith("14357")] == [active]
