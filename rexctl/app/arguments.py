"""The words of the command line before Typer parses them.

Global options are moved to the front, and a plainly written command runs without Typer: that saves
50 ms of CPU of the 110 ms that `list` takes at 10,000 events. Compare `rexctl list date:2025` with
`rexctl --color auto list date:2025`, which goes through Typer.
"""

from __future__ import annotations

import json
import os
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rexctl.app import COMMANDS, NEED_TYPER

if TYPE_CHECKING:
    from collections.abc import Sequence

# Global options, and whether a value follows.
GLOBAL = {"-C": True, "--directory": True, "--today": True, "--color": True, "--no-input": False,
          "-V": False, "--version": False, "-h": False, "--help": False}  # fmt: skip
_MOVABLE = ("-C", "--directory", "--today", "--color", "--no-input")
_OPTIONS_BEFORE = {"-C": "directory", "--directory": "directory", "--today": "today"}
_TABLE = Path(__file__).parent.parent / "resources" / "options.json"


@cache
def table() -> dict[str, Any]:
    """Return the options and arguments of all commands, as Typer declares them.

    `commands` has for each command its `options` (flag: [parameter, kind]), the parameters that are
    `required`, and its `arguments` ([parameter, many, required]). The options of `list`, `filter`
    and `search` are in `shared`. Kinds are flag, text, texts (may be repeated) and number.
    """
    options: dict[str, Any] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return options


def options_of(command: str) -> dict[str, list[str]]:
    """Return the options of a command: for each flag the parameter and the kind of its value."""
    entry = table()["commands"].get(command, {})
    shared = table()["shared"].get(entry.get("shared"), {})
    return {**shared, **entry.get("options", {})}


def command_path(words: Sequence[str]) -> list[str]:
    """Return the command that the words call, with the subcommand of `add` and `git`."""
    start = _command_at(words)
    path = list(words[start : start + 1])
    if path and path[0] in ("add", "git"):
        path += [word for word in words[start + 1 : start + 2] if word[:1] != "-"]
    return path


def global_options_first(words: Sequence[str]) -> list[str]:
    """Return the words with the global options that follow the command moved before it.

    A word that is the value of another option stays, and so does everything after `--`.
    """
    start = _command_at(words)
    rest = list(words[start + 1 :])
    if not any(word.startswith(_MOVABLE) for word in rest):
        return list(words)
    command = words[start]
    options = options_of(command)
    moved: list[str] = []
    others: list[str] = []
    while rest:
        word = rest.pop(0)
        if word == "--":
            others += [word, *rest]
            break
        flag, equals, _ = word.partition("=")
        if _is_global(word):
            moved.append(word)
            if word in GLOBAL and GLOBAL[word] and rest:
                moved.append(rest.pop(0))
            continue
        others.append(word)
        if not equals and _takes_value(command, options, flag) and rest:
            others.append(rest.pop(0))
    return [*words[:start], *moved, command, *others]


def _command_at(words: Sequence[str]) -> int:
    """Return the position of the command: the first word that is no global option or its value."""
    position = 0
    while position < len(words) and words[position][:1] == "-":
        position += 2 if GLOBAL.get(words[position]) else 1
    return position


def _is_global(word: str) -> bool:
    """Return whether a word is a global option, alone or with its value (`-C/log`, `--today=2025`)."""
    if word.startswith("--"):
        flag, equals, _ = word.partition("=")
        return flag in _MOVABLE and (not equals or GLOBAL[flag])
    return word.startswith("-C")


def _takes_value(command: str, options: dict[str, list[str]], word: str) -> bool:
    """Return whether the next word is the value of this one, which is an option or a cluster."""
    if word[:1] != "-" or word == "-":
        return False
    if word.startswith("--"):
        # The types of `add` have options of their own, and all of these take a value.
        kind = options[word][1] if word in options else "text" if command == "add" else "flag"
        return kind != "flag"
    for n, letter in enumerate(word[1:], 2):
        kind = options.get(f"-{letter}", ["", "flag"])[1]
        if kind != "flag":
            return n == len(word)
    return False


def run_plain(words: list[str]) -> Any:
    """Run the command and return what it returns; NotImplemented where Typer must parse the words."""
    parsed = parse_plain(words)
    if parsed is None:
        return NotImplemented
    from rexctl.cli.context import Context, parse_today

    name, values, before = parsed
    day = before.get("today") or os.environ.get("REXCTL_TODAY") or None
    context = Context(before.get("directory"), parse_today(day))
    command = COMMANDS[name]
    module = import_module(command.module)
    if "type_name" in values:
        return module.add_event(context, values.pop("type_name"), values)
    if "shared" in table()["commands"][name]:
        from rexctl.cli.query_options import QueryOptions

        values = {"query_options": QueryOptions(**values)}
    return getattr(module, command.function)(context, **values)


def parse_plain(words: list[str]) -> tuple[str, dict[str, Any], dict[str, str]] | None:
    """Return command, values by parameter and global options; None for all but the plainest form.

    Plain means: an option in full, its value in the next word or after `=`, and once unless it may
    be repeated. Everything else is left to Typer, and so is every error. `add TYPE` has the type in
    `type_name`.
    """
    before: dict[str, str] = {}
    while (
        len(words) > 1 and words[0] in _OPTIONS_BEFORE and _OPTIONS_BEFORE[words[0]] not in before
    ):
        before[_OPTIONS_BEFORE[words[0]]] = words[1]
        words = words[2:]
    name, rest = words[0] if words else "", words[1:]
    if name not in COMMANDS or name in NEED_TYPER or "" in rest:
        return None
    options, arguments, own = options_of(name), table()["commands"][name]["arguments"], {}
    if name == "add" and rest and rest[0][:1] != "-":
        from rexctl.cli import add_flags

        if rest[0] not in add_flags.type_names():
            return None
        options, arguments = add_flags.plain_options(rest[0]), [("words", True, False)]
        own = {"type_name": rest.pop(0)}
    values = _values(options, arguments, rest)
    if values is None or not values.keys() >= set(table()["commands"][name].get("required", ())):
        return None
    return name, own | values, before


def _values(
    options: dict[str, list[str]], arguments: list[tuple[str, bool, bool]], words: list[str]
) -> dict[str, Any] | None:
    """Return the values of these options and arguments, or None where the words are not plain."""
    values: dict[str, Any] = {}
    positional: list[str] = []
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            positional.append(word)
            continue
        flag, equals, value = word.partition("=")
        name, kind = options.get(flag, ("", ""))
        if kind == "flag" and not equals and name not in values:
            values[name] = True
            continue
        if not kind or kind == "flag" or (equals and not flag.startswith("--")):
            return None
        value = value if equals else next(rest, "-")
        if value.startswith("-") or not _store(values, name, kind, value):
            return None
    return _with_arguments(values, positional, arguments)


def _store(values: dict[str, Any], name: str, kind: str, value: str) -> bool:
    if kind == "texts":
        values.setdefault(name, []).append(value)
        return True
    is_number = value.isascii() and value.isdigit() and len(value) < 10
    if name in values or (kind == "number" and not is_number):
        return False
    values[name] = int(value) if kind == "number" else value
    return True


def _with_arguments(
    values: dict[str, Any], positional: list[str], declared: list[tuple[str, bool, bool]]
) -> dict[str, Any] | None:
    for name, many, required in declared:
        mine, positional = (positional, []) if many else (positional[:1], positional[1:])
        if required and not mine:
            return None
        if mine:
            values[name] = mine if many else mine[0]
    return None if positional else values
