from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from rexctl.errors import UsageError
from rexctl.gitrepo.revisions import (
    STAGED,
    WORKING_TREE,
    find_commit,
    list_refs,
    parse_comparison,
)
from rexctl.values.clock import Clock
from tests.gitrepo.repository import Repository
from tests.store.logs import event

if TYPE_CHECKING:
    from pathlib import Path

A = "2025-10-09-cn-a"
CLOCK = Clock(date(2025, 11, 10))


def test_each_way_to_name_two_sides(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    first, second = repository.commit(event(A)), repository.commit(event(A, status="proposed"))
    repository("checkout", "-q", "-b", "side", first)
    third = repository.commit(event(A, title="T"))
    git = repository.git
    assert parse_comparison(git, "", CLOCK) == (third, WORKING_TREE)
    assert parse_comparison(git, "", CLOCK, staged=True) == (third, STAGED)
    assert parse_comparison(git, "main", CLOCK) == (second, WORKING_TREE)
    assert parse_comparison(git, "main", CLOCK, staged=True) == (second, STAGED)
    assert parse_comparison(git, "main..side", CLOCK) == (second, third)
    assert parse_comparison(git, "main...side", CLOCK) == (first, third)
    assert parse_comparison(git, "main..", CLOCK) == (second, third)
    assert parse_comparison(git, "..main", CLOCK) == (third, second)
    assert parse_comparison(git, "main~1..HEAD^{commit}", CLOCK) == (first, third)


def test_before_the_first_commit_everything_is_new(tmp_path: Path) -> None:
    repository = Repository(tmp_path, event(A))
    old, _ = parse_comparison(repository.git, "", CLOCK)
    assert repository("ls-tree", old) == ""


@pytest.mark.parametrize(
    "asked",
    ["nowhere", "--output=ran", "-h", "--all", "HEAD..--output=ran", "--output=ran..HEAD", "HEAD:data",
     "HEAD\nHEAD", "HEAD\0", "$(touch ran)", ":(glob)**", "HEAD --output=ran", "@{upstream}", "^HEAD", "'", "é"],
)  # fmt: skip
def test_what_is_no_commit_is_told_and_is_no_option(tmp_path: Path, asked: str) -> None:
    repository = Repository(tmp_path)
    repository.commit(event(A))
    with pytest.raises(UsageError) as told:
        parse_comparison(repository.git, asked, CLOCK)
    assert told.value.exit_code == 2
    assert not list(tmp_path.rglob("ran"))


def test_a_file_that_is_called_like_an_option_is_no_revision(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    (repository.log.root / "--output=x").write_text("")
    found = repository.commit()
    assert find_commit(repository.git, "main") == found
    with pytest.raises(UsageError, match="not a revision"):
        find_commit(repository.git, "--output=x")


def test_two_sides_and_what_is_staged_exclude_each_other(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit()
    with pytest.raises(UsageError, match="names both versions already"):
        parse_comparison(repository.git, "HEAD..HEAD", CLOCK, staged=True)


def test_branches_without_a_common_commit_are_told(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit()
    repository("checkout", "-q", "--orphan", "other")
    repository.commit(event(A))
    with pytest.raises(UsageError, match="no commit in common") as told:
        parse_comparison(repository.git, "main...other", CLOCK)
    assert told.value.hint == "write main..other"


def test_the_names_that_may_be_asked_are_branches_and_tags(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    assert list_refs(repository.git) == ["HEAD"]
    repository.commit(event(A))
    repository("tag", "v1")
    repository("branch", "side/way")
    assert sorted(list_refs(repository.git)) == ["HEAD", "main", "side/way", "v1"]
