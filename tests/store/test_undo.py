from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rexctl.errors import ConflictError
from rexctl.store import undo, writer
from tests.store.logs import event, log_of

if TYPE_CHECKING:
    from pathlib import Path

    from rexctl.store.log import Log

PATH, OTHER = "events/2025/2025-10-09-a.yaml", "events/2025/2025-10-10-b.yaml"


def written(
    log: Log, path: str, old: bytes | None, new: bytes | None
) -> tuple[str, bytes | None, bytes | None]:
    if new is None:
        (log.root / path).unlink()
    else:
        (log.root / path).write_bytes(new)
    return path, old, new


def opened(tmp_path: Path) -> Log:
    """A log with one event, and a state folder."""
    log = log_of(tmp_path, event("2025-10-09-a"))
    log.state = tmp_path / "state"
    return log


def test_a_write_is_undone_last_file_first(tmp_path: Path) -> None:
    log = opened(tmp_path)
    old = (log.root / PATH).read_bytes()
    undo.record(log, [written(log, OTHER, None, b"new"), written(log, PATH, old, None)])
    step = undo.last_step(log)
    assert step.files == [(PATH, old, None), (OTHER, None, writer.digest(b"new"))]
    assert step.description == "rename of 2025-10-09-a to 2025-10-10-b"
    writer.change_batch(log.root, step.files)
    assert (log.root / PATH).read_bytes() == old
    assert not (log.root / OTHER).exists()


def test_a_file_that_has_changed_since_is_left_alone(tmp_path: Path) -> None:
    log = opened(tmp_path)
    old = (log.root / PATH).read_bytes()
    undo.record(log, [written(log, PATH, old, b"new")])
    for since in (b"newer", None):
        written(log, PATH, None, since)
        with pytest.raises(ConflictError) as raised:
            undo.last_step(log)
        assert raised.value.code == "changed-meanwhile"


def test_an_empty_or_damaged_history_holds_nothing_to_undo(tmp_path: Path) -> None:
    log = opened(tmp_path)
    with pytest.raises(undo.NothingToUndoError):
        undo.last_step(log)
    undo.record(log, [written(log, PATH, b"old", b"new")])
    place = undo.last_step(log).record
    assert (place.stat().st_mode & 0o777) == 0o600
    step = json.loads(place.read_text())
    damaged = ["", "[]", "{}", "null", json.dumps(step | {"root": "/elsewhere"}),
               json.dumps(step | {"files": [1]}),
               json.dumps(step | {"files": [{"path": PATH, "old": "%", "new": None}]})]  # fmt: skip
    for text in damaged:
        place.write_text(text)
        with pytest.raises(undo.NothingToUndoError):
            undo.last_step(log)


def test_the_history_keeps_the_last_fifty_writes(tmp_path: Path) -> None:
    log = opened(tmp_path)
    before = b"start"
    for number in range(undo.MAX_STEPS + 5):
        after = str(number).encode()
        undo.record(log, [written(log, PATH, before, after)])
        before = after
    undone = 0
    while True:
        try:
            step = undo.last_step(log)
        except undo.NothingToUndoError:
            break
        writer.change_batch(log.root, step.files)
        undo.forget(step.record)
        undone += 1
    assert undone == undo.MAX_STEPS
    assert (log.root / PATH).read_bytes() == b"4"


def test_without_a_usable_state_folder_nothing_is_recorded(tmp_path: Path) -> None:
    log = opened(tmp_path)
    (tmp_path / "state").write_text("a file in the place of the folder")
    undo.record(log, [(PATH, b"", b"")])
    with pytest.raises(undo.NothingToUndoError):
        undo.last_step(log)
    log.state = None
    undo.record(log, [(PATH, b"", b"")])
    with pytest.raises(undo.NothingToUndoError):
        undo.last_step(log)


def test_a_path_out_of_the_log_is_never_written(tmp_path: Path) -> None:
    log = opened(tmp_path)
    undo.record(log, [("../outside", b"hostile", None)])
    with pytest.raises(ValueError, match="outside"):
        writer.change_batch(log.root, undo.last_step(log).files)
    assert not (log.root.parent / "outside").exists()
