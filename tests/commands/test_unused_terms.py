"""What of an event no clause uses."""

from __future__ import annotations

import json
import re
import shlex
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.commands.door import Door

DUTY = [
    "add", "tariff", "Duty on pork", "--actor", "NO", "--affected", "EU", "--date", "2025-09-05",
    "--status", "adopted", "--product", "hs:0203", "--source", "https://example.org/x",
]  # fmt: skip
FIRM = ["clauses.litera.rates=4.9%", "clauses.litera.entities=Litera Meat"]


def counted(door: Door) -> list[str]:
    rows = door("duty", "--from", "EU", "--to", "NO", "--product", "hs:0203", "-j").out.splitlines()
    return [json.loads(line)["counted"] for line in rows[:-1] if "counted" in json.loads(line)]


def test_rates_for_the_rest_count_after_the_command_that_the_warning_prints(rexctl: Door) -> None:
    added = rexctl(*DUTY, "--rate", "19.8%", "--effective", "2025-09-06", *FIRM)
    assert "every clause has rates of its own: those of the event are for nothing" in " ".join(
        added.err.split()
    )
    assert counted(rexctl) == []
    command = re.search(r"rexctl (set \S+ \S+)", added.err)
    assert command
    assert rexctl(*shlex.split(command[1])).code == 0
    assert "unused-terms" not in rexctl("check").out
    assert [str(one) for one in counted(rexctl)] == ["19.8"]


@pytest.mark.parametrize(
    ("words", "warns"),
    [
        (["--effective", "2025-09-06", *FIRM, "clauses.litera.effective=2025-10-01"], True),
        (["--effective", "2025-09-06", *FIRM], False),
        (["--effective", "2025-09-06", *FIRM, "clauses.litera.effective=2025-09-06"], False),
        (["--rate", "10%", "--effective", "2025-09-06"], False),
    ],
)
def test_a_window_that_no_clause_begins_with_is_warned_of(
    words: list[str], warns: bool, rexctl: Door
) -> None:
    err = rexctl(*DUTY, *words).err
    assert ("every clause begins on" in err) == warns


@pytest.mark.parametrize(
    ("words", "is_refused"),
    [
        (["--rate", "4.9%", "--rate", "18%", "--entity", "A", "--entity", "B"], True),
        (["--rate", "4.9%", "--rate", "18%", "--entity", "A", "--entity", "B", "combine=higher"], False),
        (["--rate", "4.9%", "--rate", "2 EUR/kg", "--entity", "A", "--entity", "B"], False),
        (["--rate", "4.9%", "--entity", "A", "--entity", "B"], False),
        (["--rate", "4.9%", "--rate", "18%", "--entity", "A"], True),
    ],
)  # fmt: skip
def test_several_rates_beside_several_firms_are_unpaired(
    words: list[str], is_refused: bool, rexctl: Door
) -> None:
    added = rexctl(*DUTY, "--effective", "2025-09-06", *words)
    assert ("error[unpaired-rates] --rate: 2 rates" in added.err) == is_refused
    assert (added.code, "unpaired-rates" in rexctl("check").out) == (2 if is_refused else 0, False)
