"""The words of the command line before Typer parses them: which are global options, which values."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

# Global options, and whether a value follows.
GLOBAL = {"-C": True, "--directory": True, "--today": True, "--color": True, "--no-input": False,
          "-V": False, "--version": False, "-h": False, "--help": False}  # fmt: skip
_MOVABLE = ("-C", "--directory", "--today", "--color", "--no-input")
_TABLE = Path(__file__).parent.parent / "resources" / "options.json"


@cache
def table() -> dict[str, Any]:
    """Return the options and arguments of all commands, as Typer declares them.

    `commands` has for each command its `options` (flag: [parameter, kind]), its `arguments`
    ([parameter, many, required]) and, where it takes them, the group of shared options in
    `shared`. Kinds are flag, text, texts (may be repeated) and number.
    """
    found: dict[str, Any] = json.loads(_TABLE.read_text(encoding="utf-8"))
    return found


def options_of(command: str) -> dict[str, list[str]]:
    """Return the options of a command: for each flag the parameter and the kind of its value."""
    entry = table()["commands"].get(command, {})
    shared = table()["shared"].get(entry.get("shared"), {})
    return {**shared, **entry.get("options", {})}


def option_names(path: Sequence[str]) -> list[str]:
    """Return the flags that a command takes; `path` is its name, or `add` and a type."""
    if path[:1] == ["add"] and len(path) > 1:
        from rexctl.cli import add_flags

        return [*add_flags.option_names(path[1]), *_MOVABLE]
    return [*options_of(path[0] if path else ""), *GLOBAL]


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
    kept: list[str] = []
    while rest:
        word = rest.pop(0)
        if word == "--":
            kept += [word, *rest]
            break
        flag, equals, _ = word.partition("=")
        if _is_global(word):
            moved.append(word)
            if word in GLOBAL and GLOBAL[word] and rest:
                moved.append(rest.pop(0))
            continue
        kept.append(word)
        if not equals and _takes_value(command, options, flag) and rest:
            kept.append(rest.pop(0))
    return [*words[:start], *moved, command, *kept]


def _command_at(words: Sequence[str]) -> int:
    """Return the position of the command: the first word that is no global option or its value."""
    position = 0
    while position < len(words) and words[position][:1] == "-":
        position += 2 if GLOBAL.get(words[position]) else 1
    return position


def _is_global(word: str) -> bool:
    """Tell whether a word is a global option, alone or with its value (`-C/log`, `--today=2025`)."""
    if word.startswith("--"):
        flag, equals, _ = word.partition("=")
        return flag in _MOVABLE and (not equals or GLOBAL[flag])
    return word.startswith("-C")


def _takes_value(command: str, options: dict[str, list[str]], word: str) -> bool:
    """Tell whether the next word is the value of this one, which is an option or a cluster."""
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
