"""Usage errors found by Typer, in the words of rexctl."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rexctl.cli import arguments
from rexctl.errors import UsageError, unknown_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from typer import TyperException

_SENTENCES = (
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"\1: too many arguments"),
    (r"Option '(.*)' requires an argument", r"\1: the value is missing"),
    (r"Option '(.*)' does not take a value", r"\1: takes no value"),
    (r"Missing (?:argument|option) '(.*)'", r"missing \1"),
)


def usage_error(error: TyperException, words: Sequence[str]) -> UsageError:
    """Return the error of rexctl for one of Typer's; `words` are those of the command line."""
    message = error.format_message().strip().rstrip(".")
    path = arguments.command_path(words)
    hint = f"{' '.join(['rexctl', *path])} --help"
    if option := re.match(r"No such option: (\S+)", message):
        return unknown_name("option", option[1], arguments.option_names(path), see=hint)
    for pattern, sentence in _SENTENCES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return UsageError(found.expand(sentence), hint)
    return UsageError(message[:1].lower() + message[1:], hint)
