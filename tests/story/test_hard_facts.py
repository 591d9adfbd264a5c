"""Twelve facts of 2024 to 2026 that are hard to hold, each a question that only fields can answer.

The events in `facts/data/` are in own words; none of them has a note.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.run import run

FOLDER = Path(__file__).with_name("facts")
EMERGENCY = "2025-04-02-us-president-14257"
SURCHARGE = "2026-02-20-us-president-11012"


@pytest.fixture(autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REXCTL_CACHE", str(tmp_path_factory.getbasetemp() / "facts"))


def rows(*words: str) -> list[dict[str, Any]]:
    result = run(*words, "-f", "jsonl", "--today", "2026-11-30", cwd=FOLDER)
    assert result.code == 0, result.err
    return [json.loads(line) for line in result.out.splitlines()]


def linked(relation: str, target: str) -> list[dict[str, Any]]:
    return rows("list", f"links.rel:{relation}", f"links.to:{target}")


def duty(origin: str, importer: str, day: str, *more: str) -> tuple[str, list[dict[str, Any]]]:
    """The total in words, and the lines."""
    *lines, total = rows("duty", "--from", origin, "--to", importer, "--on", day, *more)
    return str(total["note"]), lines


def states(day: str) -> dict[str, str]:
    return {row["id"]: row["state"] for row in rows("in-force", day, "--all-states")}


def test_the_log_has_no_finding_and_leaves_nothing_to_a_note() -> None:
    checked = run("check", "--strict", "--today", "2026-11-30", cwd=FOLDER)
    assert (checked.code, checked.out) == (0, "")
    assert rows("list", "has:note") == []


def test_1_a_stay_keeps_alive_the_duties_that_a_ruling_set_aside() -> None:
    days = ("2025-05-27", "2025-05-28", "2025-05-29", "2026-02-23")
    found = [states(day)[EMERGENCY] for day in days]
    assert found == ["in-force", "revoked", "in-force", "in-force"]


def test_2_a_ruling_on_a_law_ends_nothing_until_an_order_carries_it_out() -> None:
    (ruling,) = rows("list", "actor:US/supreme-court")
    assert ruling["relief"] == ["upholds"]
    assert [states(day)[EMERGENCY] for day in ("2026-02-20", "2026-02-24")] == [
        "in-force",
        "revoked",
    ]
    (order,) = linked("implements", ruling["id"])
    assert order["effective"]["from"] == "2026-02-24"


@pytest.mark.parametrize(("base", "total"), [
    ("2.5", "15 percent in all: 12.5 percent on top of the base rate of 2.5"),
    ("20", "20 percent in all: 0 percent on top of the base rate of 20"),
])  # fmt: skip
def test_3_an_all_inclusive_rate_adds_what_the_base_lacks(base: str, total: str) -> None:
    assert duty("DE", "US", "2025-09-01", "--base", base)[0].startswith(total)


def test_4_a_rate_on_transshipped_goods_stands_beside_the_rate_of_their_origin() -> None:
    total, lines = duty("VN", "US", "2025-09-01")
    assert total == "20 percent on top of the base rate; 1 listed is not counted"
    assert [(line["rate"], "transshipped" in line.get("note", "")) for line in lines] == [
        ("20 percent", False), ("40 percent", True),
    ]  # fmt: skip


def test_5_postal_items_pay_a_percentage_or_an_amount_that_rises() -> None:
    amounts = []
    for day in ("2025-05-01", "2025-05-10", "2025-06-10"):
        lines = duty("CN", "US", day)[1]
        amounts.append([line["rate"] for line in lines if "chooses" in line.get("note", "")])
    assert amounts == [[], ["30 percent", "25 USD/item"], ["30 percent", "50 USD/item"]]
    assert duty("CN", "US", "2025-05-10")[0].startswith("at most 40 percent")


def test_6_an_order_to_refund_is_stayed_two_days_later() -> None:
    (refund,) = rows("list", "relief:refunds")
    assert refund["case"]["number"] == "26-01259"
    (stay,) = linked("follows-up", refund["id"])
    assert (stay["status"], stay["date"]) == ("stayed", "2026-03-06")
    assert "until customs has a process" in stay["condition"]


def test_7_a_ruling_for_those_who_sued_leaves_the_surcharge_in_force_for_all() -> None:
    (ruling,) = linked("about", SURCHARGE)
    assert ruling["relief"] == ["enjoins"]
    assert [states(day)[SURCHARGE] for day in ("2026-05-08", "2026-07-23", "2026-07-24")] == [
        "in-force", "in-force", "expired",
    ]  # fmt: skip


def test_8_a_threat_in_two_steps_with_a_condition_is_called_off_in_time() -> None:
    (threat,) = rows("outcomes", "--kind", "threat")
    assert (
        threat["condition"]
        == "unless an agreement on the complete purchase of Greenland is reached"
    )
    assert (threat["due"], threat["outcome"], threat["days"]) == ("2026-02-01", "called off", 4)
    (event,) = rows("list", "status:threatened")
    assert [(one["effective"]["from"], one["rates"][0]["value"]) for one in event["clauses"]] == [
        ("2026-02-01", 10), ("2026-06-01", 25),
    ]  # fmt: skip


def test_9_a_quota_turns_into_a_rate() -> None:
    total, (line,) = duty("KR", "DE", "2026-08-01", "--product", "hs:7208")
    assert total == "at most 50 percent on top of the base rate"
    assert line["note"] == "within a quota 0 percent applies"
    (event,) = rows("list", "quota.rate:0")
    assert (event["quota"]["value"], event["links"][0]["instrument"]["number"]) == (18345922, "159")


def test_10_one_firm_is_freed_from_a_duty_for_a_minimum_price() -> None:
    def note(day: str) -> str:
        lines = duty("CN", "EU", day, "--product", "hs:870380")[1]
        return next(str(line["note"]) for line in lines if line["rate"] == "20.7 percent")

    assert "not for" not in note("2026-02-10")
    assert "not for Volkswagen (Anhui) Automotive; not where: at or above the minimum price" in (
        note("2026-02-11")
    )


def test_11_a_price_below_which_a_guarantee_pays() -> None:
    (event,) = rows("list", "thresholds.metric:price")
    assert event["thresholds"][0] | {"of": ""} == {
        "metric": "price", "op": "lt", "value": 110, "unit": "USD/kg", "of": "",
    }  # fmt: skip
    assert [one["name"] for one in event["entities"]] == ["MP Materials"]
    assert states("2030-01-01")[event["id"]] == "in-force"


def test_12_subsidiaries_are_listed_and_their_parent_is_not() -> None:
    (listing,) = rows("list", "entities.parent:hanwha", "-F", "counts,entities")
    assert {one["parent"] for one in listing["entities"]} == {"Hanwha Ocean"}
    assert "Hanwha Ocean" not in {one["name"] for one in listing["entities"]}
    assert listing["counts"] == [{"value": len(listing["entities"]), "of": "US"}]


def test_a_plan_known_from_unnamed_persons_a_claim_in_dispute_and_a_general_licence() -> None:
    (leak,) = rows("list", "status:proposed", "sources.attribution:anonymous")
    assert (leak["confidence"], leak["date"]) == ("possible", "2025-10-22~")
    (disputed,) = rows("list", "--explode", "claims", "has:claims.disputed_by", "-F",
                       "claims.by,claims.attribution,claims.disputed_by")  # fmt: skip
    assert list(disputed.values())[-3:] == ["CN", "anonymous", ["firm/rhodium"]]
    (licence,) = rows("list", "has:licence.general_licence")
    assert (licence["effective"]["through"], len(licence["entities"])) == ("2026-11", 3)
