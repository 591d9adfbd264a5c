from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.gitrepo.events import read_compared
from rexctl.gitrepo.revisions import parse_comparison
from rexctl.gitrepo.vocabularies import of_sides
from tests.gitrepo.repository import Repository
from tests.store.logs import event

if TYPE_CHECKING:
    from pathlib import Path

A, B = "2025-10-09-cn-a", "2025-10-09-cn-b"
OWN = "- code: press\n  name: The press\n"


def actors(repository: Repository, text: str) -> None:
    folder = repository.log.root / "vocabulary"
    folder.mkdir(exist_ok=True)
    (folder / "actors.yaml").write_text(text)


def test_each_side_is_judged_by_the_words_it_was_written_with(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    actors(repository, OWN)
    first = repository.commit(event(A, actors=["press"]), event(B))
    actors(repository, "[]\n")
    repository.commit(event(A, actors=["CN"]), event(B, status="proposed"))
    for asked in (first, f"{first}..HEAD", f"HEAD..{first}"):
        both = parse_comparison(repository.git, asked)
        root = repository.log.root
        found = read_compared(repository.git, root, both, of_sides(repository.git, root, both))
        assert (found.old_faults, found.new_faults, len(found.pairs)) == ([], [], 2)


@pytest.mark.parametrize("asked", ["", "HEAD", "HEAD~1..HEAD"])
def test_words_that_are_alike_are_one_vocabulary(tmp_path: Path, asked: str) -> None:
    repository = Repository(tmp_path)
    actors(repository, OWN)
    repository.commit(event(A))
    repository.commit(event(B))
    old, new = of_sides(
        repository.git, repository.log.root, parse_comparison(repository.git, asked)
    )
    assert old is new


def test_where_nothing_is_committed_or_the_words_are_staged_those_at_hand_count(
    tmp_path: Path,
) -> None:
    repository = Repository(tmp_path)
    actors(repository, OWN)
    for staged in (False, True):
        both = parse_comparison(repository.git, "", staged=staged)
        old, new = of_sides(repository.git, repository.log.root, both)
        assert old is new
