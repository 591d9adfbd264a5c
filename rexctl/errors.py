"""The errors that end a command: each class has an exit code; each error a message and a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rexctl.records import Finding

_LONGEST_QUOTE = 200


def quote(text: str) -> str:
    """Return a text of the user as a message repeats it: the beginning of one that is very long."""
    if len(text) <= _LONGEST_QUOTE:
        return text
    return f"{text[: _LONGEST_QUOTE // 2]}... ({len(text)} characters)"


class RexctlError(Exception):
    """The base of all errors: `code` is a stable name, `exit_code` what the process returns."""

    exit_code = 70
    code = "bug"

    def __init__(self, message: str, hint: str = "", *, code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or self.code


class UsageError(RexctlError):
    """A word, an option or a value on the command line that is wrong or missing."""

    exit_code = 2
    code = "usage-error"


class UnknownWordError(UsageError):
    """A name that is not one of `choices`; the hint names the nearest one, else it is `see`."""

    def __init__(self, what: str, given: str, choices: Iterable[str], *, see: str = "") -> None:
        super().__init__(f"{quote(given)}: no such {what}", did_you_mean(given, choices) or see)
        self.code = f"unknown-{what.replace(' ', '-').lower()}"


class BadValueError(UsageError):
    """A value that its option or field cannot have."""

    code = "bad-value"

    def __init__(self, given: str, why: str, hint: str = "") -> None:
        super().__init__(f"{quote(given)}: {why}", hint)


class SeveralFaultsError(UsageError):
    """Several wrong values of one command line, each reported on a line of its own."""

    code = "bad-value"

    def __init__(self, errors: Sequence[UsageError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = tuple(errors)


class MissingFlagsError(UsageError):
    """Options that the command needs and that are missing, all named at once."""

    code = "missing-flags"

    def __init__(self, flags: Sequence[str], hint: str = "") -> None:
        super().__init__(f"missing {', '.join(flags)}", hint)
        self.flags = tuple(flags)


class InputRefusedError(RexctlError):
    """A file, a form or standard input with errors; nothing was written."""

    exit_code = 3
    code = "input-refused"

    def __init__(self, findings: Sequence[Finding], message: str = "nothing written") -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class NoSuchEventError(RexctlError):
    """A text that selects no event, or more than one: then `candidates` are their ids."""

    exit_code = 4
    code = "no-such-event"

    def __init__(self, given: str, candidates: Sequence[str] = (), hint: str = "") -> None:
        if candidates:
            listed = ", ".join(candidates[:10]) + (", ..." if len(candidates) > 10 else "")
            super().__init__(f"{quote(given)}: matches {len(candidates)} events", listed)
            self.code = "ambiguous-id"
        else:
            super().__init__(f"{quote(given)}: no such event", hint)


class ConflictError(RexctlError):
    """The id is in use, or the file was changed or locked by another process."""

    exit_code = 5
    code = "conflict"


class NoLogError(RexctlError):
    """No log was found; the message names each file that was looked for."""

    exit_code = 7
    code = "no-log"

    def __init__(self, looked: Sequence[str]) -> None:
        super().__init__(f"no log found; looked at {', '.join(looked)}", "rexctl init makes one")


class EnvironmentFaultError(RexctlError):
    """A full disk, missing rights, a missing program and the like. Nothing was changed."""

    exit_code = 7
    code = "environment"
