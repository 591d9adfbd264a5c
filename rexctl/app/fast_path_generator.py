"""The literal forms of the reading commands, as their parser has them: the front door is made of it."""

from __future__ import annotations

import pprint
from typing import Any

from rexctl import registry
from rexctl.app import typer_command

_HEAD = '''\
"""What the reading commands may be asked, generated: `python -m tests.regenerate` writes it anew."""

from __future__ import annotations

from typing import Any

# fmt: off
'''


def text() -> str:
    """Give the text of `commands/asking.py`."""
    forms = {name: _form(name) for name in registry.COMMANDS if name in registry.READING}
    literal = pprint.pformat(forms, width=100, sort_dicts=False, compact=True)
    return f"{_HEAD}FORMS: dict[str, dict[str, Any]] = {literal}\n"


def _form(name: str) -> dict[str, Any]:
    room = registry.load(registry.COMMANDS[name].module)
    parameters = [p for p in typer_command.command(name, room).params if p.name != "help"]
    return {
        "own": typer_command.own_words(room.run),
        "arguments": [(p.name, p.nargs == -1, p.required) for p in parameters if not _is_option(p)],
        "options": {
            flag: (p.name, _kind(p)) for p in parameters if _is_option(p) for flag in p.opts
        },
        "defaults": {str(p.name): _default(p) for p in parameters},
    }


def _is_option(parameter: Any) -> bool:
    return bool(parameter.param_type_name == "option")


def _kind(option: Any) -> str:
    """Give what follows a flag: nothing, a number, a text, or a text that may stand several times."""
    if option.is_flag:
        return "flag"
    if option.multiple:
        return "texts"
    return "number" if option.type.name.startswith("int") else "text"


def _default(parameter: Any) -> Any:
    found = parameter.default
    return found() if callable(found) else found
