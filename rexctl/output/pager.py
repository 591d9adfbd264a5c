"""The pager: shows on a terminal what is longer than the screen."""

from __future__ import annotations

import io
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import IO, TextIO, cast

from rexctl.output.terminal import terminal_height, terminal_width

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


class PagedStream(io.TextIOBase):
    """A text stream that holds back what fits on the screen, and starts the pager for more."""

    encoding = "utf-8"

    def __init__(self, terminal: TextIO, command: list[str], environ: Mapping[str, str]) -> None:
        self.terminal, self.command, self.environ = terminal, command, environ
        self.pager: subprocess.Popen[str] | None = None
        self._out: IO[str] | None = None  # the pager, or the terminal where it cannot be started
        self._held: list[str] = []
        self._width = terminal_width(terminal, environ) or 80
        self._room = terminal_height(terminal, environ) - 1  # the prompt takes a line

    def write(self, text: str) -> int:
        """Write a text, or hold it back."""
        if self._out is not None:
            return self._out.write(text)
        # A line that is wider than the screen takes several.
        self._room -= text.count("\n") + len(text) // self._width
        self._held.append(text)
        if self._room < 0:
            self._start().write("".join(self._held))
        return len(text)

    def flush(self) -> None:
        """Send on what the pager may show.

        That it has ended is for `write` to say: Rich would turn the terminal into a null device.
        """
        if self._out is not None:
            with suppress(BrokenPipeError):
                self._out.flush()

    def isatty(self) -> bool:
        """Return True: a person reads this."""
        return True

    def fileno(self) -> int:
        """Return the descriptor of the terminal, for its size."""
        return self.terminal.fileno()

    def finish(self) -> None:
        """Write what was held back, or wait until the reader leaves the pager."""
        if self._out is None:
            self.terminal.write("".join(self._held))
        if self._out is None or self.pager is None:
            return
        with suppress(OSError):
            self._out.close()
        while True:
            try:
                self.pager.wait()
                return
            except KeyboardInterrupt:  # less stays open, and so must its terminal
                continue

    def _start(self) -> IO[str]:
        """Start the pager, and return its input; where there is none, the terminal."""
        self._out = self.terminal
        # Of a `less` without options of its own, as git calls it.
        environ = {"LESS": "FRX", "LV": "-c", **self.environ}
        with suppress(OSError):
            self.pager = subprocess.Popen(  # noqa: S603 - the user's own program
                self.command, stdin=subprocess.PIPE, env=environ, text=True, encoding="utf-8",
                errors="backslashreplace",
            )  # fmt: skip
            self._out = self.pager.stdin or self.terminal
        return self._out
