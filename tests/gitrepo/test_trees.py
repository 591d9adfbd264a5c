from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo.revisions import STAGED, empty_tree
from rexctl.gitrepo.trees import (
    compare_trees,
    find_unmerged,
    list_files,
)
from tests.gitrepo.repository import Repository
from tests.snapshot.versions import compare
from tests.store.logs import event

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.gitrepo.run import Git

A, B = "2025-10-09-cn-a", "2025-10-09-cn-b"


def blobs(git: Git, version: str) -> dict[str, str]:
    return {file.path: file.blob for file in list_files(git, version) if not file.kind}


def staged(git: Git) -> dict[str, str]:
    return blobs(git, STAGED)


def test_each_pair_of_trees_has_its_files_even_where_none_differs(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event(A))
    odd = repository.log.root / "events" / "2025" / 'line\nbreak":é'
    odd.with_suffix(".yaml").write_text("x")
    (repository.log.root / "events" / "2025" / os.fsdecode(b"\xff.yaml")).write_text("x")
    (repository.log.root / "events" / "2025" / ".hidden.yaml").write_text("x")
    repository.commit(event(B))
    git = repository.git
    one, two = (repository("rev-parse", f"{name}^{{tree}}") for name in ("HEAD~1", "HEAD"))
    none = empty_tree(git)
    found = compare_trees(git, [(one, two), (two, two), (none, one), (one, two)])
    assert sorted(found[one, two], key=lambda c: c.path) == compare(repository, "HEAD~1..HEAD")[1]
    assert len(found[one, two]) == 3
    assert found[two, two] == []
    assert [(pair.path, pair.old) for pair in found[none, one]] == [(f"events/2025/{A}.yaml", None)]


def test_a_git_that_does_not_tell_all_is_a_fault(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event(A))
    git = repository.git
    with pytest.raises(EnvironmentFaultError, match="git diff-tree"):
        compare_trees(git, [(empty_tree(git), "1" * 40)])


def test_the_files_of_a_commit_and_of_the_index_have_their_blobs(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    odd = os.fsdecode(b"events/2025/\xff \n.yaml")
    (repository.log.root / "events" / "2025").mkdir(parents=True)
    (repository.log.root / odd).write_text("x")
    (repository.log.root / "link").symlink_to("rexctl.yaml")
    first = repository.commit(event(A))
    git = repository.git
    paths = {"rexctl.yaml", f"events/2025/{A}.yaml", "events/2025/\\xff \n.yaml"}
    assert set(blobs(git, first)) == paths
    assert blobs(git, first)["rexctl.yaml"] == repository("rev-parse", "HEAD:data/rexctl.yaml")
    assert staged(git) == blobs(git, first)
    repository.put(event(B))
    repository("add", "-A")
    (repository.log.root / "new").write_text("")
    repository("add", "-N", "data/new")
    assert staged(git).keys() - blobs(git, first).keys() == {f"events/2025/{B}.yaml"}


def test_files_with_a_conflict_are_unmerged_and_have_no_staged_blob(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event(A))
    repository("checkout", "-q", "-b", "side")
    repository.commit(event(A, title="One"))
    repository("checkout", "-q", "main")
    repository.commit(event(A, title="Two"))
    assert find_unmerged(repository.git.folder) == {}
    repository("merge", "-q", "side", check=False)
    assert list(find_unmerged(repository.git.folder)) == [f"events/2025/{A}.yaml"]
    assert set(staged(repository.git)) == {"rexctl.yaml"}
