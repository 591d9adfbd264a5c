"""The table of all options for the fast path, read from the commands as Typer declares them."""

from __future__ import annotations

import inspect
import json
from importlib import import_module
from typing import Any

from rexctl.app import COMMANDS, parser


def options_json() -> str:
    """Return the text of `rexctl/resources/options.json`."""
    commands: dict[str, Any] = {}
    shared: dict[str, list[str]] = {}
    for name, entry in COMMANDS.items():
        module = import_module(entry.module)
        run = getattr(module, entry.function)
        parsed = parser.command(name, module, entry.function)
        parameters = [
            one for one in parsed.params if one.name != "help" and not getattr(one, "hidden", False)
        ]
        options = {flag: [one.name, _kind(one)] for one in parameters if _is_option(one)
                   for flag in one.opts}  # fmt: skip
        table: dict[str, Any] = {
            "arguments": [
                [one.name, one.nargs == -1, one.required]
                for one in parameters
                if not _is_option(one)
            ],
        }
        if required := [one.name for one in parameters if _is_option(one) and one.required]:
            table["required"] = required
        if "query_options" in inspect.signature(run).parameters:
            shared, options = options, {}
            table["shared"] = "query_options"
        commands[name] = table | ({"options": options} if options else {})
    lines = [f"  {json.dumps(name)}: {json.dumps(table)}" for name, table in commands.items()]
    flags = [f"  {json.dumps(flag)}: {json.dumps(value)}" for flag, value in shared.items()]
    return ('{"shared": {"query_options": {\n' + ",\n".join(flags) + '\n}},\n"commands": {\n'
            + ",\n".join(lines) + "\n}}\n")  # fmt: skip


def _is_option(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "option")


def _kind(option: Any) -> str:
    """Return what follows a flag: nothing, a number, a text, or a text that may be repeated."""
    if option.is_flag:
        return "flag"
    if option.multiple:
        return "texts"
    return "number" if option.name in ("limit", "offset") else "text"
