"""Full text: the words of a search, as FTS5 takes them and, without it, as SQL does."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice, product

from rexctl.errors import bad_value
from rexctl.query.sql import Sql, condition, contains, events_of
from rexctl.query.terms import Query
from rexctl.query.word_forms import forms_of
from rexctl.values.text import comparison_key

MATCH = "_match"
MARKS = ("*", "*")
_TITLE, _PROSE = 10.0, 3.0  # what a word in the title counts, and one in other texts
_MAX_FORMS = 16  # of a phrase
_SNIPPET = 20  # words that are shown around those that match
_TOKEN = re.compile(r"[^\W_]+")


def search_events(
    words: Sequence[str], query: Query, *, full_text: bool, separate: Callable[[str], str],
    marks: tuple[str, str] = MARKS, limit: int | None = None, offset: int = 0, retracted: bool = False,
) -> Sql:  # fmt: skip
    """Return the statement for JSON, path and matching text of the events that hold all words.

    `expor*` matches what begins so, and several words in one text match as a phrase. A word matches
    in its British and its American form. The matching words stand between `marks`. `separate` puts
    Chinese, Japanese and Korean characters apart as the stored texts have them. The best match comes
    first; without `full_text` the latest event. Raises UsageError for what is no word.
    """
    for word in words:
        if not _TOKEN.search(word):
            raise bad_value(word or "''", "is no word")
    where = condition(query, retracted=retracted)
    paging = (-1 if limit is None else limit, offset)
    if not full_text:
        tokens = [_contain(token) for word in words for token in _TOKEN.findall(word)]
        matching = "".join(f" AND ({token.text})" for token in tokens)
        text = (f"SELECT b.json, f.path, '' FROM {events_of(query)} WHERE {where.text}{matching} "
                "ORDER BY b.low DESC, b.id, f.path LIMIT ? OFFSET ?")  # fmt: skip
        values = [value for token in tokens for value in token.values]
        return Sql(text, (*where.values, *values, *paging))
    text = (f"SELECT b.json, f.path, snippet(words, -1, ?, ?, '…', {_SNIPPET}) "
            "FROM words JOIN blobs b ON b.n = words.rowid JOIN files f ON f.blob = b.n "
            f"WHERE words MATCH ? AND {where.text} "
            f"ORDER BY bm25(words, {_TITLE}, {_PROSE}), b.low DESC, b.id, f.path LIMIT ? OFFSET ?")  # fmt: skip
    match = " AND ".join(_quote(word, separate) for word in words)
    return Sql(text, (*marks, match, *where.values, *paging))


def _contain(token: str) -> Sql:
    """Return the condition that a text contains a word in one of its forms."""
    forms = [contains(comparison_key(form)) for form in forms_of(token)]
    return Sql(
        " OR ".join(one.text for one in forms), tuple(v for one in forms for v in one.values)
    )


def _quote(word: str, separate: Callable[[str], str]) -> str:
    """Return a word or phrase in all its forms as FTS5 takes them.

    They are strings of FTS5, in which no character is one of its language.
    """
    star = "*" if word.endswith("*") else ""
    forms = islice(product(*map(forms_of, word.removesuffix("*").split())), _MAX_FORMS)
    phrases = [separate(" ".join(parts)).replace('"', '""') for parts in forms]
    return "(" + " OR ".join(f'"{phrase}"{star}' for phrase in phrases) + ")"
