"""The words of closed lists as people write them: other words, capitals, beginnings, phrases."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rexctl.model.tables import WORDS

if TYPE_CHECKING:
    from collections.abc import Collection

_BEGINNING = 4  # letters of a word that stand for it: `propose`, `threat`
# What is between two words of a phrase.
_BETWEEN = re.compile(r"\s+(?:and|for|of|on|with|plus)\s+(?:an?\s+|the\s+)?|\s*[&+,;]\s*")


def choice_of(text: str, choices: Collection[str]) -> str:
    """Return the one of `choices` that a text means: but for capitals and blanks, or by its beginning.

    >>> choice_of("In Force", ("threatened", "adopted")), choice_of("threat", ("threatened", "adopted"))
    ('adopted', 'threatened')
    """
    word = "-".join(text.casefold().replace("_", " ").split())
    if word not in choices:
        word = next((one for one in choices if word in WORDS["choices"].get(one, ())), word)
    begun = [one for one in choices if one.startswith(word)] if len(word) >= _BEGINNING else []
    word = begun[0] if len(begun) == 1 else word
    return word if text not in choices and word in choices else text


def chosen(value: Any, choices: Collection[str]) -> Any:
    """Return the value of a field with these choices, a text or a list of them, in words of the list."""
    if isinstance(value, list):
        return [one for item in value for one in _chosen_items(item, choices)]
    return choice_of(value, choices) if isinstance(value, str) else value


def _chosen_items(item: Any, choices: Collection[str]) -> list[Any]:
    """Return the words that one item of a list is: several where each of a phrase is known."""
    if not isinstance(item, str) or choice_of(item, choices) in choices:
        return [chosen(item, choices)]
    parts = _BETWEEN.split(item.strip())
    words = [choice_of(one, choices) for one in parts]
    return list(dict.fromkeys(words)) if all(one in choices for one in words) else [item]


def choices_in(text: str, choices: Collection[str]) -> list[str]:
    """Return the choices that a part of a phrase names.

    >>> choices_in("ban of chips", ("licence", "prohibition"))
    ['prohibition']
    """
    words = [
        choice_of(one, choices) for part in _BETWEEN.split(text) for one in (part, *part.split())
    ]
    return [one for one in dict.fromkeys(words) if one in choices]
