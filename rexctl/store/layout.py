"""Where an event lives: its id, the path that follows from it, and an id made for a new one."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rexctl.values import ids

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EVENTS = "events"
# A made id stays this short, so that a table of 80 columns has room for more than ids;
# one that a person gives may have all 80 characters.
MADE = 60
_PATH = re.compile(r"events/([0-9]{4})/([^/]+)\.yaml", re.ASCII)
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}", re.ASCII)
_INITIALS = re.compile(r"\b(?:[a-z]\.)+[a-z]\b\.?")
_GROUPED = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
_WORD = re.compile(r"[a-z0-9]+")
# Letters that no normal form takes apart.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
                          "ı": "i", "'": None, "’": None, "ʼ": None})  # fmt: skip
_STOP = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "has", "have", "his",
    "her", "in", "into", "is", "it", "its", "of", "on", "onto", "or", "over", "own", "s", "than",
    "that", "the", "their", "them", "then", "these", "they", "this", "those", "to", "under",
    "until", "upon", "was", "were", "which", "while", "who", "will", "with",
})  # fmt: skip


def why_not_id(text: str) -> str:
    """Return why `text` cannot be an id, or an empty text where it can be one."""
    return ids.why_not(text)


def is_id(text: str) -> bool:
    """Return whether `text` can be an id."""
    return not why_not_id(text)


def path_of(event_id: str) -> str:
    """Return the path in the log: `events/2025/2025-10-09-cn-mofcom-61.yaml`.

    Raises ValueError for what is no id, so that no path is ever built from it.
    """
    if why := why_not_id(event_id):
        raise ValueError(f"{event_id}: {why}")
    return f"{EVENTS}/{event_id[:4]}/{event_id}.yaml"


def id_of(path: str) -> str | None:
    """Return the id that a path in the log (forward slashes) stands for, or None for any other."""
    match = _PATH.fullmatch(path)
    if not match or not is_id(match[2]) or match[1] != match[2][:4]:
        return None
    return match[2]


def make_id(date: str, actors: Sequence[str], title: str, taken: Callable[[str], bool]) -> str:
    """Return a free id from an EDTF date, the first actor's code and the words of the title.

    `taken` returns whether an id is in use; then `-2`, `-3` follows. Raises ValueError for what is no date.
    """
    start = _start(date)
    words = _words("".join(actors[:1]).replace("/", " ")) + _title_words(title) or ["event"]
    if len(start) < 10 and words[0].isdecimal():
        words = ["event", *words]  # `12` right behind the year would pass for a month
    made = _joined(start, words, MADE)
    number = 1
    while taken(made):
        number += 1
        made = f"{_joined(start, words, MADE - len(f'-{number}'))}-{number}"
    return made


def _start(date: str) -> str:
    """Return the earliest date of an EDTF date, at its own precision; of `../B`, B."""
    first, _, last = date.partition("/")
    start = (last if first == ".." else first).rstrip("~?%")
    if not _DATE.fullmatch(start):
        raise ValueError(f"{date}: not a date; write 2025-10-09, 2025-10 or 2025")
    return start


def _title_words(title: str) -> list[str]:
    words = _words(title)
    return [word for word in words if word not in _STOP] or words


def _words(text: str) -> list[str]:
    """Return the words in plain letters: `Türkiye's U.S. duty` is turkiyes, us, duty."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    joined = _INITIALS.sub(lambda match: match[0].replace(".", ""), bare)
    return _WORD.findall(_GROUPED.sub("", joined))


def _joined(start: str, words: Sequence[str], longest: int) -> str:
    """Join with hyphens, ending at the border of a word; only a first word is ever cut."""
    made = f"{start}-{words[0]}"[:longest]
    for word in words[1:]:
        if len(made) + 1 + len(word) > longest:
            break
        made += f"-{word}"
    return made
