"""The entry point: runs one command and turns every error into an exit code and a message."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import TYPE_CHECKING

from rexctl.app import fast_path
from rexctl.errors import EnvironmentFaultError, InputRefusedError, RexctlError, os_reason

if TYPE_CHECKING:
    from collections.abc import Sequence

COMPLETE = "_REXCTL_COMPLETE"
_BUG, _INTERRUPTED, _BROKEN_PIPE = 70, 130, 141


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line, and end the process with its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is None:  # no other file may get the descriptor of a closed stream
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or ClosedStdout()
    sys.stderr = sys.stderr or io.StringIO()
    code = run(words)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            from rexctl.cli.context import discard

            if stream is sys.stdout:  # a lost notice changes no exit code
                code = _stream_error(error, code)
            discard(stream)
    sys.exit(code)


class ClosedStdout(io.TextIOBase):
    """The stdout of a process that was started without one: writing to it is an error."""

    encoding = "utf-8"

    def write(self, _: str) -> int:
        """Raise OSError: an answer has no place to go."""
        raise OSError(errno.EBADF, "closed", "stdout")


def run(words: Sequence[str]) -> int:
    """Run one command and return the exit code; every error is reported on stderr."""
    for stream in (sys.stdout, sys.stderr):
        # Text of the log is UTF-8 whatever the locale; a lone surrogate is escaped.
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        return _run(list(words))
    except RexctlError as error:
        return _report(error)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        return _BROKEN_PIPE
    except OSError as error:
        return _stream_error(error, _BUG)
    except SystemExit as end:
        return int(end.code or 0)
    except Exception as error:  # a bug is reported in one line and a file, never as a traceback
        return _bug(error, words)


def _run(words: list[str]) -> int:
    if COMPLETE in os.environ:
        from rexctl.app import parser
        from rexctl.cli import complete

        complete.answer(parser.root(), os.environ[COMPLETE])
        return 0
    if words in (["--version"], ["-V"]):
        words = ["version"]
    code = fast_path.run_plain(words)
    if code is NotImplemented:
        from rexctl.app import parser

        code = parser.run(words)
    return code if isinstance(code, int) else 0


def _report(error: RexctlError) -> int:
    from rexctl.output import notice

    if isinstance(error, InputRefusedError):
        notice.write_findings(error.findings, sys.stderr)
    for one in error.errors or (error,):
        notice.write_error(one, sys.stderr)
    return error.exit_code


def _stream_error(error: OSError, code: int) -> int:
    """Report an error of a stream or a file; `code` is returned for one without a number."""
    if isinstance(error, BrokenPipeError):
        return _BROKEN_PIPE
    if error.errno is None:
        return code
    path = f"{error.filename}: " if error.filename else ""
    return _report(EnvironmentFaultError(f"{path}{os_reason(error)}"))


def _bug(error: Exception, words: Sequence[str]) -> int:
    path = write_crash_report(error, words)
    return _report(RexctlError(f"{type(error).__name__}: {error}", f"details are in {path}"))


def write_crash_report(error: Exception, words: Sequence[str]) -> str:
    """Write command line, Python version and traceback to a new file and return its path."""
    import tempfile
    import traceback

    lines = [f"rexctl {' '.join(words)}", f"Python {sys.version}", ""]
    lines += traceback.format_exception(error)
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="rexctl-bug-", suffix=".log", delete=False, encoding="utf-8"
        ) as file:
            file.write("\n".join(lines))
        return file.name
    except OSError:
        return "no file: it could not be written"
