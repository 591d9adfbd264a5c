"""Suggest the nearest valid word for a misspelled one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


_MAX_LENGTH = 100  # longer words are no misspellings, and take long to compare
# Least likeness of a suggestion, of 1: a wrong guess misleads, and of a name of a country or a firm
# even more. `England` is no misspelling of `Greenland`.
WORDS, NAMES = 0.68, 0.8


def nearest(word: str, choices: Iterable[str], least: float = WORDS) -> str | None:
    """Return the one of `choices` whose spelling is nearest to `word`; None if none is near."""
    by_key = {choice.casefold(): choice for choice in choices}
    key = word.casefold()
    if key in by_key:
        return by_key[key]
    if len(key) > _MAX_LENGTH:
        return None
    import difflib

    close = difflib.get_close_matches(key, by_key, n=1, cutoff=least)
    return by_key[close[0]] if close else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return `did you mean X?`, or an empty text if no choice is near."""
    choice = nearest(word, choices)
    return f"did you mean {choice}?" if choice else ""
