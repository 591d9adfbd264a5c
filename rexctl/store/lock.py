"""The lock that a change to existing files of one log holds for a moment."""

import os
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from rexctl.store import os_errors

try:
    import fcntl
except ImportError:  # Windows has no flock
    fcntl = None  # type: ignore[assignment]
from collections.abc import Callable, Iterator

TIMEOUT, INTERVAL = 10.0, 0.02  # seconds to wait for the lock, and between two attempts
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


@contextmanager
def lock_log(root: Path, check_signals: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock of the log in the folder `root` while the block runs.

    It is `flock` on `rexctl.yaml` itself, opened for reading: two users, or a person and a cron
    job, exclude each other and no lock file is left. A folder without that file is locked itself;
    where there is no `flock`, a file in the temporary folder is locked. `check_signals` is called
    while waiting and may raise.

    Raises ConflictError (`locked`) after TIMEOUT seconds and EnvironmentFaultError where nothing
    can be locked.
    """
    with ExitStack() as stack:
        try:
            acquire = _by_flock(root, stack) if fcntl else _by_file(root, stack)
        except OSError as error:
            raise os_errors.environment_error(error, root, action="locked") from error
        deadline = time.monotonic() + TIMEOUT
        while not acquire():
            check_signals()
            if time.monotonic() > deadline:
                raise os_errors.log_locked(root)
            time.sleep(INTERVAL)
        yield


def _by_flock(root: Path, stack: ExitStack) -> Callable[[], bool]:
    """Return a function that tries to lock once; `stack` gives the lock back."""
    try:
        handle = os.open(root / "rexctl.yaml", _FLAGS)
    except FileNotFoundError:
        handle = os.open(root, _FLAGS)
    stack.callback(_release, handle)

    def acquire() -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:  # some network disks
            raise os_errors.environment_error(error, root, action="locked") from error
        return True

    return acquire


def _release(handle: int) -> None:
    # The lock is released also where closing reports an error, and nothing was written to the file.
    with suppress(OSError):
        os.close(handle)


def _by_file(root: Path, stack: ExitStack) -> Callable[[], bool]:
    """Return the same for systems without `flock`."""
    import hashlib
    import tempfile

    import filelock

    key = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:32]
    lock: Any = filelock.FileLock(Path(tempfile.gettempdir()) / f"rexctl-{key}.lock", mode=0o600)
    stack.callback(lock.release)

    def acquire() -> bool:
        try:
            lock.acquire(blocking=False)
        except filelock.Timeout:
            return False
        return True

    return acquire
