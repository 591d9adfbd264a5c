from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands import door

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def empty_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a door has an empty log, and a cache that knows the vocabulary."""
    folder = tmp_path_factory.mktemp("empty")
    with pytest.MonkeyPatch.context() as patch:
        assert door.door(folder, patch)("list").code == 0
    return folder


@pytest.fixture(scope="session")
def filled_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a door has a log with three events."""
    folder = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch:
        door.fill(door.door(folder, patch))
    return folder


@pytest.fixture
def rexctl(empty_log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> door.Door:
    """The command line in a folder with an empty log."""
    return door.copy_of(empty_log, tmp_path, monkeypatch)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> door.Door:
    """The command line in a folder without a log."""
    return door.door(tmp_path, monkeypatch, log=False)


@pytest.fixture
def filled(filled_log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> door.Door:
    """The command line in a folder whose log has three events."""
    return door.copy_of(filled_log, tmp_path, monkeypatch)
