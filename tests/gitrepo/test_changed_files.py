from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from rexctl.errors import EnvironmentFaultError, UsageError
from rexctl.gitrepo.trees import list_changed_files
from rexctl.values.clock import open_clock

if TYPE_CHECKING:
    from pathlib import Path

CLOCK = open_clock()
PATHS = ("events/2025/a.yaml", "events/2025/b.yaml", "events/2025/é n.yaml", "rexctl.yaml")


def git(folder: Path, *words: str) -> None:
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", str(folder), *author, *words], check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "some")


@pytest.fixture(params=["sha1", "sha256"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A log in a folder of its repository, all of it committed."""
    root = tmp_path / "project" / "data"
    (root / "events" / "2025").mkdir(parents=True)
    git(root.parent, "init", "-q", f"--object-format={request.param}")
    for path in PATHS:
        (root / path).write_bytes(f"{path}\n".encode())
    commit(root)
    return root


def test_what_is_committed_has_not_changed(log: Path) -> None:
    assert list_changed_files(log, "HEAD", PATHS, CLOCK) == set()


def test_what_was_written_staged_or_never_added_has(log: Path) -> None:
    (log / PATHS[0]).write_text("written\n")
    (log / PATHS[2]).write_text("staged\n", encoding="utf-8")
    git(log, "add", PATHS[2])
    (log / "events/2025/new.yaml").write_text("new\n")
    asked = {*PATHS, "events/2025/new.yaml"}
    assert list_changed_files(log, "HEAD", asked, CLOCK) == {
        PATHS[0],
        PATHS[2],
        "events/2025/new.yaml",
    }


def test_a_file_that_was_only_touched_or_has_other_line_ends_has_not(log: Path) -> None:
    (log / PATHS[0]).write_bytes(f"{PATHS[0]}\r\n".encode())
    (log / PATHS[1]).write_bytes((log / PATHS[1]).read_bytes())
    assert list_changed_files(log, "HEAD", PATHS, CLOCK) == set()


def test_an_older_commit_a_branch_and_a_tag_can_be_named(log: Path) -> None:
    git(log, "tag", "-a", "v1", "-m", "first")
    git(log, "branch", "old")
    (log / PATHS[1]).write_text("later\n")
    commit(log)
    assert list_changed_files(log, "HEAD", PATHS, CLOCK) == set()
    for revision in ("HEAD~1", "old", "v1"):
        assert list_changed_files(log, revision, PATHS, CLOCK) == {PATHS[1]}


def test_before_the_first_commit_all_differs(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert list_changed_files(tmp_path, "HEAD", PATHS, CLOCK) == set(PATHS)


@pytest.mark.parametrize(
    "revision",
    ["nowhere", "--output=made", "-h", "a\0b", "HEAD:events", "HEAD..HEAD", "^HEAD", "\udcff"],
)
def test_what_is_no_commit_is_refused(log: Path, revision: str) -> None:
    with pytest.raises(UsageError):
        list_changed_files(log, revision, PATHS, CLOCK)
    assert not (log / "made").exists()


def test_where_there_is_no_repository_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(EnvironmentFaultError, match="not in a git repository"):
        list_changed_files(tmp_path, "HEAD", PATHS, CLOCK)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentFaultError, match="no git program in PATH"):
        list_changed_files(tmp_path, "HEAD", PATHS, CLOCK)


def test_nothing_that_a_clone_configures_runs(log: Path) -> None:
    made = log.parent / "ran"
    trap = f"touch {made}"
    for key in ("core.fsmonitor", "filter.x.clean", "diff.external", "core.pager", "alias.ls-tree",
                "diff.x.textconv", "core.sshCommand"):  # fmt: skip
        git(log, "config", key, trap)
    (log.parent / ".gitattributes").write_text("* filter=x diff=x\n")
    (log / PATHS[0]).write_text("written\n")
    assert list_changed_files(log, "HEAD", PATHS, CLOCK) == {PATHS[0]}
    assert not made.exists()
