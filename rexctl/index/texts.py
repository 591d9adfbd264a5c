"""Texts as SQLite takes them: UTF-8, with half a surrogate pair spelled out."""

from __future__ import annotations

from typing import Any


def storable(value: Any) -> Any:
    r"""Give a value that can be bound.

    A line of JSON may hold half a surrogate pair, and a word of the command line a byte that is no
    UTF-8; both are spelled `\udcff`, in the tables and in the question alike.
    """
    if not isinstance(value, str) or value.isascii():
        return value
    return value.encode("utf-8", "backslashreplace").decode("utf-8")
