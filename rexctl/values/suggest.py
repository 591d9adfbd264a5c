"""Suggest the nearest valid word for a misspelled one."""

from __future__ import annotations

from collections.abc import Iterable

_MAX_LENGTH = 100  # longer words are no misspellings, and take long to compare


def nearest(word: str, choices: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the one of `choices` whose spelling is nearest to `word`; None if none is near."""
    by_key = {choice.casefold(): choice for choice in choices}
    key = word.casefold()
    if key in by_key:
        return by_key[key]
    if len(key) > _MAX_LENGTH:
        return None
    import difflib

    close = difflib.get_close_matches(key, by_key, n=1, cutoff=cutoff)
    return by_key[close[0]] if close else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return `did you mean X?`, or an empty text if no choice is near."""
    choice = nearest(word, choices)
    return f"did you mean {choice}?" if choice else ""
