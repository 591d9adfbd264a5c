from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo.commits import list_commits, working_tree_commit
from rexctl.gitrepo.revisions import find_head
from rexctl.gitrepo.run import Git
from tests.gitrepo.repository import Repository
from tests.store.logs import event

if TYPE_CHECKING:
    from pathlib import Path

A, B = "2025-10-09-cn-a", "2025-10-09-cn-b"


def test_the_newest_commit_comes_first_and_what_touches_no_event_is_left_out(
    tmp_path: Path,
) -> None:
    repository = Repository(tmp_path)
    assert find_head(repository.git) == ""
    first = repository.commit(event(A))
    (tmp_path / "README").write_text("x")
    repository.commit()
    second = repository.commit(event(B))
    found = list_commits(repository.git, find_head(repository.git))
    assert [(one.hash, one.parents, one.is_boundary) for one in found] == [
        (second, (first,), False), (first, (), False)]  # fmt: skip
    assert found[0].tree == repository("rev-parse", "HEAD^{tree}")
    assert (found[0].author, found[0].email, found[0].subject) == ("A", "a@example.org", "one more")
    assert found[0].date[:2] == "20"


@pytest.mark.parametrize(
    "name", ["Ærlig Ö", "a\x1b[31mb", 'a "b" c', "two  spaces", "tab\there"]
)  # fmt: skip
def test_authors_and_subjects_of_any_sort_come_through(tmp_path: Path, name: str) -> None:
    repository = Repository(tmp_path, event(A))
    repository("add", "-A")
    repository("commit", "-q", "--author", f"{name} <x@example.org>", "-m", f"{name}\n\nA body.")
    (found,) = list_commits(repository.git, find_head(repository.git))
    assert (found.author, found.subject) == (name, name)


def test_a_name_that_is_not_utf8_is_spelled(tmp_path: Path) -> None:
    repository = Repository(tmp_path, event(A))
    repository("add", "-A")
    raw = repository("write-tree").encode()
    made = (b"tree " + raw + b"\nauthor J\xf6rg <j@example.org> 1760000000 +0200\n"
            b"committer J\xf6rg <j@example.org> 1760000000 +0200\n\nGr\xfc\xdfe\n")  # fmt: skip
    done = subprocess.run(["git", "hash-object", "-t", "commit", "-w", "--stdin"], input=made,
                          cwd=tmp_path, check=True, capture_output=True)  # fmt: skip
    (found,) = list_commits(repository.git, done.stdout.decode().strip())
    assert (found.author, found.subject) == ("J\\xf6rg", "Gr\\xfc\\xdfe")
    assert found.date == "2025-10-09T10:53:20+02:00"


def test_the_map_of_names_is_used(tmp_path: Path) -> None:
    repository = Repository(tmp_path, event(A))
    (tmp_path / ".mailmap").write_text("Ann Lee <ann@example.org> <a@example.org>\n")
    repository.commit()
    (found,) = list_commits(repository.git, find_head(repository.git))
    assert (found.author, found.email) == ("Ann Lee", "ann@example.org")


def test_the_end_of_a_shallow_clone_is_known(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "whole")
    for status in ("proposed", "adopted", "withdrawn"):
        repository.commit(event(A, status=status))
    repository("clone", "-q", "--depth", "2", f"file://{tmp_path}/whole", str(tmp_path / "clone"))
    git = Git(tmp_path / "clone" / "data")
    assert [one.is_boundary for one in list_commits(git, find_head(git))] == [False, True]
    repository("worktree", "add", "-q", str(tmp_path / "beside"))
    assert not any(
        one.is_boundary for one in list_commits(Git(tmp_path / "beside" / "data"), "HEAD")
    )


def test_a_past_that_cannot_be_told_is_a_fault(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event(A))
    with pytest.raises(EnvironmentFaultError, match="git: bad object"):
        list_commits(repository.git, "1" * 40)


def test_the_working_tree_stands_above_the_last_commit() -> None:
    top = working_tree_commit(("abc",))
    assert (top.hash, top.parents, top.subject) == ("", ("abc",), "not committed yet")
