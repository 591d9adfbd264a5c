"""The pager: shows on a terminal what is longer than the screen."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, TextIO, cast

from rexctl.output.terminal import terminal_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_DEFAULT = "less -FRX"


def pager_command(environ: Mapping[str, str]) -> list[str]:
    """Return the words of `$PAGER`, `less -FRX` by default; none where nothing is to be paged."""
    if environ.get("TERM", "dumb") == "dumb":
        return []
    try:
        words = shlex.split(environ.get("PAGER", _DEFAULT))
    except ValueError:  # an open quote
        return []
    return [] if words == ["cat"] else words


@contextmanager
def paged(environ: Mapping[str, str]) -> Iterator[None]:
    """Within the block, send stdout to the pager as soon as it is longer than the screen.

    Notices on the same terminal follow the answer into it. A reader who leaves the pager ends the
    block without an error.
    """
    command = pager_command(environ)
    if not command or not sys.stdout.isatty():
        yield
        return
    stdout, stderr = sys.stdout, sys.stderr
    stream = PagedStream(stdout, command, environ)
    sys.stdout = cast("TextIO", stream)
    if stderr.isatty():
        sys.stderr = cast("TextIO", stream)
    try:
        yield
    except BrokenPipeError:
        if stream.pager is None:
            raise
    finally:
        sys.stdout, sys.stderr = stdout, stderr
        stream.finish()


class PagedStream:
    """A text stream that holds back what fits on the screen, and starts the pager for more."""

    def __init__(self, terminal: TextIO, command: list[str], environ: Mapping[str, str]) -> None:
        self.terminal, self.command, self.environ = terminal, command, environ
        self.encoding = "utf-8"
        self.pager: subprocess.Popen[str] | None = None
        self._held: list[str] = []
        self._width = terminal_width(terminal, environ) or 80
        self._room = _height(terminal, environ) - 1  # the prompt takes a line

    def write(self, text: str) -> int:
        """Write a text, or hold it back."""
        if self.pager is None:
            # A line that is wider than the screen takes several.
            self._room -= text.count("\n") + len(text) // self._width
            self._held.append(text)
            if self._room < 0:
                self._start()
        else:
            self._input.write(text)
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write all texts."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Send on what the pager may show.

        That it has ended is for `write` to say: Rich would turn the terminal into a null device.
        """
        if self.pager is not None:
            with suppress(BrokenPipeError):
                self._input.flush()

    def isatty(self) -> bool:
        """Return True: a person reads this."""
        return True

    def fileno(self) -> int:
        """Return the descriptor of the terminal, for its size."""
        return self.terminal.fileno()

    def finish(self) -> None:
        """Write what was held back, or wait until the reader leaves the pager."""
        if self.pager is None:
            self.terminal.write("".join(self._held))
            return
        with suppress(OSError):
            self._input.close()
        while True:
            try:
                self.pager.wait()
                return
            except KeyboardInterrupt:  # less stays open, and so must its terminal
                continue

    @property
    def _input(self) -> IO[str]:
        assert self.pager is not None and self.pager.stdin is not None  # noqa: S101
        return self.pager.stdin

    def _start(self) -> None:
        """Start the pager with what was held back; where there is none, write to the terminal."""
        # Of a `less` without options of its own, as git calls it.
        environ = {"LESS": "FRX", "LV": "-c", **self.environ}
        try:
            self.pager = subprocess.Popen(  # noqa: S603 - the user's own program
                self.command, stdin=subprocess.PIPE, env=environ, text=True, encoding="utf-8",
                errors="backslashreplace",
            )  # fmt: skip
        except OSError:
            self.terminal.write("".join(self._held))
            self._held, self._room = [], sys.maxsize
            return
        self._input.write("".join(self._held))
        self._held = []


def _height(terminal: TextIO, environ: Mapping[str, str]) -> int:
    """Return the lines of the screen."""
    lines = environ.get("LINES", "")
    if lines.isascii() and lines.isdigit():
        return int(lines)
    try:
        return os.get_terminal_size(terminal.fileno()).lines
    except (OSError, ValueError):
        return 24
