"""Write files of the log completely or not at all: create, replace, rename, remove."""

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from rexctl.errors import ConflictError, EnvironmentFaultError
from rexctl.store.log import (
    changed_meanwhile,
    display_path,
    environment_error,
    id_taken,
    translate_os_errors,
)
from rexctl.store.safe_open import read_bytes
from rexctl.store.transaction import (
    TemporaryFile,
    Transaction,
    log_path,
    refuse_links,
    sync_folders,
    transaction,
)

try:
    import fcntl
except ImportError:  # Windows has no flock
    fcntl = None  # type: ignore[assignment]

TIMEOUT, INTERVAL = 10.0, 0.02  # seconds to wait for the lock, and between two attempts
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
    new: TemporaryFile | None = None
    backup: TemporaryFile | None = None


def create(root: Path, name: str, data: bytes) -> None:
    """Write one new file; see `change_batch`."""
    create_batch(root, [(name, data)])


def create_batch(root: Path, items: Sequence[tuple[str, bytes]]) -> None:
    """Write new files, all or none; see `change_batch`."""
    change_batch(root, [(name, data, None) for name, data in items])


def replace(root: Path, name: str, data: bytes, expected: str) -> bool:
    """Replace one file; return whether it was written. See `change_batch`."""
    return bool(change_batch(root, [(name, data, expected)]))


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
    changes = [_Change(name, log_path(root, name), data, expected)
               for name, data, expected in items
               if data is None or expected is None or digest(data) != expected]  # fmt: skip
    existing = [change for change in changes if change.expected is not None]
    with transaction(root) as batch, ExitStack() as stack:
        for change in changes:
            if change.data is not None:
                _prepare(batch, change, change.data)
        _sync_contents(batch, changes)
        if existing:
            stack.enter_context(lock_log(root, batch.check_signals))
        for change in existing:
            _read_current(batch, change, rebase)
        batch.check_signals()
        for number, change in enumerate(changes):
            if change.data is None:
                _sync_names(batch, changes[:number])
            _publish(batch, change)
        for change in changes:
            if change.new is not None and change.backup is None:
                change.new.remove()  # before the folders are synced: a power cut restores none
        _sync_names(batch, changes)
    return [(change.name, change.before, change.data) for change in changes]


def overwrite(root: Path, name: str, data: bytes) -> bool:
    """Write a generated file, whatever its content was; return whether that changed anything.

    Raises what `create` and `replace` raise.
    """
    path = log_path(root, name)
    if not os.path.lexists(path):
        create(root, name, data)
        return True
    current = read_bytes(path, display_path(path))
    if isinstance(current, bytes):
        return replace(root, name, data, digest(current))
    raise EnvironmentFaultError(
        f"{current.path}: {current.message}", current.hint or "move it away"
    )


def digest(data: bytes) -> str:
    """Return the SHA-256 of a content, by which a change since it was read is noticed."""
    return hashlib.sha256(data).hexdigest()


def _prepare(batch: Transaction, change: _Change, data: bytes) -> None:
    """Write the temporary file of a new file, or of one that is replaced."""
    batch.check_signals()
    path = change.path
    with translate_os_errors(path):
        if change.expected is None:
            change.new = batch.prepare(path, data)
            return
        refuse_links(batch.root, path)
        change.new = batch.temporary(path.parent)
        try:
            like = path.lstat()
        except FileNotFoundError:
            raise changed_meanwhile(path) from None
        change.new.write(data, like)


def _read_current(batch: Transaction, change: _Change, rebase: Rebase | None) -> None:
    """Check under the lock that a file is what was read, and keep its content for a roll-back."""
    batch.check_signals()
    path = change.path
    current = read_bytes(path, path.name)
    if not isinstance(current, bytes):
        raise changed_meanwhile(path)
    if digest(current) != change.expected:
        if rebase is None or change.data is None:
            raise changed_meanwhile(path)
        change.data = rebase(change.name, current)
        _prepare(batch, change, change.data)
        _sync_contents(batch, [change])
    change.before = current
    # A hidden second name, or a copy.
    change.backup = batch.temporary(path.parent)
    with translate_os_errors(path):
        change.backup.back_up(path, current, path.lstat())


def _publish(batch: Transaction, change: _Change) -> None:
    """Create, replace or remove one file."""
    path, new = change.path, change.new
    batch.undo_by(path, partial(_take_back, change))
    with translate_os_errors(path):
        if new is None:
            path.unlink()
        elif change.backup is None:
            try:
                new.claim(path)
            except FileExistsError:
                raise id_taken(path) from None
        else:
            new.path.replace(path)


def _sync_contents(batch: Transaction, changes: Sequence[_Change]) -> None:
    """Sync all contents to the disk before any name leads to one."""
    for change in changes:
        batch.check_signals()
        if change.new is not None:
            with translate_os_errors(change.path):
                change.new.sync()
    batch.check_signals()


def _sync_names(batch: Transaction, changes: Sequence[_Change]) -> None:
    """Sync the names to the disk; after the last of them nothing is undone."""
    if changes:
        with translate_os_errors(changes[-1].path):
            sync_folders(batch.root, [change.path for change in changes])


def _take_back(change: _Change) -> None:
    """Undo what `_publish` did, unless another file is there now."""
    path, new, backup = change.path, change.new, change.backup
    is_published = not os.path.lexists(path) if new is None else new.is_at(path)
    if is_published:
        if backup is None:
            path.unlink()
        else:
            backup.path.replace(path)


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
