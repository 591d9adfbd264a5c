from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from rexctl.store import init_files
from tests.run import ROOT

if TYPE_CHECKING:
    from pathlib import Path

ODD = 'a "b" $(c): #d ${{ e }}é'


def made(within: str = "", *, ci: str = "github", hooks: bool = True) -> dict[str, str]:
    return dict(init_files.repository_files(within, ci=ci, hooks=hooks))


def job(within: str = "") -> dict[str, Any]:
    found = yaml.safe_load(made(within)[".github/workflows/rexctl.yml"])["jobs"]["check"]
    assert isinstance(found, dict)
    return found


def hooks(text: str) -> dict[str, dict[str, Any]]:
    (local,) = yaml.safe_load(text)["repos"]
    return {hook["id"]: hook for hook in local["hooks"]}


EDITORS = [".vscode/settings.json", ".vscode/extensions.json"]


def test_only_what_is_asked_for_is_given() -> None:
    assert list(made(ci="", hooks=False)) == EDITORS
    assert list(made(hooks=False)) == [*EDITORS, ".github/workflows/rexctl.yml"]
    assert list(made(ci="")) == [*EDITORS, ".pre-commit-config.yaml"]


@pytest.mark.parametrize("within", ["", "logs/one", ODD])
def test_editors_find_the_schema_of_a_log_in_a_folder(within: str) -> None:
    folder = f"{within}/" if within else ""
    assert json.loads(made(within)[EDITORS[0]]) == {
        "yaml.schemas": {
            f"./{folder}data/schema/event.schema.json": f"{folder}data/events/**/*.yaml"
        }
    }
    assert json.loads(made(within)[EDITORS[1]]) == {"recommendations": ["redhat.vscode-yaml"]}


@pytest.mark.parametrize("within", ["", ODD])
def test_settings_that_hold_the_schema_among_others_lack_nothing(within: str) -> None:
    text = made(within)[EDITORS[0]]
    mine = json.dumps({"a": 1, **json.loads(text)}, ensure_ascii=False) + "  // a comment"
    assert init_files.find_lacking(text, mine.encode()) == ""
    assert init_files.find_lacking(text, b'{"yaml.schemas": {}}').startswith(
        'add "yaml.schemas": {"./'
    )
    assert "add" in init_files.find_lacking(text, made("other")[EDITORS[0]].encode())


@pytest.mark.parametrize("within", ["", "logs", ODD])
def test_the_workflow_is_one_that_github_takes(within: str, tmp_path: Path) -> None:
    (tmp_path / "rexctl.yml").write_text(made(within)[".github/workflows/rexctl.yml"], "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows",
         "rexctl.yml"], cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_the_workflow_may_read_and_nothing_else() -> None:
    whole = yaml.safe_load(made()[".github/workflows/rexctl.yml"])
    assert whole["permissions"] == {"contents": "read"}
    assert "permissions" not in job()
    # `on` is true to a reader of YAML 1.1; pull_request_target would run with the base's secrets.
    assert set(whole[True]) == {"push", "pull_request", "schedule"}
    uses = [step["uses"] for step in job()["steps"] if "uses" in step]
    assert uses
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", one) for one in uses)
    assert made()[".github/workflows/rexctl.yml"].count("  # v7.0.") == len(uses)


def test_a_change_is_checked_by_one_run_that_ends() -> None:
    whole = yaml.safe_load(made()[".github/workflows/rexctl.yml"])
    # A push to another branch runs in its pull request alone.
    assert whole[True]["push"] == {"branches": ["main"]}
    assert whole["concurrency"]["cancel-in-progress"] is True
    assert "github.event.pull_request.number || github.run_id" in whole["concurrency"]["group"]
    assert job()["timeout-minutes"] == 15
    text = dict(init_files.repository_files("", ci="github", branches="a,b c"))[init_files.WORKFLOW]
    assert yaml.safe_load(text)[True]["push"] == {"branches": ["a", "b c"]}


def test_no_expression_stands_in_what_a_shell_runs() -> None:
    runs = [step["run"] for step in job()["steps"] if "run" in step]
    assert [run for run in runs if "${{" in run] == []
    assert "rexctl check --strict -f github" in runs


def test_each_event_has_its_own_check_and_none_formats() -> None:
    runs = {step["run"]: step.get("if", "") for step in job()["steps"] if "run" in step}
    on = {run: event for run, where in runs.items() for event in ("push", "schedule", "pull_request")
          if f"github.event_name == '{event}'" in where}  # fmt: skip
    assert on["rexctl check -f github"] == "push"
    assert on["rexctl check --strict -f github"] == "schedule"
    assert on['rexctl check --changed-since "$BASE" -f github'] == "pull_request"
    assert on["rexctl check"] == "pull_request"
    assert not [run for run in runs if "fmt" in run]


@pytest.mark.parametrize("spec", ["git+https://example.org/r@v1", ODD, "a\nb: 'c'", ""])
def test_pip_gets_what_is_to_be_installed_as_one_word(spec: str, tmp_path: Path) -> None:
    text = dict(init_files.repository_files("", ci="github", install=spec))[init_files.WORKFLOW]
    (run,) = [step["run"] for step in yaml.safe_load(text)["jobs"]["check"]["steps"]
              if "pip" in step.get("run", "")]  # fmt: skip
    run = run.replace("${{ '${{' }}", "${{")  # as the host evaluates it
    assert "${{" not in run or spec == ODD
    spy = f'python() {{ printf "<%s>" "$@"; }}; {run}'
    done = subprocess.run(["bash", "-c", spy], cwd=tmp_path, capture_output=True, text=True)
    assert (
        done.stdout
        == f"<-m><pip><install><{spec or 'FILL IN git+https://HOST/OWNER/REPOSITORY@TAG'}>"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_revision_is_one_word_to_diff_whatever_it_holds(tmp_path: Path) -> None:
    (step,) = [step for step in job()["steps"] if "diff" in step.get("run", "")]
    assert set(step["env"]) == {"BASE", "HEAD"}
    env = {"BASE": "$(touch broken) a", "HEAD": "b;c", "GITHUB_STEP_SUMMARY": "summary",
           "GITHUB_SERVER_URL": "https://host", "GITHUB_REPOSITORY": "a/b"}  # fmt: skip
    spy = f'git() {{ true; }}; rexctl() {{ printf "<%s>" "$@"; }}; {step["run"]}'
    subprocess.run(["bash", "-c", spy], cwd=tmp_path, env=env, check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["summary"]
    assert (tmp_path / "summary").read_text() == (
        "<diff><$(touch broken) a...b;c><-f><md><--link-base><https://host/a/b/blob/b;c>"
    )


def test_a_log_in_a_folder_is_checked_in_that_folder() -> None:
    assert "defaults" not in job()
    assert job("logs/one")["defaults"]["run"]["working-directory"] == "logs/one"
    # The host reads `${{ '${{' }}` as the text `${{`.
    there = job(ODD)["defaults"]["run"]["working-directory"]
    assert there.replace("${{ '${{' }}", "${{") == ODD


@pytest.mark.parametrize(("within", "after"), [("", []), (ODD, ["-C", ODD])])
def test_a_hook_asks_for_the_log_and_wakes_for_its_files(within: str, after: list[str]) -> None:
    found = hooks(made(within)[".pre-commit-config.yaml"])
    told = {name: [*shlex.split(hook["entry"]), *hook.get("args", ())]
            for name, hook in found.items()}  # fmt: skip
    assert told == {
        "rexctl-check": ["rexctl", "check", *after], "rexctl-fmt": ["rexctl", "fmt", *after],
    }  # fmt: skip
    start = f"{within}/" if within else ""
    assert found["rexctl-check"]["always_run"] is True
    files = found["rexctl-fmt"]["files"]
    assert re.search(files, f"{start}data/events/2025/2025-10-09-a.yaml")
    assert not re.search(files, f"x{start}data/events/2025/2025-10-09-a.yaml")
    assert {hook["pass_filenames"] for hook in found.values()} == {False}


def test_the_hooks_that_this_repository_offers_are_the_same() -> None:
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    local = hooks(made()[".pre-commit-config.yaml"])
    assert {hook["id"]: hook["entry"] for hook in offered} == {
        name: hook["entry"] for name, hook in local.items()
    }
    for hook in offered:
        assert (hook["language"], hook["pass_filenames"]) == ("python", False)


@pytest.mark.parametrize(
    ("path", "woken"),
    [("data/events/2025/2025-10-09-a.yaml", {"rexctl-check", "rexctl-fmt"}),
     ("events/2025/2025-10-09-a.yaml", {"rexctl-check", "rexctl-fmt"}),
     ("logs/data/vocabulary/tags.yaml", {"rexctl-check"}), ("README.md", {"rexctl-check"}),
     ("src/myevents/a.yaml", {"rexctl-check"})],
)  # fmt: skip
def test_an_offered_hook_wakes_for_the_files_it_looks_at(path: str, woken: set[str]) -> None:
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    found = {h["id"] for h in offered if h.get("always_run") or re.search(h["files"], path)}
    assert found == woken
