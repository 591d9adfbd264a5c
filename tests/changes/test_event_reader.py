from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.changes import event_reader
from rexctl.changes.renames import match_renames
from rexctl.gitrepo.trees import FileVersion
from rexctl.store.layout import path_of
from tests.gitrepo.repository import Repository
from tests.store.logs import event

if TYPE_CHECKING:
    from pathlib import Path

A, B, C = "2025-10-09-cn-a", "2025-10-09-cn-b", "2025-10-09-cn-c"


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path)
    alike = event(A) | {"id": C}
    made.commit(event(A), event(B, aliases=[A]), alike)
    return made


def reader(repository: Repository) -> event_reader.EventReader:
    root = repository.log.root
    return event_reader.EventReader(repository.git, root)


def version(repository: Repository, name: str) -> FileVersion:
    return FileVersion(path_of(name), repository("rev-parse", f"HEAD:data/{path_of(name)}"))


def test_an_event_is_the_same_at_any_path(repository: Repository) -> None:
    one = version(repository, A)
    other = one._replace(path=path_of(B))
    parsed = reader(repository).read([one, other])
    assert parsed[one] == parsed[other] == (event(A), [])
    assert match_renames({other.path: event(A)}, {one.path: event(A)}) == {other.path: one.path}


def test_an_alias_is_surer_than_likeness(repository: Repository) -> None:
    removed = {path_of(A): event(A)}
    by_likeness = {path_of(C): event(A) | {"id": C}}
    assert match_renames(by_likeness, removed) == {path_of(C): path_of(A)}
    both = {**by_likeness, path_of(B): event(B, aliases=[A])}
    assert match_renames(both, removed) == {path_of(B): path_of(A)}


def test_more_than_the_cache_holds_is_read_again(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_reader, "_LIMIT", 1)
    files = [version(repository, name) for name in (A, B, C)]
    events = reader(repository)
    for wanted in (files, files[:2], files[1:]):
        parsed = events.read(wanted)
        assert [parsed[file][0] for file in wanted] == [
            {A: event(A), B: event(B, aliases=[A]), C: event(A) | {"id": C}}[file.path[12:-5]]
            for file in wanted
        ]


def test_a_missing_blob_is_a_finding_and_hides_no_other_file(repository: Repository) -> None:
    lost = FileVersion(path_of(A), "1" * 40)
    events = reader(repository)
    parsed = events.read([lost, version(repository, B)])
    assert parsed[version(repository, B)] == (event(B, aliases=[A]), [])
    assert [f.code for f in events.missing.values()] == ["missing-blob"]
