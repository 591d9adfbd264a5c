"""Suggest the nearest valid word for a misspelled one, and nothing where no word is near.

A word is near where one letter is wrong, missing, too many or swapped with the next: one such slip
in words of up to five letters, two in longer ones, three from twelve letters on. A second slip must
leave the first letter as it is. A wrong guess misleads more than none: `actors` is no misspelling
of `doctor`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_MAX_LENGTH = 100  # longer words are no misspellings, and take long to compare
# The greatest number of slips by the length of the longer word; names of countries, of which many
# are alike (`Elbonia` is not `Estonia`), allow fewer.
WORDS = ((12, 3), (6, 2), (3, 1))
NAMES = ((12, 3), (8, 2), (3, 1))
_PARTS = re.compile(r"[^./:=]*[./:=]|--?")  # the beginning that both words may share


def nearest(
    word: str, choices: Iterable[str], limits: tuple[tuple[int, int], ...] = WORDS
) -> str | None:
    """Return the one of `choices` whose spelling is nearest to `word`; None if none is near.

    >>> nearest("tarrif", ["tariff", "sanction"]), nearest("actors", ["doctor"])
    ('tariff', None)
    """
    return next(iter(rank(word, choices, limits)), None)


def rank(
    word: str, choices: Iterable[str], limits: tuple[tuple[int, int], ...] = WORDS
) -> list[str]:
    """Return the choices whose spelling is near to `word`, the nearest first.

    Of two that are as near, the first is the one with the same letters, or that begins alike, or is
    longer; of two words then the earlier one, of two names the one that begins alike for longer.
    """
    by_key = {choice.casefold(): choice for choice in choices}
    key = word.casefold()
    if key in by_key:
        return [by_key[key]]
    key = key.strip()
    if not key or len(key) > _MAX_LENGTH:
        return []
    ranked: list[tuple[tuple[int | bool, ...], str]] = []
    pieces = _pieces(key, 2 * limits[0][1] + 1)
    letters = sorted(key)
    for order, choice in enumerate(by_key):
        if abs(len(choice) - len(key)) > limits[0][1] or not any(one in choice for one in pieces):
            continue
        slips = _slips(key, choice, limits)
        if slips is not None:
            common = common_length(key, choice) if limits is NAMES else 0
            likeness = sorted(choice) != letters, choice[:1] != key[:1], -len(choice), -common
            ranked.append(((slips, *likeness, order), choice))
    return [by_key[choice] for _, choice in sorted(ranked)]


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return `did you mean X?`, or an empty text if no choice is near."""
    choice = nearest(word, choices)
    return f"did you mean {choice}?" if choice else ""


def _pieces(word: str, count: int) -> list[str]:
    """Return pieces of a word, of which one slip changes at most two: a near word has one of them."""
    size = max(1, len(word) // count)
    return [word[start : start + size] for start in range(0, len(word), size)]


def common_length(word: str, other: str) -> int:
    """Return how many letters two words begin with in common."""
    pairs = enumerate(zip(word, other, strict=False))
    return next((n for n, (one, two) in pairs if one != two), min(len(word), len(other)))


def _slips(word: str, choice: str, limits: tuple[tuple[int, int], ...]) -> int | None:
    """Return the number of slips from a choice to a word, None where it is not near."""
    from rapidfuzz.distance import OSA  # optimal string alignment; only a misspelled word needs it

    while (part := _PARTS.match(word)) and part[0] != word and choice.startswith(part[0]):
        if len(choice) == len(part[0]):
            break
        word, choice = word[part.end() :], choice[part.end() :]
    longest = max(len(word), len(choice))
    most = next((slips for length, slips in limits if longest >= length), 0)
    same_start = word[:1] == choice[:1]
    if same_start and longest > 3 and sorted(word) == sorted(choice):
        return min(OSA.distance(word, choice, score_cutoff=most), most)  # letters in another order
    slips = OSA.distance(word, choice, score_cutoff=most)  # more than `most` is `most` + 1
    return slips if slips <= most and (slips <= 1 or same_start) else None
