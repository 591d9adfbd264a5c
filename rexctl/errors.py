"""Exceptions that end a command: one class for each exit code above 1.

Each carries a `code` that `rexctl help CODE` explains, a message that begins with the offending
text, and a hint that says what to do. The functions below make the common usage errors.
Exit code 1 (check failed) and 6 (partial answer) are returned by commands, not raised. Only an
UnknownCodeError ends no command: the caller says where the code is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from rexctl.records import Finding
from rexctl.values.dates import BadDateError
from rexctl.values.suggest import did_you_mean

NO_LOG = "no-log"
_MAX_CANDIDATES = 10
_MAX_QUOTE = 120  # characters


def quote(text: str) -> str:
    """Return a user's text as a message repeats it: shortened where it is very long."""
    if len(text) <= _MAX_QUOTE:
        return text
    return f"{text[: _MAX_QUOTE // 2]}... ({len(text)} characters)"


def os_reason(error: OSError) -> str:
    """Return why the system refused something, to stand within a sentence."""
    return (error.strerror or str(error)).lower()


class RexctlError(Exception):
    """Base class of all errors; raised itself only for a bug (exit code 70)."""

    exit_code = 70
    code = "bug"
    errors: Sequence[RexctlError] = ()  # where there are several, each is printed on its own line

    def __init__(self, message: str, hint: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code or self.code

    @property
    def sentence(self) -> str:
        """The message with the hint after it."""
        return f"{self.message}; {self.hint}" if self.hint else self.message


class UsageError(RexctlError):
    """A word, option or value on the command line that cannot be used, or one that is missing."""

    exit_code = 2
    code = "usage-error"

    def __init__(
        self, message: str, hint: str = "", code: str = "", errors: Sequence[UsageError] = ()
    ) -> None:
        super().__init__(message, hint, code)
        self.errors = tuple(errors)


class InputRefusedError(RexctlError):
    """A file, a form or standard input with errors in it; nothing was written."""

    exit_code = 3
    code = "input-refused"

    def __init__(self, findings: Sequence[Finding], message: str = "nothing written") -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class NoSuchEventError(RexctlError):
    """A text that selects no event, or several: then `candidates` are their ids."""

    exit_code = 4
    code = "no-such-event"

    def __init__(self, text: str, candidates: Sequence[str] = (), hint: str = "") -> None:
        self.text = text
        if candidates:
            shown = ", ".join(candidates[:_MAX_CANDIDATES])
            more = ", ..." if len(candidates) > _MAX_CANDIDATES else ""
            events = "1 event" if len(candidates) == 1 else f"{len(candidates)} events"
            message = f"{quote(text)}: matches {events}"
            super().__init__(message, shown + more, "ambiguous-id")
        else:
            super().__init__(f"{quote(text)}: no such event", hint)


class ConflictError(RexctlError):
    """The id, the file or the lock is in use by something else."""

    exit_code = 5
    code = "conflict"


class EnvironmentFaultError(RexctlError):
    """The environment prevents the command: no log, a full disk, no rights, a missing program.

    Nothing was changed.
    """

    exit_code = 7
    code = "environment"


class UnknownCodeError(ValueError):
    """A code or a name that the vocabulary lacks; `suggestion` is the nearest one, or empty.

    Several codes that may be meant have blanks between them. It may be a function, called when the
    message is shown: to find the nearest code for each of thousands of unknown ones takes long.
    `what` is what is unknown, where that is not the code itself but its scheme.
    """

    def __init__(
        self, text: str, reason: str = "no such code", suggestion: str | Callable[[], str] = "",
        what: str = "",
    ) -> None:  # fmt: skip
        super().__init__(f"{text}: {reason}")
        self.text, self.reason, self._suggestion = text, reason, suggestion
        self.what = what

    @property
    def suggestion(self) -> str:
        """The nearest code, or an empty text."""
        return self._suggestion if isinstance(self._suggestion, str) else self._suggestion()


def bad_value(text: str, reason: str, hint: str = "", code: str = "bad-value") -> UsageError:
    """Return the error for a value that its option or field cannot take: `TEXT: REASON`."""
    return UsageError(f"{quote(text)}: {reason}", hint, code)


def bad_range(error: BadDateError) -> UsageError:
    """Return the error for a text that is not a date or a range of dates."""
    return bad_value(error.text, error.reason, error.hint)


def unknown_name(kind: str, text: str, choices: Iterable[str], *, see: str = "") -> UsageError:
    """Return the error for a name that is not one of `choices`: `TEXT: no such KIND`.

    The hint is the nearest choice, or `see` where none is near. The code is `unknown-KIND`.
    """
    code = f"unknown-{kind.replace(' ', '-').lower()}"
    return UsageError(f"{quote(text)}: no such {kind}", did_you_mean(text, choices) or see, code)


def require_name(kind: str, text: str, choices: Collection[str], *, see: str = "") -> str:
    """Return `text`. Raises UsageError where it is none of `choices`, which the hint lists."""
    if text not in choices:
        raise unknown_name(kind, text, choices, see=see or ", ".join(choices))
    return text


def missing_flags(flags: Sequence[str], hint: str = "") -> UsageError:
    """Return the error that names every missing flag at once."""
    return UsageError(f"missing {', '.join(flags)}", hint, "missing-flags")


def combine_errors(errors: Sequence[UsageError]) -> UsageError:
    """Return one error for several bad values of one command line."""
    message = "; ".join(error.message for error in errors)
    return UsageError(message, code="bad-value", errors=errors)


def no_log(start: str) -> EnvironmentFaultError:
    """Return the error for a log that was found neither in the folder `start` nor above it."""
    message = f"no log in {start or 'the current folder, which was deleted,'} or a folder above it"
    return EnvironmentFaultError(message, "rexctl init makes one", code="no-log")
