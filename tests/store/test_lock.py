from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rexctl.errors import ConflictError, EnvironmentFaultError
from rexctl.store import writer

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=["flock", "file"])
def log(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log, locked by flock or, as on Windows, by a file in the temporary folder."""
    monkeypatch.setattr(writer, "TIMEOUT", 0.05)
    monkeypatch.setattr(writer, "INTERVAL", 0.01)
    if request.param == "file":
        monkeypatch.setattr(writer, "fcntl", None)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rexctl.yaml").write_text("format: 1\n")
    return tmp_path / "data"


def test_the_lock_leaves_no_file_in_the_log(log: Path) -> None:
    with writer.lock_log(log):
        assert [path.name for path in log.iterdir()] == ["rexctl.yaml"]


def test_a_process_that_waits_too_long_is_refused_and_checks_signals_meanwhile(log: Path) -> None:
    checked = []
    with (
        writer.lock_log(log),
        pytest.raises(ConflictError, match="another rexctl") as caught,
        writer.lock_log(log, lambda: checked.append(1)),
    ):
        pytest.fail("two hold one lock")
    assert caught.value.code == "locked"
    assert checked


def test_a_log_reached_through_a_link_has_the_same_lock(log: Path) -> None:
    (log.parent / "link").symlink_to(log)
    with (
        writer.lock_log(log),
        pytest.raises(ConflictError),
        writer.lock_log(log.parent / "link"),
    ):
        pytest.fail("two hold one lock")


def test_a_lock_is_free_again_after_its_block(log: Path) -> None:
    entered = 0
    for _ in range(2):
        with pytest.raises(KeyError), writer.lock_log(log):
            entered += 1
            raise KeyError
    assert entered == 2


def test_another_log_is_not_held_up(log: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with writer.lock_log(log), writer.lock_log(tmp_path / "other"):
        pass


def test_a_link_in_place_of_the_settings_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "rexctl.yaml").symlink_to("/dev/zero")
    with pytest.raises(EnvironmentFaultError, match="cannot be locked"), writer.lock_log(tmp_path):
        pytest.fail("the link was followed")
