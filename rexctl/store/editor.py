"""A text in the person's editor: checked when saved, edited again if need be, never thrown away."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rexctl.errors import EnvironmentFaultError, RexctlError
from rexctl.store import os_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_USUAL = ("notepad",) if os.name == "nt" else ("sensible-editor", "nano", "vim", "vi")


def edit(
    text: str, suffix: str, check: Callable[[str], str | None], *,
    environ: Mapping[str, str] = os.environ, again: bool = False,
    ask: Callable[[], bool] | None = None,
) -> Path:  # fmt: skip
    """Let a person edit `text`; gives the path of the draft, which stays until it is discarded.

    `check` gives None for a text that will do, else the text with its faults marked. Where
    `again`, a person is asked whether to go on editing that one (`ask` puts the question).
    Raises EnvironmentFaultError, naming the draft, where the editor cannot be run or fails.
    """
    command = command_of(environ)
    draft = _new_draft(text, suffix)
    with _naming(draft):
        while True:
            _run(command, draft)
            marked = check(_typed(draft))
            if marked is None:
                return draft
            _put(draft, marked)
            if not again or not (ask or _ask)():
                return draft


def discard(draft: Path) -> None:
    """Throw a draft away, with whatever the editor has put beside it."""
    shutil.rmtree(draft.parent, ignore_errors=True)


@contextmanager
def keeping(draft: Path) -> Iterator[None]:
    """Discard the draft after the block; where that fails, keep it and say where it lies."""
    with _naming(draft):
        yield
    discard(draft)


def command_of(environ: Mapping[str, str]) -> list[str]:
    """Give the editor's words: of VISUAL, else EDITOR, split as a shell would; else a usual one.

    Raises EnvironmentFaultError.
    """
    for name in ("VISUAL", "EDITOR"):
        given = environ.get(name, "").strip()
        if given:
            return _split(name, given)
    for usual in _USUAL:
        if found := shutil.which(usual, path=environ.get("PATH")):
            return [found]
    raise EnvironmentFaultError("no editor found", "set EDITOR to the one you use: EDITOR=nano")


def _split(name: str, given: str) -> list[str]:
    if os.name == "nt":  # there a backslash parts folders and quotes nothing
        words = [word.strip('"') for word in shlex.split(given, posix=False)]
    else:
        try:
            words = shlex.split(given)
        except ValueError:
            raise EnvironmentFaultError(f"{name}: {given}: a quote is left open",
                                        f"mend {name}") from None  # fmt: skip
    if not words or not words[0]:
        raise EnvironmentFaultError(f"{name}: {given}: names no program", f"mend {name}")
    return words


@contextmanager
def _naming(draft: Path) -> Iterator[None]:
    """Say with every error that leaves the block where the text lies."""
    try:
        yield
    except BaseException as error:
        told = f"your text is in {draft}" if draft.exists() else ""
        if isinstance(error, RexctlError):
            error.hint = "; ".join(filter(None, [error.hint, told]))
        elif told:
            sys.stderr.write(f"\n{told}\n")
        raise


def _new_draft(text: str, suffix: str) -> Path:
    """Write the text into a folder that only its owner can open."""
    with os_errors.telling(Path(f"draft{suffix}")):
        draft = Path(tempfile.mkdtemp(prefix="rexctl-draft-")) / f"draft{suffix}"
        draft.write_text(text, encoding="utf-8", newline="\n")
    return draft


def _run(command: list[str], draft: Path) -> None:
    """Run the editor on the draft, without a shell."""
    # It draws on the terminal also where stdout is caught: id=$(rexctl add tariff -e)
    out = None if os.isatty(1) else 2
    try:
        with _deaf():
            done = subprocess.run([*command, str(draft)], check=False, stdout=out)  # noqa: S603
    except OSError as fault:
        why = (fault.strerror or str(fault)).lower()
        raise EnvironmentFaultError(f"{command[0]}: {why}", "set EDITOR to your editor") from fault
    if done.returncode:
        ended = f"code {done.returncode}" if done.returncode > 0 else f"signal {-done.returncode}"
        raise EnvironmentFaultError(f"{command[0]} ended with {ended}; nothing was logged")


@contextmanager
def _deaf() -> Iterator[None]:
    """Leave Ctrl-C to the editor, which means something else by it than giving up."""
    before = {}
    try:
        for name in ("SIGINT", "SIGQUIT"):
            if hasattr(signal, name):
                number = getattr(signal, name)
                # A handler, not SIG_IGN: the editor would inherit that.
                before[number] = signal.signal(number, lambda *_: None)
    except ValueError:  # not the main thread, to which signals come
        pass
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _typed(draft: Path) -> str:
    try:
        with os_errors.telling(draft, doing="read"):
            return draft.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise EnvironmentFaultError("the draft is not saved as UTF-8; nothing was logged") from None


def _put(draft: Path, text: str) -> None:
    """Put the marked text in place of the typed one, which stays until that is done."""
    marked = draft.with_name(f".marked{draft.suffix}")
    with os_errors.telling(draft):
        marked.write_text(text, encoding="utf-8", newline="\n")
        marked.replace(draft)


def _ask() -> bool:
    sys.stderr.write("There are faults, marked in the text. Edit again? [Y/n] ")
    sys.stderr.flush()
    answer = sys.stdin.readline()
    return bool(answer) and answer.strip().casefold() in ("", "y", "yes")
