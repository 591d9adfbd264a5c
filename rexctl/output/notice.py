"""Messages on standard error: notices, warnings, errors and findings.

A message that cannot be written (a full or closed standard error) is lost without an exception:
it changes neither the work nor the exit code.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from rexctl.output.terminal import style, terminal_width, wants_color
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rexctl.errors import RexctlError
    from rexctl.records import Finding


def write_notice(text: str, err: TextIO) -> None:
    """Write lines that report no fault."""
    with suppress(OSError):
        err.writelines(clean_line(line) + "\n" for line in text.split("\n"))


def write_warning(text: str, err: TextIO, *, hint: str = "") -> None:
    """Write `warning: TEXT; HINT`."""
    _write_message("warning:", "warning", text, hint, err)


def write_error(error: RexctlError, err: TextIO, *, color: bool | None = None) -> None:
    """Write `error[CODE] MESSAGE; HINT`, the reason why a command ended."""
    _write_message(f"error[{error.code}]", "error", error.message, error.hint, err, color)


def write_findings(findings: Iterable[Finding], err: TextIO) -> None:
    """Write findings by file and position, in the form in which `check` writes them."""
    if ordered := sorted(findings, key=lambda one: one.sort_key):
        from rexctl.output import text

        with suppress(OSError):
            text.write_findings(ordered, err, color=wants_color(err))


def _write_message(
    head: str, level: str, message: str, hint: str, err: TextIO, color: bool | None = None
) -> None:
    from rexctl.output.text import with_message

    color = wants_color(err) if color is None else color
    whole = clean_line(f"{message}; {hint}" if hint else message)
    lines = with_message(style(head, level, color), whole, terminal_width(err), len(head) + 1)
    with suppress(OSError):
        err.writelines(line + "\n" for line in lines)
