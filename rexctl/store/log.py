"""The log that a command works on: its folder, its settings, the user's folders for it.

Errors of the operating system at one of its files become messages that say what to do.
"""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.errors import ConflictError, EnvironmentFaultError, no_log, os_reason
from rexctl.records import ERROR, Finding
from rexctl.store.layout import SETTINGS
from rexctl.store.safe_open import read_bytes
from rexctl.values.clock import is_timezone
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from rexctl.yamlfile.documents import Document

_FILES = (SETTINGS, "README.md", ".gitattributes")
_FOLDERS = ("events", "vocabulary", "schema")
# Kind of a folder of the user -> its place below the home folder on Unix, and in the Library on macOS.
_USER_FOLDERS = {"CACHE": (".cache", "Caches"), "STATE": (".local/state", "Application Support")}
_MAX_HEX = 100  # bytes of a path whose hexadecimal form is short enough for a file name

FORMAT = "1"
_KEYS = ("format", "title", "timezone", "queries")
_TIMEZONE = re.compile(rb"^timezone:[ \t]+[\"']?([A-Za-z0-9_+/-]+)", re.MULTILINE)
_UNCHANGED = "nothing was changed"
_NO_RIGHTS = ("no right to write there", "check the owner and the rights of the folder")
_MESSAGES = {
    errno.ENOSPC: ("the disk is full", "free some space and run it again"),
    errno.EACCES: _NO_RIGHTS,
    errno.EPERM: _NO_RIGHTS,
    errno.EROFS: ("the disk is read-only", "copy the log to a disk that can be written"),
    errno.EIO: ("the disk reports an error", "check the disk before writing again"),
    errno.ENOENT: ("its folder does not exist", "run it again if the log was moved meanwhile"),
    errno.ENOTDIR: ("a file is in the place of a folder", "move that file away"),
    errno.EISDIR: ("a folder is in the place of the file", "move that folder away"),
    errno.ENAMETOOLONG: ("its path is too long for this disk", "move the log to a shorter path"),
    errno.EMFILE: ("too many files are open", "close some programs and run it again"),
    errno.ENFILE: ("too many files are open", "close some programs and run it again"),
    errno.EBUSY: ("another program uses it", "close that program and run it again"),
}
if hasattr(errno, "EDQUOT"):
    _MESSAGES[errno.EDQUOT] = ("your disk quota is used up", "free some space and run it again")


class Log:
    """A log: `root` is the folder that holds `rexctl.yaml` and `events/`.

    `cache` and `state` are the user's folders for rexctl; None where there is none.
    """

    def __init__(self, root: Path, cache: Path | None, state: Path | None = None) -> None:
        self.root, self.cache, self.state = root, cache, state

    @property
    def key(self) -> str:
        """The file name of this log in the cache and state folders, made from its real path."""
        real = os.fsencode(self.root)
        if len(real) <= _MAX_HEX:
            return real.hex()
        import hashlib

        return hashlib.sha256(real).hexdigest()

    def require_writable(self) -> None:
        """Raise EnvironmentFaultError where this version of rexctl must not write the log.

        That is a log whose settings cannot be read, have an unknown key or belong to a newer format.
        """
        data = read_bytes(self.root / SETTINGS, SETTINGS)
        findings = [data] if isinstance(data, Finding) else parse_settings(data, SETTINGS)[1]
        if first := next((one for one in findings if one.level == ERROR), None):
            raise EnvironmentFaultError(
                f"{self.shown(SETTINGS)}:{first.line}:{first.column}: {first.message}",
                f"{first.hint or 'correct the settings'}; nothing was changed",
            )

    def shown(self, path: str) -> str:
        """Return a path of the log (`events/2025/...`) relative to the current folder."""
        return display_path(self.root / path)

    def git_command(self, words: str, path: str) -> str:
        """Return a git command about a file of the log that runs in the current folder as printed."""
        import shlex

        top, here = find_repository(self.root), _absolute("")
        if top and here and Path(os.path.realpath(here)).is_relative_to(top):
            return f"git {words} -- {shlex.quote(self.shown(path))}"
        return f"git -C {shlex.quote(str(self.root))} {words} -- {shlex.quote(path)}"


def find(directory: str | None, environ: Mapping[str, str]) -> Log:
    """Return the log that holds `directory`, else REXCTL_LOG, else the current folder.

    Raises EnvironmentFaultError.
    """
    start = directory or environ.get("REXCTL_LOG")
    first = _absolute(start or "")
    for folder in (first, *first.parents) if first else ():
        for root in (folder / "data", folder):
            if (root / SETTINGS).is_file():
                real = Path(os.path.realpath(root))
                folders = [user_folder(environ, kind) for kind in _USER_FOLDERS]
                # A folder inside the log (a relative REXCTL_CACHE) would end up in its commits.
                return Log(real, *(None if f and f.is_relative_to(real) else f for f in folders))
    raise no_log(str(first or ""))


def display_path(path: Path) -> str:
    """Return a path relative to the current folder."""
    try:
        return os.path.relpath(path)
    except (ValueError, OSError):  # another drive on Windows; a current folder that was deleted
        return str(path)


def find_repository(folder: Path) -> Path | None:
    """Return the real path of the git working tree that holds a folder; None where none does.

    git is not started, since its settings may name programs. `.git` is a folder with a HEAD, or a
    file in a linked worktree and a submodule.
    """
    real = Path(os.path.realpath(folder))
    for one in (real, *real.parents):
        git = one / ".git"
        if git.is_file() or os.path.lexists(git / "HEAD"):
            return one
    return None


def owner_of(target: str) -> Path | None:
    """Return the folder of the log that the file `target` belongs to, or None.

    A log owns its settings, vocabulary, schema, codebook and attributes, and whatever lies under
    `events/`, whether the file exists or not. Links are followed; folders are compared as files,
    since two names of one folder may differ in case.
    """
    path = Path(os.path.realpath(target))
    for root in path.parents:
        if not (root / SETTINGS).is_file():
            continue
        if path.parent == root:
            owned = any(_is_same(path, root / name) for name in _FILES)
        else:
            top = root / path.relative_to(root).parts[0]
            owned = any(_is_same(top, root / name) for name in _FOLDERS)
        if owned:
            return root
    return None


def _absolute(path: str) -> Path | None:
    """Return a path from the root of the disk; None for a relative one in a deleted folder.

    That of "" is the current folder.
    """
    try:
        return Path(path).absolute()
    except FileNotFoundError:
        return None


def _is_same(one: Path, other: Path) -> bool:
    return one == other or (one.exists() and other.exists() and one.samefile(other))


def user_folder(environ: Mapping[str, str], kind: str) -> Path | None:
    """Return the folder of the `CACHE` or the `STATE`, as an absolute path.

    For the cache that is REXCTL_CACHE, else the one in XDG_CACHE_HOME, else in the system's place.
    None where the environment names no home folder.
    """
    unix, mac = _USER_FOLDERS[kind]
    if own := environ.get(f"REXCTL_{kind}"):
        return Path(own).absolute()
    if base := environ.get(f"XDG_{kind}_HOME"):
        # The XDG specification has relative paths ignored.
        return Path(base) / "rexctl" if Path(base).is_absolute() else None
    if os.name == "nt":
        home = environ.get("LOCALAPPDATA")
        return Path(home) / "rexctl" / kind.lower() if home else None
    home = environ.get("HOME")
    if not home:
        return None
    return Path(home) / (f"Library/{mac}" if sys.platform == "darwin" else unix) / "rexctl"


class Settings(NamedTuple):
    """The settings of a log; those that the file does not set have their defaults."""

    format: str = FORMAT
    title: str = ""
    timezone: str = ""  # an IANA name; "" is UTC
    queries: Mapping[str, str] = {}


def read_timezone(root: Path) -> str:
    """Return the `timezone` of the log at `root`; "" where it is not set or not readable.

    It is searched for in the text: every command needs it, and loading a YAML parser takes 20 ms.
    """
    data = read_bytes(root / SETTINGS, SETTINGS)
    line = _TIMEZONE.search(data) if isinstance(data, bytes) else None
    return line[1].decode("ascii") if line else ""


def parse_settings(data: bytes, name: str) -> tuple[Settings, list[Finding]]:
    """Return the settings in `data`, the content of `rexctl.yaml`, and what is wrong with it."""
    # Every command reads the time zone, and few need a YAML parser for more.
    from rexctl.yamlfile.documents import read_document

    document = read_document(data, name)
    findings = list(document.findings)
    value = document.value
    if not isinstance(value, dict):
        if not any(one.level == ERROR for one in findings):
            findings.append(document.fault("wrong-shape", "the settings must be a mapping", ()))
        return Settings(), findings
    findings += _faults(document, value)
    queries = value.get("queries")
    saved = queries.items() if isinstance(queries, dict) else ()
    texts = {key: str(value[key]) for key in ("format", "title", "timezone") if key in value}
    queries = {key: text for key, text in saved if isinstance(text, str)}
    return Settings(**texts, queries=queries), findings


def _faults(document: Document, value: dict[str, Any]) -> list[Finding]:
    faults = [
        document.fault("unknown-field", f"{key}: no such setting", (key,), on="key",
                       hint=did_you_mean(key, _KEYS) or f"one of {', '.join(_KEYS)}")
        for key in value if key not in _KEYS
    ]  # fmt: skip
    if (number := str(value.get("format", FORMAT))) != str(FORMAT):
        what = ("newer-format", f"this rexctl knows format {FORMAT}", "install a newer rexctl")
        if not number.isdecimal():
            what = ("bad-number", "not a number", f"write {FORMAT}")
        faults.append(
            document.fault(what[0], f"format {number}: {what[1]}", ("format",), hint=what[2])
        )
    faults += [document.fault("wrong-shape", f"the {key} must be a text", (key,))
               for key in ("title", "timezone") if not isinstance(value.get(key, ""), str)]  # fmt: skip
    zone = value.get("timezone")
    if isinstance(zone, str) and not is_timezone(zone):
        faults.append(document.fault("unknown-zone", f"{zone}: no such time zone", ("timezone",),
                                     hint="write an IANA name such as Europe/Berlin"))  # fmt: skip
    queries = value.get("queries", {})
    if not isinstance(queries, dict) or not all(isinstance(q, str) for q in queries.values()):
        faults.append(
            document.fault("wrong-shape", "queries must be names with texts", ("queries",))
        )
    return faults


def environment_error(
    error: OSError, path: Path, *, action: str = "written"
) -> EnvironmentFaultError:
    """Return the error for an OSError at `path`; `action` is what cannot be done to the file."""
    reason, hint = _MESSAGES.get(error.errno or 0, (os_reason(error), ""))
    message = f"{display_path(path)} cannot be {action}: {reason}"
    return EnvironmentFaultError(message, f"{hint}; {_UNCHANGED}" if hint else _UNCHANGED)


@contextmanager
def translate_os_errors(path: Path) -> Iterator[None]:
    """Raise every OSError of the block as EnvironmentFaultError."""
    try:
        yield
    except OSError as error:
        raise environment_error(error, path) from error


def id_taken(path: Path) -> ConflictError:
    """Return the error for a new file whose name is in use; its code is `id-taken`."""
    return ConflictError(
        f"{display_path(path)} already exists", "choose another --id", code="id-taken"
    )


def changed_meanwhile(path: Path) -> ConflictError:
    """Return the error for a file that changed since it was read; code `changed-meanwhile`."""
    message = f"{display_path(path)} has changed since it was read"
    hint = "nothing was changed by this; run it again"
    return ConflictError(message, hint, code="changed-meanwhile")
