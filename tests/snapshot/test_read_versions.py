from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from rexctl.changes.changes import compare_pairs
from tests.gitrepo.repository import Repository
from tests.snapshot.versions import Compared, read_versions
from tests.store.logs import event

if TYPE_CHECKING:
    from pathlib import Path

A, B, C = "2025-10-09-cn-a", "2025-10-09-cn-b", "2025-10-09-cn-c"


def file_of(repository: Repository, name: str) -> Path:
    return repository.log.root / "events" / "2025" / f"{name}.yaml"


def test_both_sides_are_read_from_wherever_they_lie(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event(A), event(B))
    repository.put(event(A, status="proposed"), event(C))
    file_of(repository, B).unlink()
    expected: list[Any] = [
        (event(A), event(A, status="proposed")),
        (event(B), None),
        (None, event(C)),
    ]
    assert read_versions(repository) == Compared(expected, [], [])
    repository.commit()
    assert read_versions(repository, "HEAD~1..HEAD") == Compared(expected, [], [])


def test_another_spelling_of_the_same_event_is_read_as_the_same(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(
        event(A, actors=["NO"], rates=[{"value": "10", "unit": "percent"}], type="tariff")
    )
    text = file_of(repository, A).read_text()
    lines = text.replace('- "NO"', "- 'NO'  # the ministry").splitlines()
    file_of(repository, A).write_text("\n".join([*lines[1:], lines[0]]) + "\n")
    ((old, new),) = read_versions(repository).pairs
    assert old == new


@pytest.mark.parametrize(
    ("text", "code"),
    [("title: [\n", "yaml-syntax"), ("id: 2025-10-09-cn-a\n", "missing-field"), ("", "empty-file"),
     ("<<<<<<< ours\na: b\n=======\na: c\n>>>>>>> theirs\n", "conflict-markers")],
)  # fmt: skip
def test_a_file_that_does_not_read_is_told_of_its_side_and_hides_no_other(
    tmp_path: Path, text: str, code: str
) -> None:
    repository = Repository(tmp_path)
    repository.commit(event(A), event(B))
    file_of(repository, A).write_text(text)
    repository.put(event(B, status="proposed"))
    for asked in ("", "HEAD~1..HEAD"):
        if asked:
            repository.commit()
        found = read_versions(repository, asked)
        assert [(f.code, f.path) for f in found.new_faults] == [(code, f"events/2025/{A}.yaml")]
        assert found.old_faults == []
        assert found.pairs == [(event(B), event(B, status="proposed"))]
    repository.put(event(A))
    back = read_versions(repository)
    assert ([f.code for f in back.old_faults], back.new_faults, back.pairs) == ([code], [], [])


def test_an_event_that_only_moved_to_another_path_has_not_changed(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event(A))
    file_of(repository, A).rename(file_of(repository, "line\nbreak"))
    compared = read_versions(repository)
    assert (compared.old_faults, compared.new_faults) == ([], [])
    assert compare_pairs(compared.pairs) == []


def test_what_is_no_file_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("secret: yes\n")
    repository = Repository(tmp_path / "repository")
    repository.commit(event(A), event(B))
    for name in (A, B):
        file_of(repository, name).unlink()
    file_of(repository, A).symlink_to(outside)
    os.mkfifo(file_of(repository, B))
    assert {f.code for f in read_versions(repository).new_faults} == {"not-a-file"}
    file_of(repository, B).unlink()
    repository.commit()
    assert [f.code for f in read_versions(repository, "HEAD~1..HEAD").new_faults] == ["not-a-file"]


def test_a_file_that_is_too_large_in_the_past_is_told(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event(A))
    file_of(repository, A).write_text("#" * (2 << 20) + "\n")
    repository.commit()
    repository.put(event(A))
    assert [f.code for f in read_versions(repository).old_faults] == ["too-large"]


def test_goods_of_the_past_are_judged_by_their_shape_alone(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(event(A, products=["hs:999999"]))
    repository.put(event(A, products=["hs:2846"]))
    ((old, _),) = read_versions(repository).pairs
    assert old is not None
    assert old["products"] == ["hs:999999"]
