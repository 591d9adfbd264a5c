"""Ids of new events, and the clauses that links name: what a snapshot has and what is free."""

import os
import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rexctl.snapshot.snapshot import Snapshot
from rexctl.store import layout
from rexctl.store.log import id_taken
from rexctl.values.codes import is_id
from rexctl.values.readings import readings
from rexctl.values.suggest import common_length, did_you_mean

# An id made by rexctl is at most this long, so that a table of 80 columns has room for more than
# ids; one that a person chooses may have all 80 characters.
MAX_MADE = 60
_MAX_WORDS = 5  # of a title
_LIKELY = 30  # ids that are compared with a mistyped one
_MIN_WORDS = 2  # of a short beginning, after the date
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}", re.ASCII)
_INITIALS = re.compile(r"\b(?:[a-z]\.)+[a-z]\b\.?")
_GROUPED = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
_WORD = re.compile(r"[a-z0-9]+")
_WORD_ENDS = re.compile(r"[^-](?=-|$)")
# Letters that no Unicode normal form decomposes.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
                          "ı": "i", "'": None, "’": None, "ʼ": None})  # fmt: skip


def suggest_id(text: str, ids: Sequence[str]) -> str:
    """Return `did you mean ...?` with the id most like a mistyped one, or an empty text."""
    from rapidfuzz import fuzz, process

    # To compare a text with each of 10,000 ids by letters takes 100 times as long.
    likely = process.extract(text, ids, scorer=fuzz.ratio, limit=_LIKELY)
    return did_you_mean(text, sorted(name for name, *_ in likely))


def is_taken(snapshot: Snapshot, root: Path, name: str) -> bool:
    """Return whether an event of the log has this id or once had it, or its file exists."""
    if not is_id(name):
        return False
    exists = os.path.lexists(root / layout.path_of(name))
    return exists or snapshot.event(name) is not None or snapshot.id_of_alias(name) is not None


def require_free(snapshot: Snapshot, root: Path, name: str) -> None:
    """Raise ConflictError for an id that an event of the log has or once had."""
    if is_taken(snapshot, root, name):
        fault = id_taken(root / layout.path_of(name))
        fault.hint = "choose another id"
        raise fault


def missing_clause(snapshot: Snapshot, link: Mapping[str, Any]) -> str:
    """Return which clauses the event of a link has, where the link names one that it lacks."""
    row = snapshot.event(str(link["to"])) if link.keys() >= {"clause", "to"} else None
    if row is None:
        return ""
    parts = [str(p["id"]) for key in ("clauses", "commitments") for p in row.data.get(key, ())]
    if link["clause"] in parts:
        return ""
    return f"its clauses are {', '.join(parts)}" if parts else "it has no clauses"


def shortest_beginnings(snapshot: Snapshot) -> dict[str, str]:
    """Return for each id of the log its shortest beginning that no other id and no former id has.

    It has the date and at least two words, so that it does not look like a date, and ends with a
    word. An id that another one begins with is left whole.
    """
    names, former = snapshot.ids(), snapshot.former_ids()
    shortest = {}
    for before, name, after in zip(["", *names], names, [*names[1:], ""], strict=False):
        length = 1 + max(common_length(name, one) for one in (before, after))
        date = _DATE.match(name)
        ends = (match.end() for match in _WORD_ENDS.finditer(name, date.end() + 1 if date else 0))
        shortest[name] = next((name[:end] for n, end in enumerate(ends, 1)
                               if n >= _MIN_WORDS and end >= length and name[:end] not in former),
                              name)  # fmt: skip
    return shortest


class IdMaker:
    """Makes ids that are not in use; `is_taken` says whether one is.

    It remembers the last number of each id, so that many events with one title take linear time.
    """

    def __init__(self, is_taken: Callable[[str], bool]) -> None:
        self._is_taken = is_taken
        self._last_number: dict[str, int] = {}
        self._first: dict[str, str] = {}  # of each id that was made, the one without a number

    def make(
        self, date: str, actors: Sequence[str], title: str, *, number: str = "",
        actor_names: Iterable[str] = (), same: Callable[[str], str] = lambda _: "",
    ) -> str:  # fmt: skip
        """Return an unused id from an EDTF date, the first actor's code, and a number or a title.

        Where it is in use, `-2`, `-3` and so on is added. Raises ValueError for a bad date.

        :param number: the number of the instrument; without one, at most five words of the title
            are taken, none of which is in the actor's code or its names.
        :param same: returns, for an id in use, the id of the same event, or "": that is the result.
        """
        start, actor = _start_of(date), _words_of("".join(actors[:1]).replace("/", " "))
        actor_words = {*actor, *(word for name in actor_names for word in _words_of(name))}
        words = [*actor, *(_words_of(number) or _title_words(title, actor_words))] or ["event"]
        if len(start) < 10 and words[0].isdecimal():
            words = ["event", *words]  # a number after the year would look like a month
        first = _join(start, words, MAX_MADE)
        count = self._last_number.get(first, 0)
        while True:
            count += 1
            self._last_number[first] = count
            event_id = first if count == 1 else _numbered(start, words, count)
            if not self._is_taken(event_id):
                self._first[event_id] = first
                return event_id
            if same_id := same(event_id):
                return same_id

    def take_back(self, event_id: str) -> None:
        """Let `make` look at an id again, the last one of its words that it made."""
        if first := self._first.pop(event_id, ""):
            self._last_number[first] -= 1


def _start_of(date: str) -> str:
    """Return the earliest date at its own precision; of `../B`, B."""
    first, _, last = date.partition("/")
    start = (last if first == ".." else first).rstrip("~?%")
    if not _DATE.fullmatch(start):
        raise ValueError(f"{date}: not a date; write 2025-10-09, 2025-10 or 2025")
    return start


def _title_words(title: str, actor_words: Container[str]) -> list[str]:
    """Return the words of a title that say something, those of the actor aside, as far as there are."""
    words = _words_of(title)
    content_words = [word for word in words if word not in readings()["title_stop_words"]] or words
    content_words = [word for word in content_words if word not in actor_words] or content_words
    first = content_words[:_MAX_WORDS]
    # `tariff rising` of `a tariff rising to 25%` would end within a phrase.
    is_within = words[words.index(first[-1]) + 1 :][:1] in (["of"], ["to"], ["than"]) if first else False  # fmt: skip
    return first[:-1] if is_within and content_words[_MAX_WORDS:] else first


def _words_of(text: str) -> list[str]:
    """Return the words in ASCII letters: of `Türkiye's U.S. duty` turkiyes, us, duty."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    joined = _INITIALS.sub(lambda match: match[0].replace(".", ""), bare)
    return _WORD.findall(_GROUPED.sub("", joined))


def _join(start: str, words: Sequence[str], max_length: int) -> str:
    """Join with hyphens, cut between words; only a first word is ever cut within."""
    joined = f"{start}-{words[0]}"[:max_length]
    for word in words[1:]:
        if len(joined) + 1 + len(word) > max_length:
            break
        joined += f"-{word}"
    return joined


def _numbered(start: str, words: Sequence[str], number: int) -> str:
    suffix = f"-{number}"
    return _join(start, words, MAX_MADE - len(suffix)) + suffix
