"""The help of `add TYPE`: its rows from a table, laid out for the width of a terminal."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TABLE = Path(__file__).parent.parent / "resources" / "add_help.json"
_WIDTH, _NARROWEST, _COLUMN = 100, 50, 22  # columns of help, and those of its flags


def help_text(type_name: str, width: int = _WIDTH) -> str:
    """Return the help of `add TYPE` in four groups, for a terminal of this width."""
    rows = json.loads(_TABLE.read_text(encoding="utf-8"))[type_name]
    return "\n".join(lay_out(rows, max(_NARROWEST, min(width, _WIDTH))))


def lay_out(rows: Iterable[Sequence[str]], width: int) -> list[str]:
    """Return the lines of rows: what stands on the left, and a text beside it; `$` is a command."""
    lines: list[str] = []
    for left, text in rows:
        if left == "$":  # a command is broken before its title and before flags
            parts = _wrap(re.sub(r" (?!--|')", "\0", text), width - 2, "  ", "    ")
            lines += " \\\n".join(parts).replace("\0", " ").split("\n")
        elif left.strip() and text:
            first = f"{left:<{_COLUMN + 1}} " if len(left) <= _COLUMN else f"{left}  "
            lines += _wrap(text, width, first, " " * (_COLUMN + 2))
        else:
            lines += _wrap(text, width, left, left) if text else [left]
    return lines


def _wrap(text: str, width: int, first: str, rest: str) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest,
                         break_on_hyphens=False, break_long_words=False)  # fmt: skip
