"""Write files of the log completely or not at all: create, replace, rename, remove."""

import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rexctl.errors import EnvironmentFaultError
from rexctl.store import os_errors
from rexctl.store.lock import lock_log
from rexctl.store.log import display_path
from rexctl.store.safe_open import read_bytes
from rexctl.store.temporary_files import TemporaryFile
from rexctl.store.transaction import Transaction, log_path, refuse_links, sync_folders, transaction

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
    with os_errors.translate(path):
        if change.expected is None:
            change.new = batch.prepare(path, data)
            return
        refuse_links(batch.root, path)
        change.new = batch.temporary(path.parent)
        try:
            like = path.lstat()
        except FileNotFoundError:
            raise os_errors.changed_meanwhile(path) from None
        change.new.write(data, like)


def _read_current(batch: Transaction, change: _Change, rebase: Rebase | None) -> None:
    """Check under the lock that a file is what was read, and keep its content for a roll-back."""
    batch.check_signals()
    path = change.path
    current = read_bytes(path, path.name)
    if not isinstance(current, bytes):
        raise os_errors.changed_meanwhile(path)
    if digest(current) != change.expected:
        if rebase is None or change.data is None:
            raise os_errors.changed_meanwhile(path)
        change.data = rebase(change.name, current)
        _prepare(batch, change, change.data)
        _sync_contents(batch, [change])
    change.before = current
    # A hidden second name, or a copy.
    change.backup = batch.temporary(path.parent)
    with os_errors.translate(path):
        change.backup.back_up(path, current, path.lstat())


def _publish(batch: Transaction, change: _Change) -> None:
    """Create, replace or remove one file."""
    path, new = change.path, change.new
    batch.undo_by(path, partial(_take_back, change))
    with os_errors.translate(path):
        if new is None:
            path.unlink()
        elif change.backup is None:
            try:
                new.claim(path)
            except FileExistsError:
                raise os_errors.id_taken(path) from None
        else:
            new.path.replace(path)


def _sync_contents(batch: Transaction, changes: Sequence[_Change]) -> None:
    """Sync all contents to the disk before any name leads to one."""
    for change in changes:
        batch.check_signals()
        if change.new is not None:
            with os_errors.translate(change.path):
                change.new.sync()
    batch.check_signals()


def _sync_names(batch: Transaction, changes: Sequence[_Change]) -> None:
    """Sync the names to the disk; after the last of them nothing is undone."""
    if changes:
        with os_errors.translate(changes[-1].path):
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
