"""The door: hands the words to one command, and turns whatever goes wrong into an exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from rexctl import registry
from rexctl.errors import EnvironmentFaultError, InputRefusedError, RexctlError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMPLETE = "_REXCTL_COMPLETE"
_INTERRUPTED, _BUG = 130, 70


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line, and leave the process with its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller: what is said goes nowhere
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    code = run(words)
    try:
        sys.stdout.flush()
    except OSError as fault:
        code = _closed_or_full(fault, code)
        # What is still buffered has nowhere to go; the interpreter must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def run(words: list[str]) -> int:
    """Run one command and give the exit code; everything wrong is told on stderr."""
    for stream in (sys.stdout, sys.stderr):
        # Text of the log is UTF-8 whatever the locale says; a lone surrogate is spelled out.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        return _answer(words)
    except RexctlError as fault:
        return _told(fault)
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        return 141
    except OSError as fault:
        return _closed_or_full(fault, _BUG)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    except Exception as fault:  # the last door: a bug is one line and a file, never a traceback
        return _usage(fault) or _bug(fault, words)


def _answer(words: list[str]) -> int:
    if COMPLETE in os.environ:
        done: int = registry.load("rexctl.cli.complete").answer(words, os.environ[COMPLETE])
        return done
    if words in (["version"], ["--version"], ["-V"]):
        registry.load("rexctl.commands.version").told()
        return 0
    code = NotImplemented
    if registry.reads(words):
        code = registry.load("rexctl.app.fast_path").answer(words)
    if code is NotImplemented:
        code = registry.load("rexctl.app.group").invoke(words)
    return code if isinstance(code, int) else 0


def _told(fault: RexctlError) -> int:
    notice = registry.load("rexctl.output.notice")
    if isinstance(fault, InputRefusedError):
        notice.write_findings(fault.findings, sys.stderr)
    for one in getattr(fault, "errors", None) or (fault,):
        notice.write_error(one, sys.stderr)
    return fault.exit_code


def _usage(fault: Exception) -> int:
    """Tell what the parser of the command line found, in our form; 0 where it was not the parser."""
    if not hasattr(fault, "format_message"):
        return _INTERRUPTED if type(fault).__name__ == "Abort" else 0
    return _told(registry.load("rexctl.app.usage_errors").translated(fault))


def _closed_or_full(fault: OSError, code: int) -> int:
    if isinstance(fault, BrokenPipeError):
        return 141
    if fault.errno is None:
        return code
    why = (fault.strerror or str(fault)).lower()
    where = f"{fault.filename}: " if fault.filename else ""
    return _told(EnvironmentFaultError(f"{where}{why}"))


def _bug(fault: Exception, words: list[str]) -> int:
    where = registry.load("rexctl.app.crash_report").kept(fault, words)
    error: Any = RexctlError(f"{type(fault).__name__}: {fault}", f"the details lie in {where}")
    return _told(error)


if __name__ == "__main__":
    main()
