"""Configure a clone, so that git merges events by field and names events in a diff."""

import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from rexctl.errors import InputRefusedError
from rexctl.gitrepo.run import Git
from rexctl.records import Finding
from rexctl.store import writer
from rexctl.store.layout import GIT_ATTRIBUTES
from rexctl.store.log import display_path, find_repository
from rexctl.store.safe_open import read_bytes

ATTRIBUTES = ".gitattributes"
# No textconv: it would start a Python for each file of a diff.
_LINE = f"events/**/*.yaml {GIT_ATTRIBUTES}\n"
_PROBE = "events/2025/2025-10-09-any.yaml"
_DRIVER = "merge.rexctl.driver"
_ARGUMENTS = " git merge-file -- %O %A %B %P"
# git merges by lines where rexctl is gone or crashed. The exit code does not tell that from a
# conflict that rexctl marked: Python without rexctl ends with 1 as well. An unchanged %A does.
_BEFORE = "ours=$(git hash-object --no-filters %A); "
_FALLBACK = (
    ' || { code=$?; test "$ours" = "$(git hash-object --no-filters %A)" || exit $code;'
    ' echo "rexctl did not run; git merges by lines; rexctl doctor names the fix" >&2;'
    " git merge-file -L ours -L base -L theirs --marker-size=%L %A %O %B || exit 1; }"
)
# git heads a hunk with the last matching line above the lines it shows, three before the changed one:
# of fields this is often another than the changed one, but the title is always that of the event.
_HEADING = "^(title: .*)$"


def settings() -> dict[str, str]:
    """Return the settings of git for a clone."""
    return {
        "merge.rexctl.name": "rexctl: events by field, lists by key",
        _DRIVER: f"{_BEFORE}{_program()}{_ARGUMENTS}{_FALLBACK}",
        "diff.rexctl.xfuncname": _HEADING,
    }


def set_up(root: Path) -> list[str]:
    """Write the missing settings for the log at `root`, and return a line for each thing done.

    Raises EnvironmentFaultError where no repository contains the log, and InputRefusedError for a
    file of attributes that cannot be read; then nothing was written.
    """
    git = Git(root)
    if refused := unreadable_attributes(root):
        raise InputRefusedError(refused)
    done = []
    for name, value in settings().items():
        if _setting(git, name) != value:
            git.output("config", "--local", "--replace-all", name, value)
            done.append(f"set {name} to {value}")
    if not _has_attributes(git):
        _write_attributes(root)
        done.append(f"wrote {_LINE.rstrip()} into {ATTRIBUTES}")
    return done


def unreadable_attributes(root: Path) -> list[Finding]:
    """Return a finding for each file of attributes that git would read for an event and cannot.

    git itself blocks for ever where one is a pipe, and ignores one that is a link.
    """
    folder = (root / _PROBE).parent
    top = find_repository(root) or root
    paths = [one / ATTRIBUTES for one in (folder, *folder.parents) if one.is_relative_to(top)]
    present = [path for path in paths if os.path.lexists(path)]
    refused = [read_bytes(path, display_path(path)) for path in present]
    return [one._replace(hint="move it away") for one in refused if isinstance(one, Finding)]


def missing(git: Git) -> Iterator[str]:
    """Yield a sentence for each setting that this clone lacks."""
    driver = _setting(git, _DRIVER)
    program = driver.removeprefix(_BEFORE).removesuffix(_FALLBACK).removesuffix(_ARGUMENTS)
    if _ARGUMENTS not in driver:
        yield "no merge driver: two changes of one event may clash without need"
    elif driver != f"{_BEFORE}{program}{_ARGUMENTS}{_FALLBACK}":
        yield "the merge driver has no fallback: git keeps our side alone where rexctl does not run"
    elif not _exists(program):
        yield f"the program of the merge driver does not exist: {program}"
    if _setting(git, "diff.rexctl.xfuncname") != _HEADING:
        yield "diff.rexctl.xfuncname is not set: git diff does not name the event of a change"
    if not _has_attributes(git):
        yield f"{ATTRIBUTES} does not name the merge driver for events"


def _program() -> str:
    """Return the shell command by which git starts this rexctl.

    The interpreter has its path, since a merge often runs where no venv is active; `-P`, because git
    runs it in the clone, and Python must not import the files there.
    """
    python = Path(sys.executable).as_posix().replace("%", "%%") if sys.executable else ""
    return f"{shlex.quote(python)} -P -m rexctl" if python else "rexctl"


def _exists(program: str) -> bool:
    try:
        return shutil.which(shlex.split(program)[0].replace("%%", "%")) is not None
    except (ValueError, IndexError):  # a quote is left open
        return False


def _setting(git: Git, name: str) -> str:
    """Return a setting of the clone, or ""."""
    value = git.run("config", "--local", "--null", "--get", name).stdout
    return value.decode("utf-8", "replace").partition("\0")[0]


def _has_attributes(git: Git) -> bool:
    values = git.output("check-attr", "-z", "merge", "diff", "--", _PROBE)
    return values.split(b"\0")[2::3] == [b"rexctl", b"rexctl"]


def _write_attributes(root: Path) -> None:
    """Add our line to the end of the log's own file of attributes."""
    path = root / ATTRIBUTES
    before = path.read_bytes() if path.exists() else b""
    end = b"\n" if before and not before.endswith(b"\n") else b""
    writer.overwrite(root, ATTRIBUTES, before + end + _LINE.encode())
