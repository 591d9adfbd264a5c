"""`--at`, which every command takes that asks the log: the answer of a checkout of that commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands.door import STATEMENT, SWINE_ID
from tests.gitrepo.repository import Repository

if TYPE_CHECKING:
    from tests.commands.door import Door

QUESTIONS = [
    ["list"], ["list", "date:2025", "-f", "csv"], ["list", "-c"], ["list", "actor:NO", "-F", "id,rates"],
    ["list", "@mine"], ["show", SWINE_ID], ["show", SWINE_ID, "-f", "yaml"], ["search", "swine"],
    ["stats", "--by", "month"], ["values", "actors"], ["values", "title", "type:tariff"],
]  # fmt: skip


@pytest.fixture
def git(filled: Door) -> Repository:
    """The log of the door in a repository: two commits, and a change that is in none."""
    (filled.folder / "data" / "rexctl.yaml").write_text(
        "format: 1\nqueries:\n  mine: type:tariff\n"
    )
    made = Repository.__new__(Repository)
    made.folder = filled.folder
    made("init", "-q", "-b", "main")
    for title in ("Sweden says so", "Sweden says so again"):
        made("add", "-A", "data")
        made("commit", "-q", "-m", "one more")
        filled("add", "statement", title, *STATEMENT)
    return made


@pytest.mark.parametrize("revision", ["HEAD", "HEAD~1"])
def test_a_commit_answers_as_a_checkout_of_it(filled: Door, git: Repository, revision: str) -> None:
    asked = [filled(*words, "--at", revision) for words in QUESTIONS]
    git("stash", "-q", "-u")
    git("checkout", "-q", revision)
    assert asked == [filled(*words) for words in QUESTIONS]
    git("checkout", "-q", "main")
    assert asked == [filled(*words, f"--at={revision}") for words in QUESTIONS]


def test_a_change_in_the_working_tree_is_in_no_commit(filled: Door, git: Repository) -> None:
    asked = ([], ["--at", "HEAD"], ["--at", "HEAD~1"])
    now, head, before = (int(filled("list", "-c", *at).out) for at in asked)
    assert (now, head) == (head + 1, before + 1)
    assert git("status", "--porcelain", "data") != ""


def test_a_bad_file_of_a_commit_is_named_as_git_names_it(filled: Door, git: Repository) -> None:
    bad = filled.put("2025-10-09-bad.yaml", "type: [\n")
    git("add", "-A", "data")
    git("commit", "-q", "-m", "bad")
    bad.unlink()
    commit = git("rev-parse", "HEAD")
    said = filled("list", "-c", "--at", "HEAD")
    assert (said.code, said.out) == (6, filled("list", "-c").out)
    assert f"{commit[:12]}:./events/2025/2025-10-09-bad.yaml:2:1: error[yaml-syntax]" in said.err
    assert filled("list", "-c").code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["list", "--at", "nowhere"], "error[bad-value] nowhere: no such revision"),
        (["list", "--at", ""], "error[bad-value] "),
        (["list", "--at", "2020-01-01"], "error[bad-value] 2020-01-01: no commit is that old"),
        (["list", "--at=--output=x"], "error[bad-value] --output=x: not a revision"),
        (["show", SWINE_ID, "--at", "HEAD:data"], "error[bad-value] HEAD:data: no such revision"),
        (
            ["list", "--at", "HEAD", "-f", "path"],
            "error[usage-error] -f path: the files of a commit have no path",
        ),
        (["show", SWINE_ID, "--at", "HEAD", "-f", "path"], "error[usage-error] -f path"),
        (["filter", "--at", "HEAD"], "error[bad-value] --at: standard input has no history"),
        (["add", "--at", "HEAD"], "error[unknown-option] --at"),
    ],
)
def test_what_is_asked_wrongly_is_told(
    filled: Door, git: Repository, words: list[str], told: str
) -> None:
    said = filled(*words)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(told)
    assert not (git.folder / "x").exists()


def test_a_log_in_no_repository_has_no_past(filled: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(filled.folder.parent))
    said = filled("list", "--at", "HEAD")
    assert (said.code, said.out) == (7, "")
    assert "not in a git repository" in said.err
