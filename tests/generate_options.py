"""The table of all options for the fast path, read from the commands as Typer declares them."""

from __future__ import annotations

import json
from typing import Any

from rexctl.app import COMMANDS, fast_path, parser


def options_json() -> str:
    """Return the text of `rexctl/resources/options.json`."""
    lines = [f"  {json.dumps(name)}: {json.dumps(_parameters(name))}" for name in COMMANDS]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _parameters(name: str) -> dict[str, Any]:
    """Return what `rexctl.app.fast_path.table` says of a command."""
    module, function = fast_path.load(COMMANDS[name]), COMMANDS[name].function
    parsed = parser.command(name, module, function)
    own = [one for one in parsed.params if one.name != "help" and not getattr(one, "hidden", False)]
    options = [one for one in own if _is_option(one)]
    return {
        "group": parser.group_of(getattr(module, function)),
        "arguments": [[one.name, one.nargs == -1, one.required]
                      for one in own if not _is_option(one)],
        "required": [one.name for one in options if one.required],
        "options": {flag: [one.name, _kind(one)] for one in options for flag in one.opts},
    }  # fmt: skip


def _is_option(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "option")


def _kind(option: Any) -> str:
    """Return what follows a flag: nothing, a number, a text, or a text that may be repeated."""
    if option.is_flag:
        return "flag"
    if option.multiple:
        return "texts"
    return "number" if option.name in ("limit", "offset") else "text"
