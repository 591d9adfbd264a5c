"""The last write, remembered beside the index, so that it can be taken back while nothing has changed."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from rexctl.errors import ConflictError, NoSuchEventError
from rexctl.store import writer
from rexctl.store.safe_open import read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rexctl.store.log import Log

    # A file's path in the log, its bytes before, and after; None for no file.
    Written = tuple[str, bytes | None, bytes | None]

_LARGEST = 64 << 20  # bytes of what is remembered; a larger write is git's to take back


def remember(log: Log, files: Sequence[Written]) -> None:
    """Remember a write; where that cannot be, there is nothing to take back, which is no fault."""
    place = _place(log)
    if place is None or not files:
        return
    told = [_told(one) for one in files]
    text = json.dumps({"root": str(log.root), "files": told})
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = place.with_name(f".{place.name}.{os.getpid()}")
        handle = os.open(
            draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600
        )
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text if len(text) <= _LARGEST else "{}")
        draft.replace(place)
    except OSError:
        forget(log)


def last(log: Log) -> list[tuple[str, bytes | None, str | None]]:
    """Give what takes back the last write, as `writer.change_batch` wants it.

    Raises NoSuchEventError where nothing is remembered, and ConflictError where a file is no longer
    what was written.
    """
    found = _remembered(log)
    for path, _, digest in found:
        now = read_bytes(log.root / path, path) if os.path.lexists(log.root / path) else None
        if digest != (writer.digest(now) if isinstance(now, bytes) else None):
            fault = ConflictError(f"{log.shown(path)} has changed since it was written",
                                  "nothing was taken back; git restore brings back a commit's")  # fmt: skip
            fault.code = "changed-meanwhile"
            raise fault
    return found[::-1]  # what came last goes first: links before what they lead to


def forget(log: Log) -> None:
    """Remember nothing."""
    place = _place(log)
    if place is not None:
        try:
            place.unlink(missing_ok=True)
        except OSError:
            return


def _told(file: Written) -> dict[str, str | None]:
    path, old, new = file
    before = None if old is None else b64encode(old).decode()
    return {"path": path, "old": before, "new": None if new is None else writer.digest(new)}


def _remembered(log: Log) -> list[tuple[str, bytes | None, str | None]]:
    place = _place(log)
    data = read_bytes(place, place.name, most=2 * _LARGEST) if place else b""
    files: list[tuple[str, bytes | None, str | None]] = []
    try:
        told = json.loads(data if isinstance(data, bytes) else b"")
        for one in told["files"] if told["root"] == str(log.root) else ():
            old = None if one["old"] is None else b64decode(one["old"], validate=True)
            files.append((str(one["path"]), old, one["new"]))
    except (ValueError, KeyError, TypeError):
        files.clear()
    if not files:
        raise NoSuchEventError("undo", hint="no write of rexctl is remembered for this log")
    return files


def _place(log: Log) -> Path | None:
    return log.cache / f"{log.key}.undo" if log.cache else None
