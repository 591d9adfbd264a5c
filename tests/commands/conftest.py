from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands import door

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def rexctl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> door.Door:
    """The command line in a folder with an empty log."""
    return door.door(tmp_path, monkeypatch)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> door.Door:
    """The command line in a folder without a log."""
    return door.door(tmp_path, monkeypatch, log=False)


@pytest.fixture
def filled(rexctl: door.Door) -> door.Door:
    """The command line in a folder whose log has three events."""
    assert rexctl(*door.SWINE).code == 0
    for title in ("Sweden speaks of swine", "Sweden speaks again"):
        assert rexctl("add", "statement", title, *door.STATEMENT).code == 0
    return rexctl
