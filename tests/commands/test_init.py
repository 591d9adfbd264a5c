from __future__ import annotations

import json
import re
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest
import yaml

from rexctl.model.types import TYPES
from tests.commands.door import STATEMENT, SWINE_ID
from tests.run import ROOT

if TYPE_CHECKING:
    from typing import Any

    from tests.commands.door import Door
    from tests.run import Result


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
        "left .gitattributes as it is; it differs from what init writes",
        "this folder holds a log already; nothing to do",
    ]
    assert kept.read_text(encoding="utf-8") == "mine\n"


def test_what_runs_by_itself_is_written_to_the_root_of_the_repository(bare: Door) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=bare.folder, check=True)
    said = bare("init", "logs", "--ci", "github", "--hooks")
    made = ["../.vscode/settings.json", "../.vscode/extensions.json",
            "../.github/workflows/rexctl.yml", "../.pre-commit-config.yaml"]  # fmt: skip
    assert said.lines[-4:] == [f"made {path}" for path in made]
    workflow = bare.folder / ".github" / "workflows" / "rexctl.yml"
    assert 'working-directory: "logs"' in workflow.read_text(encoding="utf-8")
    assert 'args: [-C, "logs"]' in (bare.folder / ".pre-commit-config.yaml").read_text("utf-8")
    again = bare("init", "logs", "--ci", "github", "--hooks")
    assert again == (0, "", "logs holds a log already; nothing to do\n")


def test_a_workflow_that_a_person_wrote_is_left_and_named(bare: Door) -> None:
    mine = bare.folder / ".github" / "workflows" / "rexctl.yml"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine\n", encoding="utf-8")
    said = bare("init", "--ci", "github")
    assert (
        "left .github/workflows/rexctl.yml as it is; it differs from what init writes" in said.err
    )
    assert "workflows" not in said.out
    assert mine.read_text(encoding="utf-8") == "mine\n"


def test_a_workflow_comes_to_a_log_that_is_there(bare: Door) -> None:
    bare("init")
    said = bare("init", "--ci", "github", "--install", "git+https://example.org/rexctl@v1")
    assert said.out == "made .github/workflows/rexctl.yml\n"
    assert said.err == "this folder holds a log already\n"


GIT = {"vcs": "git", "commit_id": "0123abc", "requested_revision": "main"}
ORIGINS = {
    "git": ({"url": "https://example.org/r.git", "vcs_info": GIT},
            "'rexctl @ git+https://example.org/r.git@0123abc'"),
    "folder of git": ({"url": "https://example.org/r.git", "vcs_info": GIT, "subdirectory": "py"},
                      "'rexctl @ git+https://example.org/r.git@0123abc#subdirectory=py'"),
    "git on this machine": ({"url": "file:///home/a/r", "vcs_info": GIT}, ""),
    "folder": ({"url": "file:///home/a/r", "dir_info": {"editable": True}}, ""),
    "registry": (None, ""),
}  # fmt: skip


@pytest.mark.parametrize(("origin", "spec"), ORIGINS.values(), ids=ORIGINS)
def test_the_workflow_installs_the_commit_that_rexctl_was_installed_from(
    origin: dict[str, Any] | None, spec: str, bare: Door
) -> None:
    site = bare.folder / "site"
    info = site / "rexctl-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: rexctl\nVersion: 0.1.0\n")
    if origin:
        (info / "direct_url.json").write_text(json.dumps(origin))
    bare.patch.syspath_prepend(site)
    said = bare("init", "log", "--ci", "github")
    text = (bare.folder / "log" / ".github" / "workflows" / "rexctl.yml").read_text("utf-8")
    steps = yaml.safe_load(text)["jobs"]["check"]["steps"]
    (run,) = [step["run"] for step in steps if "pip" in step.get("run", "")]
    missing = "does not install rexctl yet: replace FILL IN by its git source"
    assert (missing in said.err) == (not spec)
    assert run == f"python -m pip install {spec or _FILL_IN}"


_FILL_IN = "'FILL IN git+https://HOST/OWNER/REPOSITORY@TAG'"


def test_what_to_install_is_one_requirement_and_needs_a_workflow(bare: Door) -> None:
    assert "--install needs --ci" in bare("init", "--install", "git+https://example.org/r").err
    for spec in ("-e .", "", " "):
        assert bare("init", "--ci", "github", "--install", spec).code == 2
    assert list(bare.folder.iterdir()) == []


def test_the_demonstration_has_an_event_of_each_type_and_is_right(bare: Door) -> None:
    bare("init", "demo", "--demo", "--ci", "github", "--hooks")
    bare.patch.chdir(bare.folder / "demo")
    assert sorted(bare("list", "-F", "type", "-f", "tsv").lines[1:]) == sorted(TYPES)
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


@pytest.mark.parametrize("within", [".", "notes"])
def test_deleting_a_linked_event_runs_check_in_each_hook_configuration(
    within: str, filled: Door
) -> None:
    filled("add", "statement", "A third", *STATEMENT, "--clarifies", SWINE_ID)
    git(filled, "init", "-q", ".")
    if within != ".":
        (filled.folder / within).mkdir()
        (filled.folder / "data").rename(filled.folder / within / "data")
    filled("init", within, "--hooks")
    git(filled, "add", "-A")
    git(filled, *AUTHOR, "commit", "-qm", "c")
    git(filled, "rm", "-q", f"{within}/data/events/2025/{SWINE_ID}.yaml")
    # As pre-commit lists staged files: without deleted ones.
    staged = git(filled, "diff", "--staged", "--name-only", "--diff-filter=ACMRTUXB").split()
    local = yaml.safe_load((filled.folder / ".pre-commit-config.yaml").read_text("utf-8"))
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for hooks in (local["repos"][0]["hooks"], [{"args": ["-C", within]} | one for one in offered]):
        (hook,) = [hook for hook in hooks if runs(hook, staged)]
        said = filled(*shlex.split(hook["entry"])[1:], *hook.get("args", ()))
        assert said.code == 1
        assert f"{SWINE_ID}: no such event in the log" in said.out


def runs(hook: dict[str, Any], staged: list[str]) -> bool:
    """Return whether pre-commit runs a hook for the staged files."""
    return bool(hook.get("always_run")) or any(re.search(hook["files"], path) for path in staged)


AUTHOR = ("-c", "user.name=A", "-c", "user.email=a@b.example")


def git(door: Door, *words: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=door.folder, check=True, capture_output=True, text=True
    )
    return done.stdout


def commands(said: Result) -> list[str]:
    """Return the commands of the lines that `init` ends with; it writes at most five lines."""
    assert len(said.err.splitlines()) <= 5
    return [line.split("`")[1] for line in said.err.splitlines() if line.startswith("`")]


def test_init_says_what_comes_next(bare: Door) -> None:
    assert commands(bare("init")) == ["git init", "rexctl git setup", "rexctl add -i"]
    assert commands(bare("init", "--hooks")) == ["pre-commit install"]
    assert commands(bare("init")) == []


def test_each_line_that_init_prints_works_as_printed(bare: Door) -> None:
    git_init, setup, hooks, add = commands(bare("init", "my log", "--hooks"))
    assert hooks == "cd 'my log' && pre-commit install"
    git(bare, *shlex.split(git_init)[1:])
    assert "git merges events by field now" in bare(*shlex.split(setup)[1:]).err
    assert "merge.rexctl.driver" in git(bare, "-C", "my log", "config", "--list")
    assert "-i needs a terminal" in bare(*shlex.split(add)[1:]).err
    assert commands(bare("init", "my log/two", "--git")) == ["rexctl -C 'my log/two' add -i"]


def test_settings_of_an_editor_are_left_and_the_line_to_add_is_printed(bare: Door) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=bare.folder, check=True)
    mine = bare.folder / ".vscode" / "settings.json"
    mine.parent.mkdir()
    mine.write_text('{"editor.rulers": [80]}', encoding="utf-8")
    said = bare("init", "notes")
    line = (
        '"yaml.schemas": {"./notes/data/schema/event.schema.json": "notes/data/events/**/*.yaml"}'
    )
    assert f"left ../.vscode/settings.json as it is; add {line}" in said.err
    assert mine.read_text(encoding="utf-8") == '{"editor.rulers": [80]}'
    mine.write_text('{"editor.rulers": [80],\n' + line + "}", encoding="utf-8")
    assert bare("init", "notes").err == "notes holds a log already; nothing to do\n"


def test_the_workflow_runs_for_the_default_branch_of_the_clone(bare: Door) -> None:
    git(bare, "init", "-q", "-b", "trunk", "origin")
    git(bare, "-C", "origin", *AUTHOR, "commit", "-q", "--allow-empty", "-m", "c")
    git(bare, "clone", "-q", "origin", "clone")
    for folder, branches in (("clone", ["trunk"]), ("no repository", ["main", "master"])):
        bare("init", folder, "--ci", "github", "--install", "git+https://example.org/r")
        text = (bare.folder / folder / ".github/workflows/rexctl.yml").read_text("utf-8")
        assert yaml.safe_load(text)[True]["push"]["branches"] == branches


def test_setting_up_git_outside_of_a_repository_makes_nothing(bare: Door) -> None:
    said = bare("init", "new log", "--git")
    assert (said.code, said.out, (bare.folder / "new log").exists()) == (7, "", False)
    assert "new log: is in no git repository; git init 'new log' makes one" in said.err
