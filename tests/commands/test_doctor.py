from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.commands.door import Door


def states(door: Door) -> dict[str, str]:
    rows = [json.loads(line) for line in door("doctor", "-f", "jsonl").lines]
    return {row["what"]: row.get("mend", "") for row in rows}


def test_a_log_just_made_has_nothing_amiss(bare: Door) -> None:
    bare("init")
    said = bare("doctor")
    assert (said.code, said.err) == (0, "")
    assert "mend" not in said.out


def test_each_trouble_comes_with_what_mends_it(bare: Door) -> None:
    bare("init")
    bare.put("2025-10-09-bad.yaml", "type: tarif\n")
    (bare.folder / "data" / "README.md").write_text("old", encoding="utf-8")
    assert bare("doctor").code == 1
    found = states(bare)
    assert found["events"] == "rexctl check"
    assert found["made"] == "rexctl init --refresh"
    bare.patch.setenv("REXCTL_CACHE", "/dev/null")
    assert states(bare)["index"] == "set REXCTL_CACHE"


def test_what_was_named_mends_it(bare: Door) -> None:
    bare("init")
    (bare.folder / "data" / "README.md").write_text("old", encoding="utf-8")
    assert bare("init", "--refresh").out == "made data/README.md\n"
    assert bare("doctor").code == 0


def test_an_unknown_format_and_a_missing_log_are_told(bare: Door) -> None:
    assert bare("doctor").code == 7
    assert bare("doctor", "-f", "xml").code == 2
