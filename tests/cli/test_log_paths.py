from __future__ import annotations

from pathlib import Path

import pytest

from rexctl.cli.selection import WHOLE, is_selected, path_in_log
from rexctl.errors import UsageError
from rexctl.store.log import Log


@pytest.fixture
def log(tmp_path: Path) -> Log:
    (tmp_path / "data" / "events" / "2025").mkdir(parents=True)
    (tmp_path / "data" / "events" / "2025" / "a.yaml").write_text("", encoding="utf-8")
    return Log((tmp_path / "data").resolve(), None)


def test_a_path_is_taken_as_the_log_has_it(
    log: Log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path / "data" / "events")
    assert path_in_log(log, Path("2025/a.yaml")) == "events/2025/a.yaml"
    assert path_in_log(log, Path("../events/2025")) == "events/2025"
    assert path_in_log(log, Path("..")) == path_in_log(log, tmp_path) == WHOLE


def test_what_is_not_there_or_not_in_the_log_is_refused(log: Log, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    for path in (tmp_path / "data" / "nothing", tmp_path / "other", Path("/etc")):
        with pytest.raises(UsageError):
            path_in_log(log, path)


def test_a_path_is_selected_by_itself_its_folders_the_whole_log_and_no_path() -> None:
    for one in (".", "events", "events/2025", "events/2025/a.yaml"):
        assert is_selected("events/2025/a.yaml", [one])
    assert is_selected("events/2025/a.yaml", [])
    assert is_selected("x.yaml", ["events/2025", "x.yaml"])
    assert not is_selected("events/2025x", ["events/2025"])
    assert not is_selected("events/2025/a.yaml", ["events/20"])
