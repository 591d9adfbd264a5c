from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from rexctl.store.log import find_repository

if TYPE_CHECKING:
    from pathlib import Path


def git(folder: Path, *words: str) -> None:
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", str(folder), *author, *words], check=True, capture_output=True)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    found = tmp_path.resolve() / "tree"
    (found / "log" / "data").mkdir(parents=True)
    git(found, "init", "-q")
    return found


def test_a_folder_lies_in_the_nearest_repository(tree: Path) -> None:
    assert find_repository(tree) == find_repository(tree / "log" / "data") == tree
    git(tree / "log", "init", "-q")
    assert find_repository(tree / "log" / "data") == tree / "log"


def test_a_linked_worktree_is_a_tree_of_its_own(tree: Path) -> None:
    git(tree, "commit", "-q", "--allow-empty", "-m", "first")
    git(tree, "worktree", "add", "-q", str(tree / "log" / "other"))
    assert find_repository(tree / "log" / "other") == tree / "log" / "other"


def test_a_link_leads_to_the_repository_of_what_it_names(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tree / "log")
    assert find_repository(tmp_path / "link") == tree


def test_an_empty_folder_of_that_name_makes_no_repository(tmp_path: Path) -> None:
    (tmp_path / "bare" / ".git").mkdir(parents=True)
    assert find_repository(tmp_path / "bare") != tmp_path / "bare"
