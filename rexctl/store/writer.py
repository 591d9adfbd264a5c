"""Write files of the log completely or not at all: create, replace, rename, remove."""

from __future__ import annotations

import hashlib
import os
from functools import partial
from typing import TYPE_CHECKING

from rexctl.errors import EnvironmentFaultError
from rexctl.store import folders, os_errors
from rexctl.store.lock import lock_log
from rexctl.store.safe_open import read_bytes
from rexctl.store.transaction import Transaction, transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rexctl.store.temporary_files import TemporaryFile

    Rebase = Callable[[str, bytes], bytes]


def create(root: Path, name: str, data: bytes) -> None:
    """Write one new file; see `create_batch`."""
    create_batch(root, [(name, data)])


def create_batch(root: Path, items: Sequence[tuple[str, bytes]]) -> None:
    """Write new files, all or none, published in the order given; no lock is needed.

    A name is the path in the log, `events/2025/....yaml`. When this returns, the files are on the
    disk. Raises ConflictError (`id-taken`) and EnvironmentFaultError; then nothing was changed.
    """
    with transaction(root) as batch:
        files: list[tuple[Path, TemporaryFile]] = []
        for name, data in items:
            path = folders.log_path(root, name)
            files.append((path, _prepare(batch, path, data, new=True)))
        _sync_contents(batch, files)
        for path, temporary in files:
            _publish(batch, path, temporary, None)
        batch.remove_temporaries()  # before the folders are synced: a power cut restores none
        _sync_names(batch, [path for path, _ in files])


def replace(root: Path, name: str, data: bytes, expected: str) -> bool:
    """Replace one file; return whether it was written. See `replace_batch`."""
    return bool(replace_batch(root, [(name, data, expected)]))


def replace_batch(
    root: Path, items: Sequence[tuple[str, bytes, str]], rebase: Rebase | None = None
) -> list[tuple[str, bytes, bytes]]:
    """Replace files, all or none, keeping mode and owner.

    Returns name, bytes before and bytes after of each file that was written, as `undo.record`
    wants them. `expected` is the `digest` of what was read; a file that stays the same is not
    written. For a file with other content, `rebase` is called with its name and that content under
    the lock, and returns what to write instead; without it that is a conflict.

    Raises ConflictError (`changed-meanwhile`, `locked`) and EnvironmentFaultError; then nothing
    was changed.
    """
    todo = [item for item in items if digest(item[1]) != item[2]]
    if not todo:
        return []
    with transaction(root) as batch:
        paths = [folders.log_path(root, name) for name, _, _ in todo]
        files = [(path, _prepare(batch, path, data, new=False))
                 for path, (_, data, _) in zip(paths, todo, strict=True)]  # fmt: skip
        _sync_contents(batch, files)
        written = []
        with lock_log(root, batch.check_signals):
            for number, (name, data, expected) in enumerate(todo):
                path, before = paths[number], _read_current(batch, paths[number])
                if digest(before) != expected:
                    if rebase is None:
                        raise os_errors.changed_meanwhile(path)
                    data = rebase(name, before)
                    files[number] = path, _prepare(batch, path, data, new=False)
                    _sync_contents(batch, files[number : number + 1])
                written.append((name, before, data))
            backups = [_back_up(batch, path, before)
                       for path, (_, before, _) in zip(paths, written, strict=True)]  # fmt: skip
            batch.check_signals()
            for (path, temporary), backup in zip(files, backups, strict=True):
                _publish(batch, path, temporary, backup)
            _sync_names(batch, paths)
    return written


def change_batch(root: Path, items: Sequence[tuple[str, bytes | None, str | None]]) -> None:
    """Create, replace and remove files, all or none, in the order given.

    `expected`, the third part of an item, is None for a new file; the data are None for a file to
    remove. A rename lists the new name first: where the process is killed in between, both names
    are there. The names of the others are on the disk before a file is removed. Raises
    ConflictError (`id-taken`, `changed-meanwhile`, `locked`) and EnvironmentFaultError; then
    nothing was changed.
    """
    with transaction(root) as batch:
        todo = [(folders.log_path(root, name), data, expected) for name, data, expected in items]
        files = {path: _prepare(batch, path, data, new=expected is None)
                 for path, data, expected in todo if data is not None}  # fmt: skip
        _sync_contents(batch, list(files.items()))
        with lock_log(root, batch.check_signals):
            backups: dict[Path, TemporaryFile] = {}
            for path, _, expected in todo:
                if expected is not None:
                    before = _read_current(batch, path)
                    if digest(before) != expected:
                        raise os_errors.changed_meanwhile(path)
                    backups[path] = _back_up(batch, path, before)
            batch.check_signals()
            for number, (path, data, _) in enumerate(todo):
                if data is None:
                    _sync_names(batch, [one for one, _, _ in todo[:number]])
                _publish(batch, path, files.get(path), backups.get(path))
            _sync_names(batch, [path for path, _, _ in todo])


def overwrite(root: Path, name: str, data: bytes) -> bool:
    """Write a generated file, whatever its content was; return whether that changed anything.

    Raises what `create` and `replace` raise.
    """
    path = folders.log_path(root, name)
    if not os.path.lexists(path):
        create(root, name, data)
        return True
    current = read_bytes(path, os_errors.display_path(path))
    if isinstance(current, bytes):
        return replace(root, name, data, digest(current))
    raise EnvironmentFaultError(
        f"{current.path}: {current.message}", current.hint or "move it away"
    )


def digest(data: bytes) -> str:
    """Return the SHA-256 of a content, by which a change since it was read is noticed."""
    return hashlib.sha256(data).hexdigest()


def _prepare(batch: Transaction, path: Path, data: bytes, *, new: bool) -> TemporaryFile:
    """Return the written temporary file of a new file, or of one that is replaced."""
    batch.check_signals()
    with os_errors.translate(path):
        if new:
            return batch.prepare(path, data)
        folders.refuse_links(batch.root, path)
        temporary = batch.temporary(path.parent)
        try:
            like = path.lstat()
        except FileNotFoundError:
            raise os_errors.changed_meanwhile(path) from None
        temporary.write(data, like)
    return temporary


def _read_current(batch: Transaction, path: Path) -> bytes:
    batch.check_signals()
    current = read_bytes(path, path.name)
    if not isinstance(current, bytes):
        raise os_errors.changed_meanwhile(path)
    return current


def _back_up(batch: Transaction, path: Path, data: bytes) -> TemporaryFile:
    """Return a hidden second name, or a copy, of a file; the roll-back restores it."""
    backup = batch.temporary(path.parent)
    with os_errors.translate(path):
        backup.back_up(path, data, path.lstat())
    return backup


def _publish(
    batch: Transaction, path: Path, new: TemporaryFile | None, backup: TemporaryFile | None
) -> None:
    """Create, replace or remove one file: `backup` None creates it, `new` None removes it."""
    with os_errors.translate(path):
        if new is None:
            batch.undo_by(path, partial(_restore_removed, path, backup))
            path.unlink()
        elif backup is None:
            batch.undo_by(path, partial(_remove_created, path, new))
            try:
                new.claim(path)
            except FileExistsError:
                raise os_errors.id_taken(path) from None
        else:
            batch.undo_by(path, partial(_restore_replaced, path, new, backup))
            new.path.replace(path)


def _sync_contents(batch: Transaction, files: Sequence[tuple[Path, TemporaryFile]]) -> None:
    """Sync all contents to the disk before any name leads to one."""
    for path, temporary in files:
        batch.check_signals()
        with os_errors.translate(path):
            temporary.sync()
    batch.check_signals()


def _sync_names(batch: Transaction, paths: Sequence[Path]) -> None:
    """Sync the names to the disk; after the last of them nothing is undone."""
    if paths:
        with os_errors.translate(paths[-1]):
            folders.sync(batch.root, paths)


def _remove_created(path: Path, new: TemporaryFile) -> None:
    if new.is_at(path):
        path.unlink()


def _restore_replaced(path: Path, new: TemporaryFile, backup: TemporaryFile) -> None:
    if new.is_at(path):
        backup.path.replace(path)


def _restore_removed(path: Path, backup: TemporaryFile | None) -> None:
    if backup is not None and not os.path.lexists(path):
        backup.path.replace(path)
