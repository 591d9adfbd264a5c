"""How many columns of a terminal a text takes; cut, filled and wrapped by that measure."""

from __future__ import annotations

import unicodedata

ELLIPSIS = "…"
_WIDE = frozenset("WF")
_NO_COLUMN = frozenset({"Mn", "Me", "Cf"})


def columns_of(text: str) -> int:
    """Give the columns that a clean text takes: two for a wide character, none for an accent."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in _NO_COLUMN:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def cut(text: str, columns: int) -> str:
    """Give the text where it fits, else its beginning and an ellipsis, in at most `columns`."""
    if columns_of(text) <= columns:
        return text
    taken, used = [], 0
    for character in text:
        used += _columns(character)
        if used > columns - 1:
            break
        taken.append(character)
    return "".join(taken).rstrip() + ELLIPSIS if columns > 0 else ""


def fill(text: str, columns: int, *, right: bool = False) -> str:
    """Give the text with spaces after it, or before, so that it takes `columns`."""
    spaces = " " * (columns - columns_of(text))
    return spaces + text if right else text + spaces


def wrap(text: str, columns: int) -> list[str]:
    """Give the words of a text as lines of at most `columns`.

    A word that is too long has a line of its own and is left whole, so that an address can be
    copied; text without spaces (Chinese, Japanese) breaks between wide characters.
    """
    lines: list[str] = []
    line, used = "", 0
    for piece, spaced in _pieces(text):
        size = columns_of(piece)
        if line and used + spaced + size > columns:
            lines.append(line)
            line, used = piece, size
        else:
            gap = " " if spaced and line else ""
            line, used = line + gap + piece, used + len(gap) + size
    return [*lines, line] if line else lines


def _pieces(text: str) -> list[tuple[str, int]]:
    """Give the parts between which a line may break, each with 1 where a space stands before."""
    found: list[tuple[str, int]] = []
    for word in text.split():
        start, spaced = 0, 1
        for n in range(1, len(word)):
            if _breaks(word[n - 1], word[n]):
                found.append((word[start:n], spaced))
                start, spaced = n, 0
        found.append((word[start:], spaced))
    return found


def _breaks(before: str, after: str) -> bool:
    """Tell whether a line may break here: beside a wide letter, not before a closing mark."""
    if before.isascii() and after.isascii():
        return False
    if _columns(before) < 2 and _columns(after) < 2:
        return False
    closing = unicodedata.category(after) in ("Pe", "Pf", "Po", "Mn", "Me", "Cf", "Sk")
    opening = unicodedata.category(before) in ("Ps", "Pi")
    return not closing and not opening
