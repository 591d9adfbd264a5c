"""What is said to a person on stderr: notices, warnings, errors and findings."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, TextIO

from rexctl.output import paint
from rexctl.values.safe_text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rexctl.errors import RexctlError
    from rexctl.records import Finding


def note(text: str, err: TextIO, *, color: bool | None = None) -> None:
    """Say something that is no fault; each line of the text is made harmless."""
    del color  # a notice is plain: colour is for what went wrong
    err.writelines(clean_line(line) + "\n" for line in text.split("\n"))


def warn(text: str, err: TextIO, *, hint: str = "", color: bool | None = None) -> None:
    """Say something that went on all the same: `warning: text; hint`."""
    _say("warning", "", text, hint, err, color)


def error(fault: RexctlError, err: TextIO, *, color: bool | None = None) -> None:
    """Say why a command ended: `error[code] message; hint`."""
    _say("error", fault.code, fault.message, fault.hint, err, color)


def findings(found: Iterable[Finding], err: TextIO, *, color: bool | None = None) -> None:
    """Tell findings by place, in the form that `check` has on stdout."""
    colored = paint.wanted(err) if color is None else color
    ordered = sorted(found, key=lambda finding: finding.place)
    import_module("rexctl.output.findings").tell(ordered, err, color=colored)


def _say(
    level: str, code: str, message: str, hint: str, err: TextIO, color: bool | None
) -> None:  # fmt: skip
    colored = paint.wanted(err) if color is None else color
    head = paint.paint(f"{level}[{code}]" if code else f"{level}:", level, colored)
    tail = f"; {clean_line(hint)}" if hint else ""
    err.write(f"{head} {clean_line(message)}{tail}\n")
