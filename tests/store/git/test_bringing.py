from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rexctl.index import select
from rexctl.plain.query import Query
from rexctl.store.git import bringing
from rexctl.store.git.past import Past
from tests.store.git.repository import Repository
from tests.store.logs import event

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

TODAY = date(2025, 11, 10)


def test_what_is_no_file_and_what_is_too_large_is_told_and_hides_no_other(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.put(event("2025-10-09-a"), event("2025-10-09-b"), event("2025-10-09-c"))
    root = repository.log.root
    link = root / "events/2025/2025-10-09-a.yaml"
    link.unlink()
    link.symlink_to("/etc/passwd")
    (root / "events/2025/2025-10-09-b.yaml").write_bytes(b"#" * (1 << 20) + b"\n")
    repository.commit()
    index = Past(repository.log, "HEAD", TODAY).index()
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
    index = Past(repository.log, "HEAD", TODAY).index(lambda done, of: heard.append((done, of)))
    assert select.count(index, Query()) == 8
    assert heard == [(n, 8) for n in range(1, 9)]


def test_hidden_words_and_links_among_them_are_not_read(tmp_path: Path) -> None:
    repository = Repository(tmp_path, event("2025-10-09-a", tags=["ores"]))
    words = repository.log.root / "vocabulary"
    words.mkdir()
    (words / ".tags.yaml").write_text("[")
    (words / "tags.yaml").symlink_to("/etc/passwd")
    repository.commit()
    index = Past(repository.log, "HEAD", TODAY).index()
    assert select.findings(index) == []
    assert select.count(index, Query()) == 1
