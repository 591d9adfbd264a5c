from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from rexctl.model.types import TYPES

if TYPE_CHECKING:
    from tests.commands.door import Door


def test_a_log_is_made_that_checks_and_lists(bare: Door) -> None:
    said = bare("init")
    assert said.code == 0
    assert "made data/rexctl.yaml" in said.lines
    assert all((bare.folder / line.removeprefix("made ")).is_file() for line in said.lines)
    assert bare("check") == (0, "", "no findings\n")
    assert bare("list", "-c").out == "0\n"


def test_a_second_time_changes_nothing(bare: Door) -> None:
    bare("init")
    kept = bare.folder / ".gitattributes"
    kept.write_text("mine\n", encoding="utf-8")
    said = bare("init")
    assert (said.code, said.out) == (0, "")
    assert said.err.splitlines() == [
        "left .gitattributes, which is there and not as init writes it",
        "this folder holds a log already; nothing to do",
    ]
    assert kept.read_text(encoding="utf-8") == "mine\n"


def test_what_runs_by_itself_is_written_to_the_root_of_the_repository(bare: Door) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=bare.folder, check=True)
    said = bare("init", "logs", "--ci", "github", "--hooks")
    made = ["../.github/workflows/rexctl.yml", "../.pre-commit-config.yaml"]
    assert said.lines[-2:] == [f"made {path}" for path in made]
    workflow = bare.folder / ".github" / "workflows" / "rexctl.yml"
    assert 'working-directory: "logs"' in workflow.read_text(encoding="utf-8")
    assert "rexctl -C logs check" in (bare.folder / ".pre-commit-config.yaml").read_text("utf-8")
    again = bare("init", "logs", "--ci", "github", "--hooks")
    assert again == (0, "", "logs holds a log already; nothing to do\n")


def test_a_workflow_that_a_person_wrote_is_left_and_named(bare: Door) -> None:
    mine = bare.folder / ".github" / "workflows" / "rexctl.yml"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine\n", encoding="utf-8")
    said = bare("init", "--ci", "github")
    assert "left .github/workflows/rexctl.yml, which is there and not as init writes it" in said.err
    assert "workflows" not in said.out
    assert mine.read_text(encoding="utf-8") == "mine\n"


def test_a_workflow_comes_to_a_log_that_is_there(bare: Door) -> None:
    bare("init")
    said = bare("init", "--ci", "github")
    assert said.out == "made .github/workflows/rexctl.yml\n"
    assert said.err == "this folder holds a log already\n"


def test_the_demonstration_has_an_event_of_each_type_and_is_right(bare: Door) -> None:
    bare("init", "demo", "--demo", "--ci", "github", "--hooks")
    bare.patch.chdir(bare.folder / "demo")
    assert sorted(bare("list", "-F", "type").lines) == sorted(TYPES)
    assert bare("check").code == 0
    assert bare("fmt", "--check").code == 0
    assert (bare.folder / "demo" / ".github" / "workflows" / "rexctl.yml").is_file()


def test_refresh_writes_what_differs_and_says_so(bare: Door) -> None:
    bare("init")
    schema = bare.folder / "data" / "schema" / "event.schema.json"
    text = schema.read_text(encoding="utf-8")
    schema.write_text("{}", encoding="utf-8")
    assert bare("init", "--refresh").out == "made data/schema/event.schema.json\n"
    assert schema.read_text(encoding="utf-8") == text
    assert bare("init", "--refresh").out == ""


def test_what_is_no_folder_and_no_host_is_refused(bare: Door) -> None:
    (bare.folder / "file").write_text("", encoding="utf-8")
    assert bare("init", "file").code == 2
    assert bare("init", "--ci", "gitlab").code == 2
    assert bare("init", "/proc/nothing").code == 7
    assert bare("init", "--refresh").code == 7
