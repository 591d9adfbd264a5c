"""Full text: the words of a query, as FTS5 takes them and, without it, as SQL does."""

from __future__ import annotations

import re
from itertools import islice, product

from rexctl.query.sql import EVENTS, Sql, condition
from rexctl.query.terms import Query
from rexctl.query.word_forms import forms_of
from rexctl.values.text import MARKS, comparison_key, separate_characters

MATCH = "_match"
# What a word counts in the title, in other texts, and in titles and quotes of sources.
_WEIGHTS = "10.0, 3.0, 0.5"
_MAX_FORMS = 16  # of a phrase
_SNIPPET = 20  # words that are shown around those that match
_TOKEN = re.compile(r"[^\W_]+")


def search_events(
    query: Query, *, limit: int | None = None, offset: int = 0, retracted: bool = False
) -> Sql:
    """Return the statement for JSON, path and three texts of the events that hold all words.

    The texts are parts of the title, of other texts and of the words of sources; the matching words
    stand between MARKS. The best match comes first; without full text the latest event.
    """
    where = condition(query._replace(words=()), retracted=retracted)
    paging = (-1 if limit is None else limit, offset)
    if not query.full_text:
        where = condition(query, retracted=retracted)
        text = (f"SELECT b.json, f.path, '', '', '' FROM {EVENTS} WHERE {where.text} "
                "ORDER BY b.low DESC, b.id, f.path LIMIT ? OFFSET ?")  # fmt: skip
        return Sql(text, (*where.values, *paging))
    parts = ", ".join(f"snippet(words, {n}, ?, ?, '…', {_SNIPPET})" for n in range(3))
    text = (f"SELECT b.json, f.path, {parts} "
            "FROM words JOIN blobs b ON b.n = words.rowid JOIN files f ON f.blob = b.n "
            f"WHERE words MATCH ? AND {where.text} "
            f"ORDER BY bm25(words, {_WEIGHTS}), b.low DESC, b.id, f.path LIMIT ? OFFSET ?")  # fmt: skip
    return Sql(text, (*MARKS * 3, _match(query), *where.values, *paging))


def conditions(query: Query) -> list[Sql]:
    """Return the conditions that an event has all words of a query.

    `expor*` matches what begins so, and several words in one text match as a phrase. A word matches
    in its British and its American form.
    """
    if query.full_text:
        matching = "f.blob IN (SELECT rowid FROM words WHERE words MATCH ?)"
        return [Sql(matching, (_match(query),))]
    return [_contain(token) for word in query.words for token in _TOKEN.findall(word)]


def _contain(token: str) -> Sql:
    """Return the condition that a text contains a word in one of its forms."""
    forms = tuple(comparison_key(form) for form in forms_of(token))
    texts = "comparison_key(t.title || char(10) || t.prose || char(10) || t.sources)"
    some = " OR ".join(f"instr({texts}, ?) > 0" for _ in forms)
    return Sql(f"EXISTS (SELECT 1 FROM texts t WHERE t.n = f.blob AND ({some}))", forms)


def _match(query: Query) -> str:
    return " AND ".join(map(_quote, query.words))


def _quote(word: str) -> str:
    """Return a word or phrase in all its forms as FTS5 takes them.

    They are strings of FTS5, in which no character is one of its language.
    """
    star = "*" if word.endswith("*") else ""
    forms = islice(product(*map(forms_of, word.removesuffix("*").split())), _MAX_FORMS)
    phrases = [separate_characters(" ".join(parts)).replace('"', '""') for parts in forms]
    return "(" + " OR ".join(f'"{phrase}"{star}' for phrase in phrases) + ")"
