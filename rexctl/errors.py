"""Every way a command can end badly: an error carries its exit code, its sentence and a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rexctl.records import Finding


class RexctlError(Exception):
    """The root of all: `code` is the stable name, `exit_code` the process's answer."""

    exit_code = 70
    code = "bug"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class AskedWronglyError(RexctlError):
    """A word, a flag or a value on the command line that cannot be understood."""

    exit_code = 2
    code = "asked-wrongly"


class UnknownWordError(AskedWronglyError):
    """A name that is not one of the legal ones."""

    def __init__(self, what: str, given: str, choices: Iterable[str], *, see: str = "") -> None:
        super().__init__(f"{given}: no such {what}", did_you_mean(given, choices) or see)
        self.code = f"unknown-{what.replace(' ', '-').lower()}"


class BadValueError(AskedWronglyError):
    """A value that its flag or field cannot take."""

    code = "bad-value"

    def __init__(self, given: str, why: str, hint: str = "") -> None:
        super().__init__(f"{given}: {why}", hint)


class SeveralFaultsError(AskedWronglyError):
    """Several values of one command line that cannot be taken, each told on a line of its own."""

    code = "bad-value"

    def __init__(self, errors: Sequence[AskedWronglyError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = tuple(errors)


class MissingFlagsError(AskedWronglyError):
    """Flags without which the command cannot run, all named at once."""

    code = "missing-flags"

    def __init__(self, flags: Sequence[str], hint: str = "") -> None:
        super().__init__(f"missing {', '.join(flags)}", hint)
        self.flags = tuple(flags)


class InputRefusedError(RexctlError):
    """A file, a form or standard input that holds faults; nothing was written."""

    exit_code = 3
    code = "input-refused"

    def __init__(self, findings: Sequence[Finding], message: str = "nothing written") -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class NoSuchEventError(RexctlError):
    """An id that names no event, or the beginning of several."""

    exit_code = 4
    code = "no-such-event"

    def __init__(self, given: str, candidates: Sequence[str] = (), hint: str = "") -> None:
        if candidates:
            super().__init__(f"{given}: begins {len(candidates)} ids", ", ".join(candidates[:10]))
            self.code = "ambiguous-id"
        else:
            super().__init__(f"{given}: no such event", hint)


class ConflictError(RexctlError):
    """Something else holds the id, the file or the lock."""

    exit_code = 5
    code = "conflict"


class NoLogError(RexctlError):
    """No log was found; every place looked at is named."""

    exit_code = 7
    code = "no-log"

    def __init__(self, looked: Sequence[str]) -> None:
        super().__init__(f"no log found; looked at {', '.join(looked)}", "rexctl init makes one")


class EnvironmentFaultError(RexctlError):
    """The machine said no: a full disk, no rights, a missing program. Nothing was changed."""

    exit_code = 7
    code = "environment"
