from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rexctl.index.freshness import folders

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_line_tells_time_size_inode_and_name(tmp_path: Path) -> None:
    (tmp_path / "2025").mkdir()
    path = tmp_path / "2025" / "2025-a b.yaml"
    path.write_text("text")
    (tmp_path / "2025" / ".2025-hidden.yaml").touch()
    (tmp_path / "2025" / "notes.md").touch()
    look = folders.whole(str(tmp_path), "2025", 7)
    about = path.stat()
    assert look.lines == (f"{about.st_mtime_ns} {about.st_ctime_ns} 4 {about.st_ino} 2025-a b.yaml")
    assert look.path(look.lines) == "2025/2025-a b.yaml"
    assert folders.newest(look.lines) == max(about.st_mtime_ns, about.st_ctime_ns)
    assert folders.as_they_are(str(tmp_path), "2025", [look.lines]) == [look.lines]
    path.unlink()
    assert folders.as_they_are(str(tmp_path), "2025", [look.lines]) == []


def test_without_open_folders_the_look_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "2025").mkdir()
    for number in range(9):
        (tmp_path / "2025" / f"2025-{number}.yaml").touch()
    look = folders.whole(str(tmp_path), "2025", 7)
    monkeypatch.setattr(folders.os, "supports_fd", frozenset())
    again = folders.whole(str(tmp_path), "2025", 7)
    assert (again.lines, again.state) == (look.lines, look.state)
    assert look.lines.count(folders.BETWEEN) == 8


def test_a_folder_changes_its_state_with_each_name(tmp_path: Path) -> None:
    (tmp_path / "2025").mkdir()
    os.utime(tmp_path / "2025", ns=(1, 1))
    before = folders.state_of(str(tmp_path / "2025"))
    (tmp_path / "2025" / "new.yaml").touch()
    assert folders.state_of(str(tmp_path / "2025")) != before
    assert folders.state_of(str(tmp_path / "nowhere")) == ""


def test_settings_and_vocabulary_are_one_folder(tmp_path: Path) -> None:
    (tmp_path / "vocabulary").mkdir()
    for name in ("rexctl.yaml", "vocabulary/actors.yaml", "vocabulary/.x.yaml", "vocabulary/notes"):
        (tmp_path / name).touch()
    look = folders.words(str(tmp_path), 1)
    paths = [look.path(line) for line in look.lines.split(folders.BETWEEN)]
    assert sorted(paths) == ["rexctl.yaml", "vocabulary/actors.yaml"]


def test_years_are_folders_and_a_link_among_them_is_told(tmp_path: Path) -> None:
    for name in ("2025", "2024", ".hidden"):
        (tmp_path / "events" / name).mkdir(parents=True)
    (tmp_path / "events/2023").symlink_to("2024")
    (tmp_path / "events/notes.md").touch()
    names, among = folders.years(str(tmp_path))
    assert names == ["events/2024", "events/2025"]
    assert among.path(among.lines) == "events/2023"


def test_no_folder_is_an_empty_one(tmp_path: Path) -> None:
    assert folders.whole(str(tmp_path), "events/2025", 1).lines == ""
    assert folders.years(str(tmp_path))[0] == []
