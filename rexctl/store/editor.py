"""Let a person edit a draft in an editor, until its text has no errors or the person gives up."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from rexctl.errors import EnvironmentFaultError, os_reason
from rexctl.store import drafts
from rexctl.store.atomic import handle_signals
from rexctl.store.drafts import Draft

# Editors that open a file at a line, by how it is written on their command line.
_LINE_FIRST = ("vi", "vim", "nvim", "view", "gvim", "nano", "pico", "emacs", "emacsclient", "micro",
               "kak", "joe", "jed", "mcedit", "ne", "editor", "sensible-editor")  # fmt: skip
_LINE_LAST = {"code": ["--goto"], "codium": ["--goto"], "cursor": ["--goto"], "subl": [], "hx": [],
              "zed": []}  # fmt: skip
# Vim moves a line of YAML whenever a colon is typed, also one in the text of a title.
_STAY = ["-c", "silent! setlocal indentkeys=o,O"]
_FALLBACKS = ("notepad",) if os.name == "nt" else ("sensible-editor", "nano", "vim", "vi")


def edit(
    draft: Draft, check: Callable[[str], str | None], *,
    environ: Mapping[str, str] = os.environ, ask: Callable[[], bool] | None = None, mark: str = "",
) -> None:  # fmt: skip
    """Let a person edit a draft, which stays until it is deleted.

    `check` returns None for a text without errors, else the text with the errors marked, each on a
    line that begins with `mark`; then `ask` returns whether to edit that one again, from the first
    mark on. Without `ask` it is edited once.
    Raises EnvironmentFaultError, naming the draft, where the editor cannot be run, fails, or leaves
    anything but a regular text file.
    """
    with drafts.kept_on_error(draft):
        command = editor_command(environ)
        while True:
            is_vim = "vim" in Path(shutil.which(command[0]) or command[0]).resolve().name
            _run_editor([*command, *_STAY * is_vim, *_file_arguments(command, draft.path, mark)])
            marked = check(drafts.read(draft.path))
            if marked is None:
                return
            drafts.replace(draft.path, marked)
            if ask is None or not ask():
                return


def has_editor(environ: Mapping[str, str]) -> bool:
    """Return whether the environment names an editor, which may be one that needs no terminal."""
    return any(environ.get(name, "").strip() for name in ("VISUAL", "EDITOR"))


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """Return the words of VISUAL, else EDITOR, split as a shell would; else a usual editor.

    Raises EnvironmentFaultError.
    """
    for name in ("VISUAL", "EDITOR"):
        if value := environ.get(name, "").strip():
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


def _file_arguments(command: list[str], draft: Path, mark: str) -> list[str]:
    """Return the words that open a draft, at the line below its first marks where there are any."""
    lines = drafts.read(draft).split("\n")
    marked = [number for number, line in enumerate(lines, 1) if mark and line.startswith(mark)]
    name = Path(command[0]).name.casefold().removesuffix(".exe")
    if not marked:
        return [str(draft)]
    first = next(number for number in range(marked[0], len(lines) + 2) if number not in marked)
    if name in _LINE_LAST:
        return [*_LINE_LAST[name], f"{draft}:{first}"]
    return [f"+{first}", str(draft)] if name in _LINE_FIRST else [str(draft)]


def _run_editor(command: list[str]) -> None:
    """Run the editor, without a shell."""
    # It draws on the terminal also where stdout is captured: id=$(rexctl add tariff -e)
    out = None if os.isatty(1) else 2
    try:
        # In an editor Ctrl-C does not mean to quit. It would inherit SIG_IGN, but no handler.
        with handle_signals(("SIGINT", "SIGQUIT"), lambda *_: None):
            done = subprocess.run(command, check=False, stdout=out)  # noqa: S603
    except OSError as error:
        message = f"{command[0]}: {os_reason(error)}"
        raise EnvironmentFaultError(message, "set EDITOR to your editor") from error
    if done.returncode:
        how = f"code {done.returncode}" if done.returncode > 0 else f"signal {-done.returncode}"
        raise EnvironmentFaultError(f"{command[0]} ended with {how}; nothing was written")
