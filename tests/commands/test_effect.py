"""What commands that write say on stderr about what is in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.door import Door

BAN = "2025-01-10-cn-ban"
CURB = "2025-01-11-cn-curb"
FIELDS = ("--actor", "CN", "--status", "adopted", "--source", "https://example.org/x")


@pytest.fixture
def measures(filled: Door) -> Door:
    """The door to a log with two export controls, in force since January 2025."""
    for name, day in ((BAN, "2025-01-10"), (CURB, "2025-01-11")):
        added = filled("add", "export-control", f"A control of {day}", "--date", day, "--id", name,
                       "--effective-from", day, *FIELDS)  # fmt: skip
        assert added.code == 0, added.err
        assert f"in force on {day}: 0 -> 1 of 1 measure\n" in added.err
    return filled


def suspend(door: Door, *more: str) -> str:
    said = door("add", "export-control", "Both are suspended", "--date", "2025-02-01", "--id",
                "2025-02-01-cn-truce", "--effective-from", "2025-02-01", "--effective-until", "2025-08-01",
                "--suspends", BAN, "--suspends", CURB, *FIELDS, *more)  # fmt: skip
    assert said.code == 0, said.err
    return said.err


COUNT = "in force on 2025-02-01: 2 -> 0 of 2 linked measures; 2 come back on 2025-08-01\n"


def test_an_act_says_what_it_does_and_when_that_ends(measures: Door) -> None:
    would = suspend(measures, "--dry-run")
    assert COUNT in would
    assert COUNT in suspend(measures)
    line = f"  {BAN}: in force -> suspended from 2025-02-01; in force again from 2025-08-01\n"
    assert line in would
    longer = measures("set", "2025-02-01-cn-truce", "effective.until=2025-09-01").err
    assert longer.startswith(
        "in force on 2025-08-01: 2 -> 0 of 2 linked measures; 2 come back on 2025-09-01\n"
    )
    gone = measures("retract", "2025-02-01-cn-truce", "--reason", "A forgery.").err
    assert gone.startswith(
        "in force on 2025-02-01: 0 -> 2 of 2 linked measures; 2 were to come back on 2025-09-01\n"
    )
    back = measures("undo").err
    assert (
        "in force on 2025-02-01: 2 -> 0 of 2 linked measures; 2 come back on 2025-09-01\n" in back
    )


def test_nothing_is_said_where_nothing_changes(measures: Door) -> None:
    assert measures("set", BAN, "title=Another title").err == "1 changed\n"
    assert measures("set", BAN, "tags+=x").err == "1 changed\n"
    threat = measures("add", "tariff", "A threat", "--actor", "US", "--status", "threatened", "--date",
                      "2025-01-12", "--rate", "5%", "--source", "https://example.org/t")  # fmt: skip
    assert "in force" not in threat.err


def test_a_link_of_an_act_says_what_it_does(measures: Door) -> None:
    added = measures("add", "export-control", "A successor", "--date", "2025-03-01", "--id",
                     "2025-03-01-cn-new", "--effective-from", "2025-03-01", *FIELDS)  # fmt: skip
    assert added.code == 0
    said = measures("link", "2025-03-01-cn-new", "replaces", CURB).err
    assert "in force on 2025-03-01: 2 -> 1 of 2 linked measures\n" in said
    assert f"  {CURB}: in force -> superseded from 2025-03-01\n" in said


def test_an_amendment_says_which_rate_it_changes(filled: Door) -> None:
    base = ("--actor", "US", "--status", "adopted", "--source", "https://example.org/t")
    filled("add", "tariff", "A duty", "--date", "2025-01-01", "--id", "2025-01-01-us-duty", "--rate", "20%",
           "--affected", "CN", "--effective-from", "2025-01-02", *base)  # fmt: skip
    said = filled("add", "tariff", "Half of it", "--date", "2025-02-01", "--rate", "10%", "--affected", "CN",
                  "--effective-from", "2025-02-03", "--amends", "2025-01-01-us-duty", *base)  # fmt: skip
    assert said.code == 0, said.err
    assert "2025-01-01-us-duty: rate from 2025-02-03: 20 percent -> 10 percent\n" in said.err


def test_what_a_replacement_with_an_end_brings_back_can_be_kept_ended(measures: Door) -> None:
    new = "2025-02-01-cn-new"
    said = measures("add", "export-control", "A wider control", "--date", "2025-02-01", "--id", new,
                    "--effective-from", "2025-02-01", "--effective-until", "2030-02-01",
                    "--replaces", BAN, *FIELDS).err  # fmt: skip
    assert (
        f"{BAN}: in force -> superseded from 2025-02-01; in force again from 2030-02-01\n" in said
    )
    assert f"  to keep it ended: rexctl link {new} revokes {BAN}\n" in said
    assert measures("link", new, "revokes", BAN).code == 0
    later = measures("in-force", "2030-02-01", BAN, "--all-states", "-F", "state,since", "-j").out
    assert later == '{"state": "revoked", "since": "2025-02-01"}\n'
    assert new not in measures("check").out
