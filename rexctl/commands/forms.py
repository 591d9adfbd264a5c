"""The literal forms of the reading commands, as their parser has them: the front door is made of it."""

from __future__ import annotations

import pprint
from typing import Any

from rexctl.commands import parsing
from rexctl.plain import register

_HEAD = '''\
"""What the reading commands may be asked, generated: `python -m tests.regenerate` writes it anew."""

from __future__ import annotations

from typing import Any

# fmt: off
'''


def text() -> str:
    """Give the text of `commands/asking.py`."""
    forms = {name: _form(name) for name in register.COMMANDS if name in register.READING}
    literal = pprint.pformat(forms, width=100, sort_dicts=False, compact=True)
    return f"{_HEAD}FORMS: dict[str, dict[str, Any]] = {literal}\n"


def _form(name: str) -> dict[str, Any]:
    room = register.load(register.COMMANDS[name].module)
    parameters = [p for p in parsing.command(name, room).params if p.name != "help"]
    return {
        "own": parsing.own_words(room.run),
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
