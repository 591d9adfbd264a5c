"""Write files of the log completely or not at all: create, replace, rename, remove."""

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rexctl.errors import ConflictError, EnvironmentFaultError, RexctlError
from rexctl.records import Finding
from rexctl.store import atomic
from rexctl.store.log import (
    changed_meanwhile,
    display_path,
    environment_error,
    id_taken,
    translate_os_errors,
)
from rexctl.store.safe_open import read_bytes

try:
    import fcntl
except ImportError:  # Windows has no flock
    fcntl = None  # type: ignore[assignment]

TIMEOUT, INTERVAL = 10.0, 0.02  # seconds to wait for the lock, and between two attempts
_MAX_TRIES = 10
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
Rebase = Callable[[str, bytes], bytes]


@dataclass(slots=True)
class _Change:
    """One file of a batch: `new` holds what it becomes, `backup` what it was."""

    name: str
    path: Path
    data: bytes | None
    expected: str | None
    before: bytes | None = None
    new: atomic.TemporaryFile | None = None
    backup: atomic.TemporaryFile | None = None


def change_batch(
    root: Path, items: Sequence[tuple[str, bytes | None, str | None]], rebase: Rebase | None = None
) -> list[tuple[str, bytes | None, bytes | None]]:
    """Create, replace and remove files, all or none, in the order of `items`.

    An item is the path in the log (`events/2025/....yaml`), the new content, and the `digest` of
    the content that was read. The content is None for a file to remove, the digest for a new file.
    A file that stays the same is not written; one that is replaced keeps its mode and owner. For a
    file with other content than was read, `rebase` is called with its name and that content under
    the lock, and returns what to write instead; without it that is a conflict. New files alone need
    no lock. A rename lists the new name first: where the process is killed in between, both are
    there, and the other names are on the disk before a file is removed.

    Returns name, bytes before and bytes after of each file that was written, as `undo.record`
    wants them; then the files are on the disk. Raises ConflictError (`id-taken`,
    `changed-meanwhile`, `locked`) and EnvironmentFaultError; then nothing was changed.
    """
    changes = [_Change(name, atomic.log_path(root, name), data, expected)
               for name, data, expected in items
               if data is None or expected is None or digest(data) != expected]  # fmt: skip
    existing = [change for change in changes if change.expected is not None]
    with atomic.defer_signals() as check_signals, ExitStack() as stack:
        batch = _Batch(root, changes, rebase)

        def each(some: Sequence[_Change], step: Callable[[_Change], None]) -> None:
            for change in some:
                check_signals()
                with translate_os_errors(change.path):
                    step(change)
            check_signals()

        try:
            each(changes, batch.prepare)
            each(changes, batch.sync)  # all contents, before any name leads to one
            if existing:
                stack.enter_context(lock_log(root, check_signals))
            each(existing, batch.read_current)
            for number, change in enumerate(changes):
                if change.data is None:
                    _sync_names(root, changes[:number])
                batch.publish(change)
            for change in changes:
                if change.new is not None and change.backup is None:
                    change.new.remove()  # before the folders are synced: a power cut restores none
            _sync_names(root, changes)
        except BaseException as error:
            failed = batch.roll_back()
            if failed and isinstance(error, RexctlError):
                names = ", ".join(map(display_path, failed))
                raise EnvironmentFaultError(
                    f"{error.message}; these files were changed and could not be restored: {names}",
                    "restore them with git",
                ) from error
            raise
        finally:
            batch.remove_temporaries()
    return [(change.name, change.before, change.data) for change in changes]


def overwrite(root: Path, name: str, data: bytes) -> bool:
    """Write a generated file, whatever its content was; return whether that changed anything.

    Raises what `change_batch` raises.
    """
    path = atomic.log_path(root, name)
    present = read_bytes(path, display_path(path)) if os.path.lexists(path) else None
    if isinstance(present, Finding):
        raise EnvironmentFaultError(
            f"{present.path}: {present.message}", present.hint or "move it away"
        )
    return bool(change_batch(root, [(name, data, None if present is None else digest(present))]))


def digest(data: bytes) -> str:
    """Return the SHA-256 of a content, by which a change since it was read is noticed."""
    return hashlib.sha256(data).hexdigest()


class _Batch:
    """The changes of one call: what is done of them, and what takes it back."""

    def __init__(self, root: Path, changes: Sequence[_Change], rebase: Rebase | None) -> None:
        self._root, self._changes, self._rebase = root, changes, rebase
        self._published: list[_Change] = []
        self._new_folders: list[Path] = []

    def prepare(self, change: _Change) -> None:
        """Write the temporary file of a new file, or of one that is replaced."""
        path, data = change.path, change.data
        if data is None:
            return
        if change.expected is None:
            self._prepare_new(change, data)
            return
        atomic.refuse_links(self._root, path)
        try:
            like = path.lstat()
        except FileNotFoundError:
            raise changed_meanwhile(path) from None
        change.new = atomic.TemporaryFile(path.parent)
        change.new.write(data, like)

    def _prepare_new(self, change: _Change, data: bytes) -> None:
        for count in range(_MAX_TRIES):
            change.new = atomic.TemporaryFile(change.path.parent)
            try:
                atomic.make_parents(self._root, change.path, self._new_folders.append)
                if os.path.lexists(change.path):
                    raise id_taken(change.path)
                change.new.write(data)
                return
            except FileNotFoundError:  # another process made the folder and removed it again
                change.new.remove()
                if count == _MAX_TRIES - 1:
                    raise

    def sync(self, change: _Change) -> None:
        """Sync the new content to the disk."""
        if change.new is not None:
            change.new.sync()

    def read_current(self, change: _Change) -> None:
        """Check under the lock that a file is what was read, and keep its content for a roll-back."""
        current = read_bytes(change.path, change.path.name)
        if not isinstance(current, bytes):
            raise changed_meanwhile(change.path)
        if digest(current) != change.expected:
            if self._rebase is None or change.new is None:
                raise changed_meanwhile(change.path)
            change.new.remove()
            change.data = self._rebase(change.name, current)
            self.prepare(change)
            self.sync(change)
        change.before = current
        change.backup = atomic.TemporaryFile(change.path.parent)
        change.backup.back_up(change.path, current, change.path.lstat())

    def publish(self, change: _Change) -> None:
        """Create, replace or remove one file."""
        path, new = change.path, change.new
        self._published.append(change)
        with translate_os_errors(path):
            if new is None:
                path.unlink()
            elif change.backup is not None:
                new.path.replace(path)
            else:
                try:
                    new.claim(path)
                except FileExistsError:
                    raise id_taken(path) from None

    def remove_temporaries(self) -> None:
        """Remove the temporary files that are left."""
        for change in self._changes:
            for file in (change.new, change.backup):
                if file is not None:
                    file.remove()

    def roll_back(self) -> list[Path]:
        """Take back what was published, last first; return the files of which that failed."""
        failed = []
        for change in reversed(self._published):
            try:
                _take_back(change)
            except OSError:
                failed.append(change.path)
        self.remove_temporaries()
        for folder in reversed(self._new_folders):
            with suppress(OSError):  # another process may have put its files into it
                folder.rmdir()
        with suppress(OSError):
            atomic.sync_folders(self._root, [change.path for change in self._published])
        return failed


def _take_back(change: _Change) -> None:
    """Undo what `publish` did, unless another file is there now."""
    path, new, backup = change.path, change.new, change.backup
    is_published = not os.path.lexists(path) if new is None else new.is_at(path)
    if is_published:
        if backup is None:
            path.unlink()
        else:
            backup.path.replace(path)


def _sync_names(root: Path, changes: Sequence[_Change]) -> None:
    """Sync the names to the disk; after the last of them nothing is undone."""
    if changes:
        with translate_os_errors(changes[-1].path):
            atomic.sync_folders(root, [change.path for change in changes])


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
            raise environment_error(error, root, action="locked") from error
        deadline = time.monotonic() + TIMEOUT
        while not acquire():
            check_signals()
            if time.monotonic() > deadline:
                message = f"another rexctl is writing in {display_path(root)}"
                raise ConflictError(message, "wait until it ends and run this again", code="locked")
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
            raise environment_error(error, root, action="locked") from error
        return True

    return acquire


def _release(handle: int) -> None:
    # The lock is released also where closing reports an error, and nothing was written to the file.
    with suppress(OSError):
        os.close(handle)


def _by_file(root: Path, stack: ExitStack) -> Callable[[], bool]:
    """Return the same for systems without `flock`."""
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
