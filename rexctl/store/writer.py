"""Files of the log written whole or not at all: new ones claimed, old ones replaced."""

from __future__ import annotations

import hashlib
import os
from functools import partial
from typing import TYPE_CHECKING

from rexctl.errors import EnvironmentFaultError
from rexctl.store import folders, lock, os_errors
from rexctl.store.attempt import Attempt, attempt
from rexctl.store.safe_open import read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rexctl.store.temporary_files import Temporary


def create(root: Path, name: str, data: bytes) -> None:
    """Write one new file; see `create_batch`."""
    create_batch(root, [(name, data)])


def create_batch(root: Path, items: Sequence[tuple[str, bytes]]) -> None:
    """Write new files, all or none, published in the order given; no lock is needed.

    A name is the path in the log, `events/2025/....yaml`. When this returns, the files are on the
    disk. Raises ConflictError (`id-taken`) and EnvironmentFaultError; then nothing was changed.
    """
    with attempt(root) as trial:
        new: list[tuple[Path, Temporary]] = []
        for name, data in items:
            trial.heed()
            path = folders.whole_path(root, name)
            with os_errors.telling(path):
                new.append((path, trial.prepare(path, data)))
        _sync(trial, new)
        for path, temporary in new:
            trial.undo_by(path, partial(_unclaim, path, temporary))
            with os_errors.telling(path):
                try:
                    temporary.claim(path)
                except FileExistsError:
                    raise os_errors.taken(path) from None
        trial.tidy()  # before the names are synced, lest a power cut bring the hidden ones back
        _settle(trial, new)


def replace(root: Path, name: str, data: bytes, expected: str) -> bool:
    """Replace one file; tells whether it was written. See `replace_batch`."""
    return bool(replace_batch(root, [(name, data, expected)]))


def replace_batch(root: Path, items: Sequence[tuple[str, bytes, str]]) -> list[str]:
    """Replace files, all or none, keeping mode and owner; gives the names of those written.

    `expected` is the `digest` of what was read; a file that stays the same is not written.
    Raises ConflictError (`changed-meanwhile`, `locked`) and EnvironmentFaultError; then nothing
    was changed.
    """
    todo = [item for item in items if digest(item[1]) != item[2]]
    if not todo:
        return []
    with attempt(root) as trial:
        new = [_rewritten(trial, folders.whole_path(root, name), data) for name, data, _ in todo]
        _sync(trial, new)
        with lock.lock_log(root, trial.heed):
            old = [_kept(trial, path, expected)
                   for (path, _), (_, _, expected) in zip(new, todo, strict=True)]  # fmt: skip
            trial.heed()
            for (path, temporary), before in zip(new, old, strict=True):
                trial.undo_by(path, partial(_put_back, path, temporary, before))
                with os_errors.telling(path):
                    temporary.path.replace(path)
            _settle(trial, new)
    return [name for name, _, _ in todo]


def change_batch(root: Path, items: Sequence[tuple[str, bytes | None, str | None]]) -> None:
    """Make, replace and take away files, all or none, in the order given.

    Of a new file `expected` is None, of one that goes the data are; `expected` is the `digest` of
    what was read. A rename gives the new name first: a cut in between leaves both, and loses
    nothing; the names of the others are on the disk before a file is removed. Raises ConflictError
    (`id-taken`, `changed-meanwhile`, `locked`) and EnvironmentFaultError; then nothing was changed.
    """
    with attempt(root) as trial:
        todo = [(folders.whole_path(root, name), data, expected) for name, data, expected in items]
        made = {path: _prepared(trial, path, data, new=expected is None)
                for path, data, expected in todo if data is not None}  # fmt: skip
        _sync(trial, list(made.items()))
        with lock.lock_log(root, trial.heed):
            old = {path: _kept(trial, path, e) for path, _, e in todo if e is not None}
            trial.heed()
            for number, (path, data, _) in enumerate(todo):
                if data is None:
                    with os_errors.telling(path):
                        folders.sync(trial.root, [one for one, _, _ in todo[:number]])
                _change(trial, path, made.get(path), old.get(path))
            _settle(trial, [(path, made.get(path) or old[path]) for path, _, _ in todo])


def overwrite(root: Path, name: str, data: bytes) -> bool:
    """Write a file that is generated, whatever stood there; tells whether that changed anything.

    Raises as `create` and `replace` do.
    """
    path = folders.whole_path(root, name)
    if not os.path.lexists(path):
        create(root, name, data)
        return True
    there = read_bytes(path, os_errors.shown(path))
    if isinstance(there, bytes):
        return replace(root, name, data, digest(there))
    raise EnvironmentFaultError(f"{there.path}: {there.message}", there.hint or "move it away")


def digest(data: bytes) -> str:
    """Give the name of a content, by which a change of it tells whether a file is what was read."""
    return hashlib.sha256(data).hexdigest()


def _prepared(trial: Attempt, path: Path, data: bytes, *, new: bool) -> Temporary:
    if not new:
        return _rewritten(trial, path, data)[1]
    trial.heed()
    with os_errors.telling(path):
        return trial.prepare(path, data)


def _change(trial: Attempt, path: Path, made: Temporary | None, before: Temporary | None) -> None:
    """Publish one file, or take one away."""
    with os_errors.telling(path):
        if made is None:
            trial.undo_by(path, partial(_bring_back, path, before))
            path.unlink()
        elif before is None:
            trial.undo_by(path, partial(_unclaim, path, made))
            try:
                made.claim(path)
            except FileExistsError:
                raise os_errors.taken(path) from None
        else:
            trial.undo_by(path, partial(_put_back, path, made, before))
            made.path.replace(path)


def _rewritten(trial: Attempt, path: Path, data: bytes) -> tuple[Path, Temporary]:
    trial.heed()
    with os_errors.telling(path):
        folders.refuse_links(trial.root, path)
        temporary = trial.temporary(path.parent)
        try:
            like = path.lstat()
        except FileNotFoundError:
            raise os_errors.changed(path) from None
        temporary.write(data, like)
    return path, temporary


def _kept(trial: Attempt, path: Path, expected: str) -> Temporary:
    """Hold on to a file as it was read. Raises ConflictError where it is so no longer."""
    trial.heed()
    there = read_bytes(path, path.name)
    if not isinstance(there, bytes) or digest(there) != expected:
        raise os_errors.changed(path)
    before = trial.temporary(path.parent)
    with os_errors.telling(path):
        before.keep(path, there, path.lstat())
    return before


def _sync(trial: Attempt, new: Sequence[tuple[Path, Temporary]]) -> None:
    """Put all contents on the disk before any name leads to one."""
    for path, temporary in new:
        trial.heed()
        with os_errors.telling(path):
            temporary.sync()
    trial.heed()


def _settle(trial: Attempt, new: Sequence[tuple[Path, Temporary]]) -> None:
    """Put the names on the disk: from here on nothing is taken back."""
    paths = [path for path, _ in new]
    if paths:
        with os_errors.telling(paths[-1]):
            folders.sync(trial.root, paths)


def _unclaim(path: Path, temporary: Temporary) -> None:
    if temporary.is_at(path):
        path.unlink()


def _put_back(path: Path, temporary: Temporary, before: Temporary) -> None:
    if temporary.is_at(path):
        before.path.replace(path)


def _bring_back(path: Path, before: Temporary | None) -> None:
    if before is not None and not os.path.lexists(path):
        before.path.replace(path)
