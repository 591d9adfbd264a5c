from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.commands.door import Door


def states(door: Door) -> dict[str, str]:
    rows = [json.loads(line) for line in door("doctor", "-f", "jsonl").lines]
    return {row["what"]: row.get("fix", "") for row in rows}


def test_a_log_just_made_has_nothing_amiss(bare: Door) -> None:
    bare("init")
    said = bare("doctor")
    assert (said.code, said.err) == (0, "")
    assert "fix" not in said.out


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


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def make_link(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this machine has no pipes with a name")
@pytest.mark.parametrize(("make", "kind"), [(make_pipe, "a pipe"), (make_link, "a symbolic link")])
@pytest.mark.parametrize("name", ["README.md", "schema/event.schema.json"])
def test_a_generated_file_that_is_no_file_is_reported_and_not_opened(
    name: str, make: Callable[[Path], None], kind: str, bare: Door
) -> None:
    bare("init")
    (bare.folder / "data" / name).unlink()
    make(bare.folder / "data" / name)
    said = bare("doctor")
    assert said.code == 1
    assert f"{name}: {name.rpartition('/')[2]} is {kind}, not a file" in said.out
    assert states(bare)["made"] == "move it away, then rexctl init --refresh"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this machine has no pipes with a name")
@pytest.mark.parametrize(("make", "kind"), [(make_pipe, "a pipe"), (make_link, "a symbolic link")])
@pytest.mark.parametrize("folder", [".", "data", "data/events", "data/events/2025"])
def test_attributes_that_are_no_file_are_reported_and_not_opened(
    folder: str, make: Callable[[Path], None], kind: str, bare: Door
) -> None:
    subprocess.run(["git", "init", "-q", "."], check=True, cwd=bare.folder)
    bare("init")
    path = bare.folder / folder / ".gitattributes"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    make(path)
    said = bare("doctor")
    assert said.code == 1
    assert f".gitattributes is {kind}, not a file" in said.out
    assert states(bare)["git"] == "move it away"
    refused = bare("git", "setup")
    assert (refused.code, refused.out) == (3, "")
    assert f".gitattributes is {kind}, not a file" in " ".join(refused.err.split())
    assert "rexctl" not in (bare.folder / ".git" / "config").read_text(encoding="utf-8")


def test_a_missing_git_program_is_reported_with_what_to_do(bare: Door) -> None:
    bare("init")
    bare.patch.setenv("PATH", str(bare.folder))
    said = bare("doctor")
    assert said.code == 1
    assert "no git program in PATH" in said.out
    assert states(bare)["git"] == "install git"
