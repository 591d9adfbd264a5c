from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.records import WARNING
from rexctl.store import layout
from tests.store.logs import event, log_of

if TYPE_CHECKING:
    from pathlib import Path


def told(root: Path) -> list[tuple[str, str]]:
    found = list(layout.find_stray_files(root))
    assert all(f.level == WARNING and f.hint for f in found)
    return [(f.code, f.path) for f in found]


def test_a_tidy_log_has_none(tmp_path: Path) -> None:
    assert told(log_of(tmp_path, event("2025-10-09-a")).root) == []


def test_what_a_killed_write_left_is_told(tmp_path: Path) -> None:
    root = log_of(tmp_path, event("2025-10-09-a")).root
    (root / "events/2025/.2025-10-09-a.x1y2.tmp").touch()
    assert told(root) == [("leftover", "events/2025/.2025-10-09-a.x1y2.tmp")]


def test_what_no_reader_looks_at_is_told(tmp_path: Path) -> None:
    root = log_of(tmp_path, event("2025-10-09-a")).root
    for name in (
        "2025-10-09-b.yaml",
        "2025/notes.txt",
        "2025/deep/2025-10-09-c.yaml",
        "2025/x.yml",
    ):
        (root / "events" / name).parent.mkdir(exist_ok=True)
        (root / "events" / name).touch()
    assert told(root) == [
        ("stray-file", "events/2025-10-09-b.yaml"), ("stray-file", "events/2025/notes.txt"),
        ("stray-file", "events/2025/x.yml"), ("stray-file", "events/2025/deep/2025-10-09-c.yaml"),
    ]  # fmt: skip


def test_names_with_a_dot_before_them_are_somebody_elses(tmp_path: Path) -> None:
    root = log_of(tmp_path, event("2025-10-09-a")).root
    (root / "events/.git").mkdir()
    (root / "events/.git/config").touch()
    (root / "events/2025/.gitkeep").touch()
    assert told(root) == []


def test_a_year_that_is_a_link_is_told_since_its_events_are_not_read(tmp_path: Path) -> None:
    log = log_of(tmp_path, event("2025-10-09-a"))
    (log.root / "events/2025").rename(tmp_path / "2025")
    (log.root / "events/2025").symlink_to(tmp_path / "2025")
    assert told(log.root) == [("stray-file", "events/2025")]


def test_a_link_that_leads_in_a_circle_is_told_like_any_file(tmp_path: Path) -> None:
    log = log_of(tmp_path, event("2025-10-09-a"))
    (log.root / "events/2025/round").symlink_to("round")
    (log.root / "events/2025/up").symlink_to("..")
    assert told(log.root) == [("stray-file", "events/2025/round"), ("stray-file", "events/2025/up")]


def test_a_log_without_events_has_none(tmp_path: Path) -> None:
    assert told(tmp_path) == []
