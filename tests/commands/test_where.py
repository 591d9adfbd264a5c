from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_the_places_are_told_and_why(rexctl: Door) -> None:
    rows = json.loads(rexctl("where", "-f", "json").out)
    row = {one["what"]: one["state"] for one in rows}
    assert row["log"] == str((rexctl.folder / "data").resolve())
    assert (row["found by"], row["today"]) == ("from here", "2025-10-19")
    assert row["index"].startswith(str(rexctl.folder.parent / "cache"))


def test_the_log_is_found_from_below_from_a_flag_and_from_the_environment(rexctl: Door) -> None:
    root = f"log       {rexctl.folder / 'data'}"
    rexctl.patch.chdir(rexctl.folder / "data" / "events")
    assert rexctl("where").lines[0] == root
    rexctl.patch.chdir(rexctl.folder.parent)
    said = rexctl("-C", "home", "where")
    assert said.lines[:2] == [root, "found by  -C"]
    rexctl.patch.setenv("REXCTL_LOG", str(rexctl.folder / "data"))
    assert rexctl("where").lines[:2] == [root, "found by  REXCTL_LOG"]


def test_where_there_is_no_log_the_folder_is_named_from_which_it_was_searched(bare: Door) -> None:
    said = bare("where")
    assert (said.code, said.out) == (7, "")
    assert f"no log in {bare.folder} or a folder above it" in said.err
    assert said.err.endswith("; rexctl init makes one\n")


def test_an_unknown_format_is_told(rexctl: Door) -> None:
    assert rexctl("where", "-f", "jsn").code == 2
