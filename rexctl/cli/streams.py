"""Standard output and standard error that may be closed, full, or a broken pipe."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def discard(stream: Any) -> None:
    """Let a stream that cannot be written to lead to nowhere, with all that is buffered.

    Otherwise the interpreter would write the rest at exit, fail, and end with 120.
    """
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class ClosedStdout:
    """Stands for a stdout that was closed before the start: writing to it is an error."""

    encoding = "utf-8"

    def write(self, _: str) -> int:
        """Raise OSError: an answer has no place to go."""
        raise OSError(errno.EBADF, "closed", "stdout")

    def writelines(self, lines: Iterable[str]) -> None:
        """Write all lines."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Do nothing: nothing is buffered."""

    def isatty(self) -> bool:
        """Return False."""
        return False

    def fileno(self) -> int:
        """Raise OSError: there is no descriptor."""
        raise OSError(errno.EBADF, "closed", "stdout")


class NoticeStream:
    """A stderr that loses what cannot be written: a lost notice changes no exit code."""

    def __init__(self, stream: Any) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write, or close the stream for good where that fails."""
        try:
            return int(self.stream.write(text))
        except (OSError, ValueError, AttributeError):
            self._discard()
            return len(text)

    def flush(self) -> None:
        """Flush, or close the stream for good where that fails."""
        try:
            self.stream.flush()
        except (OSError, ValueError, AttributeError):
            self._discard()

    def writelines(self, lines: Iterable[str]) -> None:
        """Write all lines."""
        for line in lines:
            self.write(line)

    def isatty(self) -> bool:
        """Tell whether stderr is a terminal."""
        return self.stream is not None and bool(self.stream.isatty())

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)

    def _discard(self) -> None:
        if self.stream is not None:
            discard(self.stream)
