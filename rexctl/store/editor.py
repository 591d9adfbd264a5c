"""Let a person edit a text in an editor; the draft lies in the state folder until it is used.

A draft is never deleted before its text was written to the log. `find_drafts` lists those that
are left, for `doctor`.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rexctl.errors import EnvironmentFaultError, RexctlError
from rexctl.store import os_errors
from rexctl.store.log import state_folder
from rexctl.store.transaction import handle_signals

_FALLBACKS = ("notepad",) if os.name == "nt" else ("sensible-editor", "nano", "vim", "vi")


def edit(
    text: str, suffix: str, check: Callable[[str], str | None], *,
    environ: Mapping[str, str] = os.environ, again: bool = False,
    ask: Callable[[], bool] | None = None,
) -> Path:  # fmt: skip
    """Let a person edit `text`; return the path of the draft, which stays until it is deleted.

    `check` returns None for a text without errors, else the text with the errors marked. With
    `again` the person is asked (by `ask`) whether to edit that one again.
    Raises EnvironmentFaultError, naming the draft, where the editor cannot be run or fails.
    """
    command = editor_command(environ)
    draft = _create_draft(text, suffix, environ)
    with _name_draft_on_error(draft):
        while True:
            _run_editor(command, draft)
            marked = check(_read_draft(draft))
            if marked is None:
                return draft
            _replace_draft(draft, marked)
            if not again or not (ask or _ask_again)():
                return draft


def delete_draft(draft: Path) -> None:
    """Delete a draft, with the files that the editor has put beside it."""
    shutil.rmtree(draft.parent, ignore_errors=True)


@contextmanager
def draft_until_done(draft: Path) -> Iterator[None]:
    """Delete the draft after the block; where the block raises, keep it and name its path."""
    with _name_draft_on_error(draft):
        yield
    delete_draft(draft)


def find_drafts(environ: Mapping[str, str]) -> list[Path]:
    """Return the drafts whose text was not written to a log, oldest first."""
    folder = _drafts_folder(environ)
    drafts = folder.glob("*/draft.*") if folder else ()
    return sorted(drafts, key=lambda path: path.lstat().st_mtime)


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """Return the words of VISUAL, else EDITOR, split as a shell would; else a usual editor.

    Raises EnvironmentFaultError.
    """
    for name in ("VISUAL", "EDITOR"):
        value = environ.get(name, "").strip()
        if value:
            return _split_command(name, value)
    for fallback in _FALLBACKS:
        if path := shutil.which(fallback, path=environ.get("PATH")):
            return [path]
    raise EnvironmentFaultError("no editor found", "set EDITOR to your editor: EDITOR=nano")


def _split_command(name: str, value: str) -> list[str]:
    if os.name == "nt":  # there a backslash separates folders and quotes nothing
        words = [word.strip('"') for word in shlex.split(value, posix=False)]
    else:
        try:
            words = shlex.split(value)
        except ValueError:
            raise EnvironmentFaultError(f"{name}: {value}: a quote is not closed",
                                        f"correct {name}") from None  # fmt: skip
    if not words or not words[0]:
        raise EnvironmentFaultError(f"{name}: {value}: names no program", f"correct {name}")
    return words


@contextmanager
def _name_draft_on_error(draft: Path) -> Iterator[None]:
    """Add the path of the draft to every error of the block."""
    try:
        yield
    except BaseException as error:
        message = f"your text is in {draft}" if draft.exists() else ""
        if isinstance(error, RexctlError):
            error.hint = "; ".join(filter(None, [error.hint, message]))
        elif message:
            sys.stderr.write(f"\n{message}\n")
        raise


def _drafts_folder(environ: Mapping[str, str]) -> Path | None:
    state = state_folder(environ)
    return state / "drafts" if state else None


def _create_draft(text: str, suffix: str, environ: Mapping[str, str]) -> Path:
    """Write the text into a folder that only its owner can open."""
    drafts = _drafts_folder(environ)
    with os_errors.translate(drafts or Path(f"draft{suffix}")):
        if drafts:
            drafts.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Without a home folder the draft is in the temporary folder.
        draft = Path(tempfile.mkdtemp(prefix="rexctl-draft-", dir=drafts)) / f"draft{suffix}"
        draft.write_text(text, encoding="utf-8", newline="\n")
    return draft


def _run_editor(command: list[str], draft: Path) -> None:
    """Run the editor on the draft, without a shell."""
    # It draws on the terminal also where stdout is captured: id=$(rexctl add tariff -e)
    out = None if os.isatty(1) else 2
    try:
        # In an editor Ctrl-C does not mean to quit. It would inherit SIG_IGN, but no handler.
        with handle_signals(("SIGINT", "SIGQUIT"), lambda *_: None):
            done = subprocess.run([*command, str(draft)], check=False, stdout=out)  # noqa: S603
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"{command[0]}: {reason}"
        raise EnvironmentFaultError(message, "set EDITOR to your editor") from error
    if done.returncode:
        how = f"code {done.returncode}" if done.returncode > 0 else f"signal {-done.returncode}"
        raise EnvironmentFaultError(f"{command[0]} ended with {how}; nothing was written")


def _read_draft(draft: Path) -> str:
    try:
        with os_errors.translate(draft, action="read"):
            return draft.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise EnvironmentFaultError("the draft is not UTF-8; nothing was written",
                                    "save it as UTF-8") from None  # fmt: skip


def _replace_draft(draft: Path, text: str) -> None:
    """Replace the draft by the marked text; the typed one stays until that is complete."""
    marked = draft.with_name(f".marked{draft.suffix}")
    with os_errors.translate(draft):
        marked.write_text(text, encoding="utf-8", newline="\n")
        marked.replace(draft)


def _ask_again() -> bool:
    sys.stderr.write("The text has errors; they are marked in it. Edit again? [Y/n] ")
    sys.stderr.flush()
    answer = sys.stdin.readline()
    return bool(answer) and answer.strip().casefold() in ("", "y", "yes")
