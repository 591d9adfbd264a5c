"""The history of writes, so that `undo` can take them back while nothing has changed since."""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rexctl.errors import ConflictError, RexctlError
from rexctl.store import writer
from rexctl.store.log import Log
from rexctl.store.safe_open import read_bytes

# A file's path in the log, its bytes before, and after; None for no file.
Write = tuple[str, bytes | None, bytes | None]

MAX_STEPS = 50
_MAX_SIZE = 64 << 20  # bytes of one step; a larger write can be taken back by git


class NothingToUndoError(RexctlError):
    """No write of rexctl is left in the history of this log."""

    code, exit_code = "nothing-to-undo", 4


class Step(NamedTuple):
    """One write. `files` is what takes it back, as `writer.change_batch` wants it."""

    record: Path
    files: list[tuple[str, bytes | None, str | None]]
    description: str  # such as `add of 2025-10-11-se-statement`


def write(
    log: Log, files: Sequence[Write], rebase: writer.Rebase | None = None, *, written: int = 0
) -> list[Write]:
    """Write files, all or none, in this order, add the write to the history, and return it.

    The first `written` of them are on the disk already. Raises as `writer.change_batch` does, which
    has `rebase` too.
    """
    items = [(path, new, None if old is None else writer.digest(old)) for path, old, new in files]
    done = [*files[:written], *writer.change_batch(log.root, items[written:], rebase)]
    record(log, done)
    return done


def record(log: Log, files: Sequence[Write]) -> None:
    """Add a write to the history, which keeps the last 50; without a state folder, do nothing.

    A history that cannot be written is dropped, since `undo` would otherwise skip a step.
    """
    folder = _folder(log)
    if folder is None or not files:
        return
    step = {"root": str(log.root), "files": [_encode(one) for one in files]}
    text = json.dumps(step)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        earlier = _records(folder)
        number = int(earlier[-1].stem) + 1 if earlier else 1
        temporary = folder / f".{os.getpid()}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
        with open(os.open(temporary, flags, 0o600), "w", encoding="utf-8") as file:
            file.write(text if len(text) <= _MAX_SIZE else "{}")
        temporary.replace(folder / f"{number:09}.json")
        for old in earlier[: max(len(earlier) + 1 - MAX_STEPS, 0)]:
            old.unlink(missing_ok=True)
    except OSError:
        for old in _records(folder):
            forget(old)


def last_step(log: Log) -> Step:
    """Return the last write of the history.

    Raises NothingToUndoError, and ConflictError (`changed-meanwhile`) where a file is no longer
    what was written.
    """
    step = _last_readable(log)
    for path, _, digest in step.files:
        now = read_bytes(log.root / path, path) if os.path.lexists(log.root / path) else None
        if digest != (writer.digest(now) if isinstance(now, bytes) else None):
            raise ConflictError(
                f"{log.shown(path)} has changed since it was written",
                "nothing was undone; `git restore` brings back a commit's file",
                code="changed-meanwhile",
            )  # fmt: skip
    return step


def forget(record: Path) -> None:
    """Remove a step from the history."""
    try:
        record.unlink(missing_ok=True)
    except OSError:
        return


def _last_readable(log: Log) -> Step:
    folder = _folder(log)
    records = _records(folder) if folder else []
    data = read_bytes(records[-1], records[-1].name, max_size=2 * _MAX_SIZE) if records else b""
    files: list[tuple[str, bytes | None, str | None]] = []
    try:
        step = json.loads(data if isinstance(data, bytes) else b"")
        for one in step["files"] if step["root"] == str(log.root) else ():
            old = None if one["old"] is None else b64decode(one["old"], validate=True)
            files.append((str(one["path"]), old, one["new"]))
    except (ValueError, KeyError, TypeError):
        files.clear()
    if not files:
        raise NothingToUndoError("nothing to undo: rexctl has written nothing in this log")
    # What was written last is taken back first: links before the events that they lead to.
    return Step(records[-1], files[::-1], _describe(files))


def _describe(files: Sequence[tuple[str, bytes | None, str | None]]) -> str:
    others = [path for path, _, _ in files if not path.startswith("events/")]
    if len(others) == len(files):
        return f"change of {' and '.join(sorted(others, reverse=True))}"
    ids = [path.rpartition("/")[2].removesuffix(".yaml") for path, _, _ in files]
    added = [name for name, (_, old, _) in zip(ids, files, strict=True) if old is None]
    removed = [name for name, (_, _, new) in zip(ids, files, strict=True) if new is None]
    if len(added) == 1 and len(removed) == 1:
        return f"rename of {removed[0]} to {added[0]}"
    what = "add" if len(added) == len(ids) else "change"
    return f"{what} of {ids[0] if len(ids) == 1 else f'{len(ids)} events'}"


def _encode(file: Write) -> dict[str, str | None]:
    path, old, new = file
    before = None if old is None else b64encode(old).decode()
    return {"path": path, "old": before, "new": None if new is None else writer.digest(new)}


def _records(folder: Path) -> list[Path]:
    """Return the files of the history, oldest first."""
    return sorted(path for path in folder.glob("*.json") if path.stem.isdecimal())


def _folder(log: Log) -> Path | None:
    return log.state / log.key / "undo" if log.state else None
