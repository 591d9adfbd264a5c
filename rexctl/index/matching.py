"""Regular expressions inside the tables: each pattern is judged once, and cannot hang."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> Any:
    return import_module("rexctl.query.pattern").compile_safe(pattern)


def matches(pattern: str, text: str | None) -> bool:
    """Tell whether the pattern is found in the text."""
    return text is not None and bool(_compiled(pattern).search(text))
