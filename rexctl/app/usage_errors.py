"""What the parser of the command line found wrong, in our own words."""

from __future__ import annotations

import re
from typing import Any

from rexctl.errors import UsageError, unknown_name

_SENTENCES = (
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"\1: too many words"),
    (r"Option '(.*)' requires an argument", r"\1 wants a value"),
    (r"Option '(.*)' does not take a value", r"\1 takes no value"),
)
_GLOBAL = ("-C", "--directory", "--today", "--color", "--no-input")


def translated(fault: Any) -> UsageError:
    """Give our error for one of the parser's."""
    option = getattr(fault, "option_name", None)
    if type(fault).__name__ == "NoSuchOption" and option:
        return _no_such(str(option), fault)
    parameter = getattr(fault, "param", None)
    message = str(fault.format_message()).strip().rstrip(".")
    if type(fault).__name__ == "MissingParameter" and parameter is not None:
        name = parameter.opts[0] if parameter.opts[0].startswith("-") else parameter.metavar
        return UsageError(f"missing {name or parameter.human_readable_name}", _help(fault))
    return UsageError(_plain(message, parameter), _help(fault))


def _plain(message: str, parameter: Any) -> str:
    """Give a sentence of the parser in the manner of ours."""
    if parameter is not None and (found := re.search(r": '?(.*?)'? is not a valid int", message)):
        return f"{parameter.opts[0]}: {found[1]}: is no whole number"
    for pattern, told in _SENTENCES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return found.expand(told)
    return message[:1].lower() + message[1:]


def _no_such(option: str, fault: Any) -> UsageError:
    if option in _GLOBAL:
        return UsageError(f"{option} goes before the command", f"rexctl {option} ...")
    command = fault.ctx.command if fault.ctx else None
    names = [name for param in getattr(command, "params", ()) for name in param.opts]
    flags = [name for name in names if name.startswith("-")]
    return unknown_name("flag", option, flags, see=_help(fault))


def _help(fault: Any) -> str:
    path = fault.ctx.command_path if getattr(fault, "ctx", None) else "rexctl"
    return f"{path} --help shows how it is asked"
