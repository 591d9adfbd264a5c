"""Drafts: texts of unfinished events and edits, stored in the state folder until they are written.

Each draft has a folder of its own, named after what it is for, which a running command locks. So the
next command offers a draft only where no other one is at work on it.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rexctl.errors import EnvironmentFaultError, RexctlError
from rexctl.records import Finding
from rexctl.store.log import translate_os_errors
from rexctl.store.safe_open import read_bytes

try:
    import fcntl
except ImportError:  # Windows has no flock
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.store.log import Log

FILE = "draft.yaml"
_NAME = re.compile(r"(add|edit)-(.+)-[^-]+")


class Draft(NamedTuple):
    """A draft that this process has locked: its path, and the handle of its folder.

    `begun` is the text of one that this process has made.
    """

    path: Path
    handle: int = -1
    begun: str | None = None


def create(log: Log, command: str, text: str) -> Draft:
    """Write a text into a new folder that only its owner can open; `command` is `add TYPE` or `edit ID`.

    Without a state folder it is in the temporary folder, where no later command looks for it.
    """
    folder = _folder(log)
    with translate_os_errors(folder or Path(FILE)):
        if folder:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        prefix = f"{command.replace(' ', '-')}-"
        path = Path(tempfile.mkdtemp(prefix=prefix if folder else f"rexctl-{prefix}", dir=folder))
        path.joinpath(FILE).write_text(text, encoding="utf-8", newline="\n")
    handle = _lock(path)
    return Draft(path / FILE, -1 if handle is None else handle, text)


def command_of(path: Path) -> str:
    """Return the command that a draft is for, read from the name of its folder."""
    match = _NAME.fullmatch(path.parent.name)
    return f"{match[1]} {match[2]}" if match else ""


def find(log: Log, command: str = "") -> list[Path]:
    """Return the drafts of a log, or of one command, whose text was not written, oldest first."""
    folder = _folder(log)
    drafts = [path for path in (folder.glob(f"*/{FILE}") if folder else ())
              if not command or command_of(path) == command]  # fmt: skip
    return sorted(drafts, key=lambda path: path.lstat().st_mtime)


def claim(path: Path) -> Draft | None:
    """Lock a draft and return it; None where another process is at work on it."""
    handle = _lock(path.parent)
    return None if handle is None else Draft(path, handle)


def delete(draft: Draft) -> None:
    """Delete a draft, with the files that an editor has put beside it."""
    shutil.rmtree(draft.path.parent, ignore_errors=True)
    release(draft)


def release(draft: Draft) -> None:
    """Unlock a draft, so that the next command may offer it."""
    if draft.handle >= 0:
        os.close(draft.handle)


def saved_at(path: Path) -> datetime:
    """Return when a draft was last saved, in local time."""
    return datetime.fromtimestamp(path.lstat().st_mtime).astimezone()


@contextmanager
def kept_until_done(draft: Draft, *, keep: bool = False) -> Iterator[None]:
    """Delete the draft after the block; where the block raises, keep it and say where it is.

    :param keep: keep it in any case, since the block only shows the text.
    """
    with kept_on_error(draft):
        yield
    if keep:
        release(draft)
    else:
        delete(draft)


@contextmanager
def kept_on_error(draft: Draft) -> Iterator[None]:
    """Add the path of the draft to every error of the block, and unlock it there.

    A new draft in which nothing was typed is deleted.
    """
    try:
        yield
    except BaseException as error:
        if draft.begun is not None and _is_text(draft.path, draft.begun):
            shutil.rmtree(draft.path.parent, ignore_errors=True)
        message = f"your text is in {draft.path}" if draft.path.exists() else ""
        if isinstance(error, RexctlError):
            error.hint = "; ".join(filter(None, [error.hint, message]))
        elif message:
            sys.stderr.write(f"\n{message}\n")
        release(draft)
        raise


def read(path: Path) -> str:
    """Return the text of a draft. Raises EnvironmentFaultError where it is no readable text file."""
    data = read_bytes(path, str(path))
    if isinstance(data, Finding):
        raise EnvironmentFaultError(f"the draft cannot be used: {data.message}",
                                    "nothing was written")  # fmt: skip
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise EnvironmentFaultError("the draft is not UTF-8; nothing was written",
                                    "save it as UTF-8") from None  # fmt: skip


def _is_text(path: Path, text: str) -> bool:
    data = read_bytes(path, str(path))
    return isinstance(data, bytes) and data == text.encode()


def replace(path: Path, text: str) -> None:
    """Replace the text of a draft; the earlier one stays until the new one is complete."""
    new = path.with_name(f".new{path.suffix}")
    with translate_os_errors(path):
        new.write_text(text, encoding="utf-8", newline="\n")
        new.replace(path)


def _folder(log: Log) -> Path | None:
    return log.state / log.key / "drafts" if log.state else None


def _lock(folder: Path) -> int | None:
    """Return a locked handle of a folder, -1 where there are no locks, None if it is taken."""
    if not fcntl:
        return -1
    try:
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)  # some network disks have no locks
        return None if isinstance(error, BlockingIOError) else -1
    return handle
