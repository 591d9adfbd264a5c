from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import pytest

from rexctl.errors import EnvironmentFaultError
from rexctl.gitrepo import bringing
from rexctl.gitrepo.past import Past
from rexctl.index import select
from rexctl.query import Query
from rexctl.values.clock import Clock
from tests.gitrepo.repository import Repository
from tests.store.logs import event

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2025, 11, 10)


def test_what_is_no_file_and_what_is_too_large_is_told_and_hides_no_other(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.put(event("2025-10-09-a"), event("2025-10-09-b"), event("2025-10-09-c"))
    root = repository.log.root
    link = root / "events/2025/2025-10-09-a.yaml"
    link.unlink()
    link.symlink_to("/etc/passwd")
    (root / "events/2025/2025-10-09-b.yaml").write_bytes(b"#" * (2 << 20) + b"\n")
    repository.commit()
    index = Past(repository.log, "HEAD", Clock(TODAY)).index()
    assert [(f.code, f.path[-6:]) for f in select.findings(index)] == [
        ("not-a-file", "a.yaml"), ("too-large", "b.yaml"),
    ]  # fmt: skip
    assert [row.path[-6:] for row in select.rows(index, Query())] == ["c.yaml"]


def test_many_files_are_taken_some_at_a_time_and_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bringing, "_AT_ONCE", 3)
    repository = Repository(tmp_path, *(event(f"2025-10-0{n}-a") for n in range(1, 9)))
    repository.commit()
    heard: list[tuple[int, int]] = []
    index = Past(repository.log, "HEAD", Clock(TODAY)).index(
        lambda done, of: heard.append((done, of))
    )
    assert select.count(index, Query()) == 8
    assert heard == [(n, 8) for n in range(1, 9)]


def test_hidden_words_and_links_among_them_are_not_read(tmp_path: Path) -> None:
    repository = Repository(tmp_path, event("2025-10-09-a", tags=["ores"]))
    words = repository.log.root / "vocabulary"
    words.mkdir()
    (words / ".tags.yaml").write_text("[")
    (words / "tags.yaml").symlink_to("/etc/passwd")
    repository.commit()
    index = Past(repository.log, "HEAD", Clock(TODAY)).index()
    assert select.findings(index) == []
    assert select.count(index, Query()) == 1


def test_what_git_lacks_is_a_fault_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    """A blob that was missing for a moment was missing in the index for good."""
    repository = Repository(tmp_path, event("2025-10-09-a"))
    words = repository.log.root / "vocabulary"
    words.mkdir()
    (words / "tags.yaml").write_text("ores: Of all sorts.\n")
    repository.commit()
    for path in ("vocabulary/tags.yaml", "rexctl.yaml", "events/2025/2025-10-09-a.yaml"):
        blob = repository("rev-parse", f"HEAD:data/{path}")
        stored = tmp_path / ".git" / "objects" / blob[:2] / blob[2:]
        kept = stored.rename(tmp_path / "kept")
        with pytest.raises(EnvironmentFaultError, match=f"git lacks the blob {blob}"):
            Past(repository.log, "HEAD", Clock(TODAY)).index()
        kept.rename(stored)
    index = Past(repository.log, "HEAD", Clock(TODAY)).index()
    assert (index.stored, select.count(index, Query())) == (True, 1)


def test_an_object_put_in_place_of_another_is_not_what_the_commit_holds(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    first = repository.commit(event("2025-10-09-a"))
    second = repository.commit(event("2025-10-09-b"))
    repository("replace", second, first)
    assert select.count(Past(repository.log, "HEAD", Clock(TODAY)).index(), Query()) == 2


@pytest.mark.parametrize("folder", ["events", "vocabulary"])
def test_a_link_in_place_of_a_folder_is_told(tmp_path: Path, folder: str) -> None:
    repository = Repository(tmp_path, event("2025-10-09-a"))
    place = repository.log.root / folder
    place.mkdir(exist_ok=True)
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    repository.commit()
    with pytest.raises(EnvironmentFaultError, match=f"{folder} is a link in "):
        Past(repository.log, "HEAD", Clock(TODAY))


def test_a_link_in_place_of_a_year_hides_nothing(tmp_path: Path) -> None:
    repository = Repository(tmp_path, event("2025-10-09-a"), event("2024-10-09-a"))
    year = repository.log.root / "events" / "2025"
    year.rename(tmp_path / "elsewhere")
    year.symlink_to(tmp_path / "elsewhere")
    repository.commit()
    index = Past(repository.log, "HEAD", Clock(TODAY)).index()
    assert [(f.code, f.path) for f in select.bad_files(index)] == [("not-a-file", "events/2025")]
    assert select.count(index, Query()) == 1


def test_names_that_are_no_utf_8_and_names_of_several_lines_are_told(tmp_path: Path) -> None:
    repository = Repository(tmp_path, event("2025-10-09-a"))
    root = repository.log.root
    (root / "vocabulary").mkdir()
    for name in ("a\nb.yaml", os.fsdecode(b"c\xff.yaml")):
        (root / "vocabulary" / name).write_text("[")
    text = (root / "events/2025/2025-10-09-a.yaml").read_text()
    (root / "events" / "2025" / os.fsdecode(b"2025-10-09-\xff.yaml")).write_text(text)
    commit = repository.commit()
    for _ in range(2):
        index = Past(repository.log, commit, Clock(TODAY)).index()
        assert index.stored
        assert [f.path for f in select.bad_files(index)] == ["events/2025/2025-10-09-\\xff.yaml"]
        assert len(select.findings(index)) >= 3
        index.db.close()
