from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.changes import blob_cache
from rexctl.changes.history_walk import Turn
from rexctl.gitrepo.comparing import Pair, Side
from rexctl.store.layout import path_of
from tests.store.git.repository import Repository
from tests.store.logs import event

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.gitrepo.run import Git

A, B, C = "2025-10-09-cn-a", "2025-10-09-cn-b", "2025-10-09-cn-c"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    alike = event(A) | {"id": C}
    made.commit(event(A), event(B, aliases=[A]), alike)
    return made


def reader(repository: Repository) -> blob_cache.Readings:
    root = repository.log.root
    return blob_cache.Readings(repository.git, root)


def side(repository: Repository, name: str) -> Side:
    return Side(repository("rev-parse", f"HEAD:data/{path_of(name)}"))


def test_a_file_reads_under_its_own_name_alone(repository: Repository) -> None:
    one = (path_of(A), side(repository, A))
    other = (path_of(B), side(repository, A))
    first, second = reader(repository).seen([Turn(None, one), Turn(one, other)], {}, 0)
    assert (first.old, first.new, first.fault) == (None, event(A), None)
    assert (second.old, second.new) == (event(A), None)
    assert second.fault is not None
    assert second.fault.code == "path-mismatch"


def test_an_alias_is_surer_than_likeness(repository: Repository) -> None:
    come = [
        Pair(path_of(C), None, side(repository, C)),
        Pair(path_of(B), None, side(repository, B)),
    ]
    gone = [Pair(path_of(A), side(repository, A), None)]
    assert reader(repository).renamed(come, gone) == {path_of(B): path_of(A)}
    assert reader(repository).renamed(come[:1], gone) == {path_of(C): path_of(A)}


def test_more_than_is_kept_is_read_again(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blob_cache, "_MOST_KEPT", 1)
    turns = [Turn(None, (path_of(name), side(repository, name))) for name in (A, B, C, A)]
    assert [seen.new and seen.new["id"] for seen in reader(repository).seen(turns, {}, 0)] == [
        A,
        B,
        C,
        A,
    ]


def test_what_was_read_and_forgotten_is_asked_for_once_for_all(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blob_cache, "_MOST_KEPT", 1)
    turns = [Turn(None, (path_of(name), side(repository, name))) for name in (A, B, C)]
    asked: list[int] = []
    contents = blob_cache.contents

    def counted(git: Git, names: list[str]) -> dict[str, bytes | None]:
        asked.append(len(names))
        return contents(git, names)

    monkeypatch.setattr(blob_cache, "contents", counted)
    one = reader(repository)
    for _ in range(2):
        one.seen(turns, {}, 0)
    assert len([many for many in asked if many]) <= len(turns)  # of each by itself there were six
