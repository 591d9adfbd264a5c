from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from rexctl.gitrepo.trees import is_event_path
from tests.gitrepo.repository import Repository
from tests.snapshot.versions import compare
from tests.store.logs import event

if TYPE_CHECKING:
    from pathlib import Path

A, B, C = "2025-10-09-cn-a", "2025-10-09-cn-b", "2025-10-09-cn-c"


def path(name: str) -> str:
    return f"events/2025/{name}.yaml"


def found(repository: Repository, asked: str = "", *, staged: bool = False) -> dict[str, str]:
    """Return the paths with what is in each version: a blob, or nothing."""
    _, changes = compare(repository, asked, staged=staged)
    return {c.path: "".join("b" if file else "-" for file in c) for c in changes}


def test_each_sort_of_comparison_gives_what_differs(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event(A), event(B))
    repository.commit(event(A, status="proposed"), event(C))
    assert found(repository, "HEAD~1..HEAD") == {path(A): "bb", path(C): "-b"}
    assert found(repository) == {}
    repository.put(event(B, title="T"))
    assert found(repository) == {path(B): "bb"}
    assert found(repository, staged=True) == {}
    repository("add", "-A")
    assert found(repository, staged=True) == {path(B): "bb"}
    assert found(repository, "HEAD~1") == {path(A): "bb", path(B): "bb", path(C): "-b"} or found(
        repository, "HEAD~1"
    ) == {path(A): "bb", path(B): "bb", path(C): "-b"}


def test_a_file_that_git_does_not_track_is_in_the_log(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event(A), event(B))
    repository.put(event(C))
    repository("rm", "-q", "--cached", f"data/{path(B)}")
    (repository.log.root / path(A)).unlink()
    assert found(repository) == {path(A): "b-", path(C): "-b"}


def test_only_files_that_the_log_reads_are_given(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event(A))
    events = repository.log.root / "events"
    for name in ("2025/.hidden.yaml", "2025/x.yml", "x.yaml", ".git2/x.yaml", "2025/deep/x.yaml"):
        (events / name).parent.mkdir(exist_ok=True)
        (events / name).write_text("")
    (repository.folder / "events").mkdir()
    (repository.folder / "events" / "x.yaml").write_text("")
    (repository.log.root / "notes.yaml").write_text("")
    assert found(repository) == {}
    repository.commit()
    assert found(repository, "HEAD~1..HEAD") == {}
    assert not is_event_path("events/2025/../../x.yaml")


@pytest.mark.parametrize(
    "name",
    ["a b", "line\nbreak", "tab\t", 'quote"', "é", "-x", ":(glob)", "*", os.fsdecode(b"\xff")],
)
def test_names_of_any_sort_come_through_whole(tmp_path: Path, name: str) -> None:
    repository = Repository(tmp_path)
    repository.commit(event(A))
    (repository.log.root / path(name)).write_text("x")
    shown = path(name).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    assert found(repository) == {shown: "-b"}
    repository.commit()
    assert found(repository, "HEAD~1..HEAD") == {shown: "-b"}
    assert found(repository, "HEAD~1", staged=True) == {shown: "-b"}


def test_what_is_no_file_is_given_with_its_sort(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event(A))
    (repository.log.root / path(A)).unlink()
    (repository.log.root / path(A)).symlink_to("/etc/passwd")
    repository.commit()
    _, (pair,) = compare(repository, "HEAD~1..HEAD")
    assert pair.old is not None
    assert pair.new is not None
    assert (pair.old.kind, pair.new.kind) == ("", "a link")


def test_the_log_may_be_the_whole_repository(tmp_path: Path) -> None:
    repository = Repository(tmp_path, event(A))
    inner = repository.log.root
    repository.folder = inner
    repository("init", "-q", "-b", "main")
    assert found(repository) == {path(A): "-b"}
