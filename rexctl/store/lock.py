"""The lock that a change to existing files of one log holds for a moment."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from rexctl.store import os_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TRIES, _PAUSE = 100, 0.1  # together ten seconds, heeding signals between tries


def lock_path(root: Path) -> Path:
    """Give the lock's file: in the temporary folder, never in the log. Raises OSError.

    It bears the user, because a system does not let one user open another's file there.
    """
    key = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:32]
    user = f"-{os.getuid()}" if hasattr(os, "getuid") else ""
    return Path(import_module("tempfile").gettempdir()) / f"rexctl{user}-{key}.lock"


@contextmanager
def locked(root: Path, heed: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the log's lock in the block; `heed` is asked while waiting.

    Raises ConflictError where another process holds it for long, EnvironmentFaultError where the
    machine has no place for it.
    """
    filelock = import_module("filelock")
    try:
        lock = filelock.FileLock(lock_path(root), mode=0o600)
        for attempt in range(_TRIES):
            heed()
            try:
                lock.acquire(timeout=_PAUSE, poll_interval=_PAUSE / 10)
                break
            except filelock.Timeout:
                if attempt == _TRIES - 1:
                    raise os_errors.locked(root) from None
    except OSError as fault:
        raise os_errors.no_lock(fault, root) from fault
    try:
        yield
    finally:
        with suppress(OSError):  # the lock falls with the process, at the latest
            lock.release()
