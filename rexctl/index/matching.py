"""The SQL function `matches(pattern, text)`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

# SQLite replaces an exception of a function by its own; the query raises the one kept here.
errors: list[Exception] = []


def matches(pattern: str, text: str | None) -> bool:
    """Return whether the regular expression matches somewhere in the text."""
    module: Any = import_module("rexctl.query.pattern")
    try:
        return bool(module.search_pattern(pattern, text))
    except Exception as error:
        errors.append(error)
        raise
