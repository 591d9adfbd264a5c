"""The SQL function `matches(pattern, text)`."""

from __future__ import annotations

from typing import Any

from rexctl import registry

# SQLite replaces an exception of a function by its own; the query raises the one kept here.
errors: list[Exception] = []


def matches(pattern: str, text: str | None) -> bool:
    """Return whether the regular expression matches somewhere in the text."""
    module: Any = registry.load("rexctl.query.pattern")
    try:
        return bool(module.search_pattern(pattern, text))
    except Exception as error:
        errors.append(error)
        raise
