from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING

import pytest

from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo import run
from rexctl.gitrepo.blobs import read_blobs
from rexctl.gitrepo.run import Git, GitError, GitProgram
from rexctl.gitrepo.trees import FileVersion, find_unmerged
from tests.gitrepo.repository import ALONE, Repository
from tests.snapshot.versions import compare
from tests.store.logs import event

if TYPE_CHECKING:
    from pathlib import Path

A = "2025-10-09-cn-a"
_NOT_HANDED_ON = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_GRAFT_FILE",
    "GIT_GLOB_PATHSPECS",
)


def program(folder: Path, text: str) -> dict[str, str]:
    """Put a program called git where it is found first."""
    folder.mkdir()
    (folder / "git").write_text(f"#!/bin/sh\n{text}\n")
    (folder / "git").chmod(0o755)
    return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}


def test_a_folder_outside_any_repository_is_told(tmp_path: Path) -> None:
    environ = {**os.environ, **ALONE, "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    with pytest.raises(EnvironmentFaultError, match="not in a git repository") as told:
        Git(tmp_path, environ)
    assert told.value.hint == "git init makes one"


def test_a_machine_without_git_is_told(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFaultError, match="no git program in PATH"):
        Git(tmp_path, {"PATH": str(tmp_path)})


def test_outside_any_repository_the_program_works_all_the_same(tmp_path: Path) -> None:
    environ = {**os.environ, **ALONE, "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    program = GitProgram(tmp_path, environ)
    assert program.run("rev-parse", "--git-dir").returncode == 128
    assert program.run("hash-object", "-t", "tree", "--stdin").returncode == 0


def test_a_git_that_cannot_be_started_is_told(tmp_path: Path) -> None:
    environ = program(tmp_path / "bin", "")
    (tmp_path / "bin" / "git").write_bytes(b"\x7fELF")
    with pytest.raises(EnvironmentFaultError, match="git: exec format error"):
        Git(tmp_path, environ)


def test_every_call_carries_every_protection(tmp_path: Path) -> None:
    """They were in three rooms, and a call from one room had not what another had."""
    text = 'case "$*" in *show-prefix*) exit 0;; esac; echo "$*"; env'
    environ = {**program(tmp_path / "bin", text), **dict.fromkeys(_NOT_HANDED_ON, "x")}
    (tmp_path / ".git").mkdir()
    git = Git(tmp_path, environ)
    for said in (
        GitProgram(tmp_path, environ).run("merge-file").stdout,
        git.output("ls-tree"),
        git.output("cat-file", stdin=b"x"),
    ):
        words, *variables = said.decode().splitlines()
        assert words.startswith(
            f"--no-pager -c core.fsmonitor=false -c core.hooksPath={os.devnull} "
        )
        assert {
            "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none",
            "GIT_TERMINAL_PROMPT=0", "GIT_LITERAL_PATHSPECS=1", "GIT_NO_REPLACE_OBJECTS=1", "LC_ALL=C",
        } <= set(variables)  # fmt: skip
        assert {line.partition("=")[0] for line in variables}.isdisjoint(_NOT_HANDED_ON)


def test_what_git_says_goes_to_a_fault_in_one_line(tmp_path: Path) -> None:
    git = Repository(tmp_path).git
    with pytest.raises(GitError, match=r"^git: Not a valid object name"):
        git.output("cat-file", "-t", "nothing")


def test_another_fault_of_the_repository_is_told_in_gits_words(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    (tmp_path / ".git" / "config").write_text("[core\n")
    with pytest.raises(EnvironmentFaultError, match="git: bad config"):
        assert repository.git


def test_a_git_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "TIMEOUT", 0.1)
    environ = program(tmp_path / "bin", "exec sleep 1000")
    with pytest.raises(EnvironmentFaultError, match=r"git rev-parse took longer than 0\.1 seconds"):
        Git(tmp_path, environ)


def test_a_git_that_hangs_while_it_is_read_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "TIMEOUT", 0.5)
    environ = program(tmp_path / "bin", 'case "$*" in *cat-file*) exec sleep 1000;; esac')
    (tmp_path / ".git").mkdir()
    git = Git(tmp_path, environ)
    with pytest.raises(EnvironmentFaultError, match="git cat-file took longer"):
        read_blobs(git, ["0" * 40])


def test_no_shell_sees_a_word(tmp_path: Path) -> None:
    git = Repository(tmp_path).git
    with pytest.raises(GitError):
        git.output("rev-parse", "--verify", f"$(touch {tmp_path}/ran)`touch {tmp_path}/ran`;true")
    assert not (tmp_path / "ran").exists()


def trap(folder: Path, name: str) -> str:
    """Make a program that leaves a trace of having run."""
    path = folder / f"trap-{name}"
    path.write_text(f"#!/bin/sh\ntouch {folder}/ran-{name}\nexit 1\n")
    path.chmod(0o755)
    return str(path)


def traces(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("ran-*"))


def armed(folder: Path) -> Repository:
    """Make a repository whose configuration would run something at every turn."""
    repository = Repository(folder / "repository", event(A))
    repository.commit()
    hooks = folder / "hooks"
    hooks.mkdir()
    shutil.copy(trap(folder, "hook"), hooks / "post-index-change")
    for key, value in {
        "core.fsmonitor": trap(folder, "fsmonitor"), "core.hooksPath": str(hooks),
        "core.pager": trap(folder, "pager"), "diff.external": trap(folder, "external"),
        "diff.a=b.textconv": trap(folder, "textconv"), "filter.a=b.clean": trap(folder, "clean"),
        "filter.a=b.smudge": trap(folder, "smudge"), "filter.a=b.required": "true",
        "core.sshCommand": trap(folder, "ssh"), "protocol.ext.allow": "always",
        "remote.evil.url": f"ext::{trap(folder, 'ext')}", "remote.evil.promisor": "true",
        "extensions.partialClone": "evil", "core.repositoryFormatVersion": "1",
        "alias.diff-index": f"!{trap(folder, 'alias')}", "diff.wsErrorHighlight": "all",
    }.items():  # fmt: skip
        repository("config", key, value)
    (folder / "repository" / ".git" / "info").mkdir(exist_ok=True)
    (folder / "repository" / ".git" / "info" / "attributes").write_text("* filter=a=b diff=a=b\n")
    (path,) = repository.put(event(A, status="proposed"))
    # Of the same length and time as what git knows: it must look into the file to tell.
    path.write_text(path.read_text().replace("proposed", "adopted "))
    os.utime(path, ns=(time.time_ns(), time.time_ns()))
    return repository


@pytest.mark.parametrize("asked", ["", "HEAD", "HEAD..main", "main...HEAD", "staged"])
def test_a_hostile_configuration_runs_nothing(tmp_path: Path, asked: str) -> None:
    repository = armed(tmp_path)
    staged = asked == "staged"
    events, changes = compare(repository, "" if staged else asked, staged=staged)
    events.read([*(f for change in changes for f in change if f), FileVersion("a", "1" * 40)])
    find_unmerged(repository.git.folder)
    assert traces(tmp_path) == []


def test_the_traps_would_have_sprung(tmp_path: Path) -> None:
    """What the test above proves is only as good as its traps."""
    repository = armed(tmp_path)
    repository("status", check=False)
    repository("-c", "core.fsmonitor=", "diff", check=False)
    repository("cat-file", "-p", "1" * 40, check=False)
    sprung = set(traces(tmp_path))
    assert {"ran-fsmonitor", "ran-clean", "ran-ext"} <= sprung


def test_commands_for_people_are_not_called(tmp_path: Path) -> None:
    git = Repository(tmp_path).git
    for word in ("log", "status", "show", "diff"):
        with pytest.raises(ValueError, match="not a plumbing command"):
            git.output(word)


def test_a_git_that_ends_with_a_fault_in_the_middle_is_told(tmp_path: Path) -> None:
    git = Repository(tmp_path).git
    with pytest.raises(GitError, match="usage: git diff-tree"):
        git.output("diff-tree", "--stdin", "--nonsense", stdin=b"a b")


@pytest.mark.parametrize(
    "setting", ["core.worktree=/", "core.worktree=../..", "core.worktree=../data", "core.bare=true"]
)
def test_another_tree_than_the_one_we_stand_in_is_refused(tmp_path: Path, setting: str) -> None:
    repository = Repository(tmp_path / "one", event(A))
    repository.commit()
    name, _, value = setting.partition("=")
    repository("config", name, value)
    with pytest.raises(EnvironmentFaultError):
        assert repository.git


def test_a_hook_of_a_linked_worktree_asks_its_own_tree(tmp_path: Path) -> None:
    """git sets GIT_DIR there alone, and took the folder of the log for the top: all were added."""
    repository = Repository(tmp_path / "one", event(A))
    repository.commit()
    repository("worktree", "add", "-q", str(tmp_path / "two"), "-b", "two")
    environ = {**os.environ, **ALONE, "GIT_DIR": str(tmp_path / "one/.git/worktrees/two")}
    git = Git(tmp_path / "two" / "data", environ)
    assert git.output("rev-parse", "--show-prefix") == b"data/\n"
