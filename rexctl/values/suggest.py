"""The nearest legal word to a mistyped one."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


_LONGEST = 100  # no slip of the finger is longer, and the search takes long for long words


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Give the one of `choices` that is spelled most like `word`, or None where none is near."""
    folded = {choice.casefold(): choice for choice in choices}
    given = word.casefold()
    if given in folded:
        return folded[given]
    if len(given) > _LONGEST:
        return None
    close = import_module("difflib").get_close_matches(given, folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Give the sentence `did you mean X?`, or an empty text where nothing is near."""
    found = nearest(word, choices)
    return f"did you mean {found}?" if found else ""
