"""What `init --ci github` and the README give to a code host, run as the host runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from filelock import FileLock

from tests.run import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
FOLDER = "my notes"
HOST = {"GITHUB_SERVER_URL": "https://host.example", "GITHUB_REPOSITORY": "a/log",
        "GITHUB_STEP_SUMMARY": "../summary.md"}  # fmt: skip
INSTALL, REPORT = "pip install", "Describe the change in words"
CHECK, STRICT, CHANGED, OTHERS = (
    "Check the log", "Check the log, warnings and what is due included",
    "Check the files that the pull request changes",
    "Check the other files, in which a link may lead to what is changed or deleted",
)  # fmt: skip


class Payload(dict[str, Any]):
    """What the host knows of an event; a property that is missing is false, as in its expressions."""

    def __getattr__(self, name: str) -> Any:
        value = self.get(name, {})
        return Payload(value) if isinstance(value, dict) else value


def evaluate(text: str, github: Payload) -> Any:
    """Return the value of `${{ ... }}`, whose operators Python has under other names."""
    code = text.removeprefix("${{").removesuffix("}}").strip()
    for old, new in (("||", " or "), ("&&", " and "), ("!cancelled()", "True")):
        code = code.replace(old, new)
    return eval(code, {"github": github})


class Origin(NamedTuple):
    """A repository with a log in a folder, and a branch on which an event is changed, one broken."""

    folder: Path
    spec: str
    base: str
    head: str


def sh(command: str, folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the shell of the host, with the `rexctl` that the workflow installed."""
    names = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER")
             for what in ("NAME", "EMAIL")}  # fmt: skip
    env = os.environ | names | {"REXCTL_TODAY": "2025-11-24", "CI": "true", **environ}
    return subprocess.run(["bash", "-e", "-c", command], cwd=folder, env=env,
                          capture_output=True, text=True)  # fmt: skip


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Origin:
    folder = tmp_path_factory.mktemp("origin")
    head = sh("git rev-parse HEAD", ROOT).stdout.strip()
    spec = f"git+file://{ROOT}@{head}"
    commit = "git add -A && git commit -qm c && git rev-parse HEAD"
    events = f"'{FOLDER}'/data/events/2025"
    made = sh(
        "git init -qb main . && '{}' -m rexctl init '{}' --demo --ci github --install '{}' >&2\n{}\n"
        "git checkout -qb review\n"
        f"sed -i 's/^title: .*/title: Kato speaks/' {events}/*kato*\n"
        f"sed -i 's/ from: 2025-11-01/ from: 2025-13-01/' {events}/2025-10-10-us-*\n{commit}"
        .format(sys.executable, FOLDER, spec, commit), folder, PYTHONPATH=str(ROOT),
    )  # fmt: skip
    return Origin(folder, spec, *made.stdout.split())


@pytest.fixture(scope="module")
def path(origin: Origin, tmp_path_factory: pytest.TempPathFactory) -> str:
    """PATH with an environment into which the workflow has installed rexctl, and nothing else.

    All workers of a test run share it.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    found = f"{shared / 'venv' / 'bin'}:{os.environ['PATH']}"
    with FileLock(shared / "venv.lock"):
        if not (shared / "venv").exists():
            subprocess.run([sys.executable, "-m", "venv", shared / "venv"], check=True)
            (step,) = (
                one for one in job_of(origin.folder)["steps"] if INSTALL in one.get("run", "")
            )
            done = sh(step["run"], origin.folder, PATH=found)
            assert done.returncode == 0, done.stdout + done.stderr
    return found


def job_of(folder: Path) -> dict[str, Any]:
    """Return the job of the workflow in a repository."""
    text = (folder / ".github" / "workflows" / "rexctl.yml").read_text("utf-8")
    job: dict[str, Any] = yaml.safe_load(text)["jobs"]["check"]
    return job


def run_workflow(
    github: Payload, origin: Origin, path: str, folder: Path
) -> dict[str, tuple[int, str]]:
    """Return exit code and output of each step that the workflow runs in a fresh clone.

    What it installs is there already.
    """
    sh(f"git clone -q '{origin.folder}' clone && git -C clone checkout -q {github.sha}", folder)
    job = job_of(folder / "clone")
    done = {}
    for step in job["steps"]:
        command = step.get("run", INSTALL)
        if INSTALL in command or not evaluate(step.get("if", "True"), github):
            continue
        values = {name: evaluate(value, github) for name, value in step.get("env", {}).items()}
        place = folder / "clone" / job["defaults"]["run"]["working-directory"]
        result = sh(command, place, PATH=path, **HOST, **values)
        done[step["name"]] = (result.returncode, result.stdout + result.stderr)
    return done


def summary(folder: Path) -> str:
    written = folder / "clone" / "summary.md"
    return written.read_text("utf-8") if written.exists() else ""


def test_a_pull_request_gets_annotations_and_a_report(
    origin: Origin, path: str, tmp_path: Path
) -> None:
    request = {"base": {"sha": origin.base}, "head": {"sha": origin.head}, "number": 1}
    github = Payload(event_name="pull_request", sha=origin.head, event={"pull_request": request})
    steps = run_workflow(github, origin, path, tmp_path)
    assert list(steps) == [CHANGED, OTHERS, REPORT]
    assert re.search(rf"^::error file={FOLDER}/data/events/2025/2025-10-10-us-[^:]*::.*2025-13-01",
                     steps[CHANGED][1], re.MULTILINE)  # fmt: skip
    assert steps[CHANGED][0] == steps[OTHERS][0] == 1
    report = summary(tmp_path)
    assert "Kato speaks" in report
    link = (
        f"https://host.example/a/log/blob/{origin.head}/my%20notes/data/events/2025/2025-10-15-jp"
    )
    assert link in report
    # A file that does not parse is left out of the report, which says so.
    assert steps[REPORT][0] == 6
    assert "1 file left out" in steps[REPORT][1]


@pytest.mark.parametrize("is_first", [True, False])
def test_a_push_is_compared_with_the_commit_before(
    is_first: bool, origin: Origin, path: str, tmp_path: Path
) -> None:
    before = "0" * 40 if is_first else origin.base
    github = Payload(event_name="push", sha=origin.head, event={"before": before})
    steps = run_workflow(github, origin, path, tmp_path)
    assert list(steps) == [CHECK, REPORT]
    assert (steps[CHECK][0], "::error file=my notes/" in steps[CHECK][1]) == (1, True)
    assert ("Kato speaks" in summary(tmp_path)) == (not is_first)
    assert ("No commit before this push" in steps[REPORT][1]) == is_first


def test_each_morning_what_is_due_fails(origin: Origin, path: str, tmp_path: Path) -> None:
    github = Payload(event_name="schedule", sha=origin.base)
    steps = run_workflow(github, origin, path, tmp_path)
    assert list(steps) == [STRICT]
    assert steps[STRICT][0] == 1
    assert "1 due" in steps[STRICT][1]


def test_the_readme_shows_a_job_of_gitlab_that_works(
    origin: Origin, path: str, tmp_path: Path
) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (text,) = re.findall(r"^```yaml\n(rexctl:\n.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    assert len(text.splitlines()) == 8
    (tmp_path / ".gitlab-ci.yml").write_text(text, "utf-8")
    judged = sh(f"'{sys.executable}' -m check_jsonschema --builtin-schema vendor.gitlab-ci .gitlab-ci.yml",
                tmp_path)  # fmt: skip
    assert judged.returncode == 0, judged.stdout
    job = yaml.safe_load(text)["rexctl"]
    sh(f"git clone -q '{origin.folder}' clone && git -C clone checkout -q review", tmp_path)
    clone, more = tmp_path / "clone", {"CI_DEFAULT_BRANCH": "main", "REXCTL_LOG": FOLDER}
    codes = []
    for part in ("before_script", "script", "after_script"):
        script = "\n".join(job[part]).replace("git+URL-OF-THIS-REPOSITORY@TAG", origin.spec)
        codes.append(sh(script, clone, PATH=path, **more).returncode)
    assert codes == [0, 1, 6]  # a file that does not parse is left out of the description
    reported = {name: (clone / name).read_text("utf-8")
                for name in (*job["artifacts"]["paths"], job["artifacts"]["reports"]["codequality"])}  # fmt: skip
    assert "Kato speaks" in reported["diff.md"]
    (fault,) = json.loads(reported["codequality.json"])
    assert fault["severity"] == "major"
    assert fault["location"]["path"].startswith(f"{FOLDER}/data/events/2025/2025-10-10-us-")
