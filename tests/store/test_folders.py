from __future__ import annotations

from pathlib import Path

import pytest

from rexctl.errors import EnvironmentFaultError
from rexctl.store import atomic


def test_the_way_leads_from_the_root_to_the_folder_of_the_file() -> None:
    root = Path("/log")
    assert atomic.parents(root, root / "events/2025/x.yaml") == [
        root, root / "events", root / "events/2025",
    ]  # fmt: skip
    assert atomic.parents(root, root / "rexctl.yaml") == [root]


def test_missing_folders_are_made_and_told(tmp_path: Path) -> None:
    made: list[Path] = []
    (tmp_path / "events").mkdir()
    atomic.make_parents(tmp_path, tmp_path / "events/2025/x.yaml", made.append)
    assert made == [tmp_path / "events/2025"]
    assert made[0].is_dir()


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "events").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        atomic.make_parents(tmp_path, tmp_path / "events/2025/x.yaml", lambda _: None)


def test_a_link_is_refused_even_where_it_leads_to_nothing(tmp_path: Path) -> None:
    (tmp_path / "events").symlink_to(tmp_path / "nowhere")
    with pytest.raises(EnvironmentFaultError, match="events is a symbolic link"):
        atomic.make_parents(tmp_path, tmp_path / "events/x.yaml", lambda _: None)
    assert not (tmp_path / "nowhere").exists()


def test_every_folder_of_the_way_is_synced_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(atomic, "sync_folder", synced.append)
    atomic.sync_folders(
        tmp_path, [tmp_path / "events/2025/x.yaml", tmp_path / "events/2026/y.yaml"]
    )
    assert sorted(synced) == sorted(
        [tmp_path, tmp_path / "events", tmp_path / "events/2025", tmp_path / "events/2026"]
    )
    assert synced.index(tmp_path / "events/2025") < synced.index(tmp_path / "events")


@pytest.mark.parametrize("name", ["..", "a/../b", "/a", "", "."])
def test_a_path_stays_inside_the_log(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a path inside the log"):
        atomic.log_path(tmp_path, name)
