"""Entry point of `rexctl` and of `python -m rexctl`: SIGINT ends it quietly with exit code 130."""

from __future__ import annotations

import gc
import os
import sys

# Neither `signal` nor `typing`: loading them takes longer than all that precedes the handler.
from _signal import SIGINT, default_int_handler, getsignal, signal  # type: ignore[import-not-found]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

INTERRUPTED = 130


class Interrupt:
    """Handler of SIGINT: exits while modules load, raises while a command runs, ignores after it."""

    def __init__(self) -> None:
        self.phase = "loading"

    def __call__(self, number: int, frame: object) -> None:
        """Act on one SIGINT. Raises KeyboardInterrupt while a command runs."""
        if self.phase == "loading":
            os._exit(INTERRUPTED)
        if self.phase == "running":
            raise KeyboardInterrupt


def main() -> None:
    """Run the command line and exit with its code."""
    interrupt = Interrupt()
    if getsignal(SIGINT) is default_int_handler:  # a shell's background job ignores SIGINT
        signal(SIGINT, interrupt)
    sys.unraisablehook = report_unraisable
    from rexctl.app import main as cli

    try:
        interrupt.phase = "running"
        cli.main()
    except KeyboardInterrupt:
        os._exit(INTERRUPTED)
    finally:
        interrupt.phase = "done"  # the answer is complete, so that its exit code is true
        gc.freeze()  # what is left is not searched for garbage at exit: 5 % of a `list`


def report_unraisable(unraisable: Any) -> None:
    """Report an exception that cannot be raised; exit where it is an interrupt.

    Python swallows what is raised in a callback of the garbage collector or of the import lock,
    so that an interrupt there would be lost. Files of the log are safe: SIGINT is held back while
    they are written.
    """
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        os._exit(INTERRUPTED)
    sys.__unraisablehook__(unraisable)


if __name__ == "__main__":
    main()
