"""The front door: answers plainly asked readings before any parser is loaded, and leaves the rest."""

from __future__ import annotations

import os
from typing import Any

from rexctl import registry
from rexctl.app.fast_path_options import FORMS
from rexctl.cli.context import Call, parse_today
from rexctl.cli.query_options import Asked

_BEFORE = {"-C": "directory", "--directory": "directory", "--today": "today"}


def understood(words: list[str]) -> tuple[str, dict[str, Any], dict[str, str]] | None:
    """Give the command, its values and what stands before it; None for all but literal forms.

    Literal is a flag in full, with its value as the next word or behind `=`, and each once unless
    it gathers values. What is left is the parser's: it knows the rest, and what is wrong with it.
    """
    before: dict[str, str] = {}
    while len(words) > 1 and words[0] in _BEFORE and _BEFORE[words[0]] not in before:
        before[_BEFORE[words[0]]] = words[1]
        words = words[2:]
    if not words or words[0] not in FORMS:
        return None
    form = FORMS[words[0]]
    values = _values(words[1:], form)
    return None if values is None else (words[0], {**form["defaults"], **values}, before)


def _values(words: list[str], form: dict[str, Any]) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    free: list[str] = []
    ahead = iter(words)
    for word in ahead:
        if not word.startswith("-"):
            free.append(word)
            continue
        flag, equals, value = word.partition("=")
        name, kind = form["options"].get(flag, ("", ""))
        if kind == "flag" and not equals and name not in found:
            found[name] = True
            continue
        if not kind or kind == "flag" or (equals and not flag.startswith("--")):
            return None
        value = value if equals else next(ahead, "-")
        if value.startswith("-") or not _put(found, name, kind, value):
            return None
    return _with_arguments(found, free, form["arguments"])


def _put(found: dict[str, Any], name: str, kind: str, value: str) -> bool:
    if kind == "texts":
        found.setdefault(name, []).append(value)
        return True
    if name in found or (kind == "number" and not (value.isascii() and value.isdigit())):
        return False
    found[name] = int(value) if kind == "number" else value
    return True


def _with_arguments(
    found: dict[str, Any], free: list[str], arguments: list[tuple[str, bool, bool]]
) -> dict[str, Any] | None:
    for name, many, required in arguments:
        mine, free = (free, []) if many else (free[:1], free[1:])
        if required and not mine:
            return None
        if mine:
            found[name] = mine if many else mine[0]
    return None if free else found


def answer(words: list[str]) -> Any:
    """Answer these words and give the exit code; NotImplemented where they are the parser's."""
    asked = understood(words)
    if asked is None or "" in words:
        return NotImplemented
    name, values, before = asked
    day = before.get("today") or os.environ.get("REXCTL_TODAY") or None
    call = Call(before.get("directory"), parse_today(day), environ=os.environ)
    own = {one: values.pop(one) for one in FORMS[name]["own"]}
    run = registry.load(registry.COMMANDS[name].module).run
    code = run(call, Asked(**values), **own) if values else run(call, **own)
    return code if isinstance(code, int) else 0
