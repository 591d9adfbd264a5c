from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from rexctl.errors import ConflictError, NoSuchEventError
from rexctl.store import undo, writer
from rexctl.store.log import Log
from tests.store.logs import event, log_of

if TYPE_CHECKING:
    from pathlib import Path

PATH, OTHER = "events/2025/2025-10-09-a.yaml", "events/2025/2025-10-10-b.yaml"


def written(
    log: Log, path: str, old: bytes | None, new: bytes | None
) -> tuple[str, bytes | None, bytes | None]:
    if new is None:
        (log.root / path).unlink()
    else:
        (log.root / path).write_bytes(new)
    return path, old, new


def test_what_was_written_is_taken_back_the_last_thing_first(tmp_path: Path) -> None:
    log = log_of(tmp_path, event("2025-10-09-a"))
    old = (log.root / PATH).read_bytes()
    undo.remember(log, [written(log, OTHER, None, b"new"), written(log, PATH, old, None)])
    assert undo.last(log) == [(PATH, old, None), (OTHER, None, writer.digest(b"new"))]
    writer.change_batch(log.root, undo.last(log))
    assert (log.root / PATH).read_bytes() == old
    assert not (log.root / OTHER).exists()


def test_what_has_changed_since_is_left_alone(tmp_path: Path) -> None:
    log = log_of(tmp_path, event("2025-10-09-a"))
    old = (log.root / PATH).read_bytes()
    undo.remember(log, [written(log, PATH, old, b"new")])
    for since in (b"newer", None):
        written(log, PATH, None, since)
        with pytest.raises(ConflictError) as raised:
            undo.last(log)
        assert raised.value.code == "changed-meanwhile"


def test_nothing_remembered_is_told_and_so_is_what_is_spoilt(tmp_path: Path) -> None:
    log = log_of(tmp_path, event("2025-10-09-a"))
    place = tmp_path / "cache" / f"{log.key}.undo"
    with pytest.raises(NoSuchEventError):
        undo.last(log)
    undo.remember(log, [written(log, PATH, b"old", b"new")])
    told = json.loads(place.read_text())
    spoilt = ["", "[]", "{}", "null", json.dumps(told | {"root": "/elsewhere"}), json.dumps(told | {"files": [1]}),
              json.dumps(told | {"files": [{"path": PATH, "old": "%", "new": None}]})]  # fmt: skip
    for text in spoilt:
        place.write_text(text)
        with pytest.raises(NoSuchEventError):
            undo.last(log)
    undo.remember(log, [written(log, PATH, b"old", b"new")])
    assert (place.stat().st_mode & 0o777) == 0o600
    undo.forget(log)
    assert not place.exists()


def test_a_log_without_a_cache_and_a_cache_without_rights_remember_nothing(tmp_path: Path) -> None:
    log = log_of(tmp_path, event("2025-10-09-a"))
    undo.remember(Log(log.root, None), [(PATH, b"", b"")])
    (tmp_path / "cache").write_text("a file in the place of the folder")
    undo.remember(log, [(PATH, b"", b"")])
    with pytest.raises(NoSuchEventError):
        undo.last(log)


def test_a_path_out_of_the_log_is_never_written(tmp_path: Path) -> None:
    log = log_of(tmp_path, event("2025-10-09-a"))
    undo.remember(log, [("../outside", b"hostile", None)])
    with pytest.raises(ValueError, match="outside"):
        writer.change_batch(log.root, undo.last(log))
    assert not (log.root.parent / "outside").exists()
