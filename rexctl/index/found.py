"""Full text: events ranked by how well they answer words, each with the stretch where these stand."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from rexctl.errors import bad_value
from rexctl.index.spread import spread
from rexctl.index.where import condition, holds
from rexctl.records import Row
from rexctl.values.text import comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rexctl.index.tables import Index
    from rexctl.query import Query

MATCH = "_match"
_TITLE, _PROSE, _REST = 10.0, 3.0, 1.0  # what a word in each is worth
_TOKEN = re.compile(r"[^\W_]+")
_TEXTS = "(SELECT texts FROM contents c WHERE c.n = events.n)"
_AROUND = 60  # signs before and after the words that are shown


class Sought:
    """A word, a phrase of several, or the beginning of a word (`expor*`)."""

    def __init__(self, word: str) -> None:
        self.begins = word.endswith("*")
        self.tokens = [comparison_key(found) for found in _TOKEN.findall(spread(word))]
        if not self.tokens:
            raise bad_value(word or "''", "is no word")

    @property
    def asked(self) -> str:
        """The word as FTS5 has it; quoted, so that no sign in it is one of its language."""
        phrase = " ".join(self.tokens)
        return f'"{phrase}"' + ("*" if self.begins else "")

    def may_be_in(self, text: str) -> bool:
        """Tell whether a text may hold one of these: most do not, and need not be parted into words."""
        folded = comparison_key(text)
        return any(token in folded for token in self.tokens)

    def is_in(self, token: str) -> bool:
        """Tell whether a token of a text is one of these."""
        last = self.tokens[-1]
        return token in self.tokens or (self.begins and token.startswith(last))


def rows(
    index: Index, words: Sequence[str], query: Query, *, limit: int | None = None,
    offset: int = 0, retracted: bool = False,
) -> Iterator[Row]:  # fmt: skip
    """Give the events that hold all words, the best first. Raises UsageError for what is no word."""
    sought = [Sought(word) for word in words]
    sql, values = _question(index, sought, query, retracted=retracted)
    bound = (*values, -1 if limit is None else limit, offset)
    for line, path, texts in index.ask(f"{sql} LIMIT ? OFFSET ?", bound):
        row = Row(text=line, path=path)
        match = stretch(json.loads(texts), sought)
        yield Row({**row.data, MATCH: match}, path=path) if match else row


def count(index: Index, words: Sequence[str], query: Query, *, retracted: bool = False) -> int:
    """Give how many events hold all words."""
    sought = [Sought(word) for word in words]
    sql, values = _question(index, sought, query, retracted=retracted)
    return int(next(index.ask(f"SELECT count(*) FROM ({sql})", values))[0])


def _question(
    index: Index, sought: Sequence[Sought], query: Query, *, retracted: bool
) -> tuple[str, tuple[object, ...]]:
    asked = condition(query, retracted=retracted)
    if not index.worded:  # this SQLite has no full text: all words somewhere, the latest first
        tokens = [holds(token) for one in sought for token in one.tokens]
        parts = "".join(f" AND {token.sql}" for token in tokens)
        words = tuple(value for token in tokens for value in token.values)
        return (f"SELECT json, path, {_TEXTS} FROM events WHERE ({asked.sql}){parts} "
                "ORDER BY lo DESC, id"), (*asked.values, *words)  # fmt: skip
    sql = (f"SELECT json, path, {_TEXTS} FROM (SELECT rowid AS hit, "
           f"bm25(words, {_TITLE}, {_PROSE}, {_REST}) AS score FROM words WHERE words MATCH ?) "
           f"JOIN events ON n = hit WHERE {asked.sql} ORDER BY score, lo DESC, id")  # fmt: skip
    return sql, (" AND ".join(one.asked for one in sought), *asked.values)


def stretch(texts: dict[str, list[str]], sought: Sequence[Sought]) -> str:
    """Give the stretch of text that holds most of the words, each marked by asterisks."""
    best, most = "", 0
    for field in sorted(texts, key=lambda name: name in ("title", "sources.url")):
        for text in texts[field]:
            if not any(one.may_be_in(text) for one in sought):
                continue
            tokens = [comparison_key(found) for found in _TOKEN.findall(spread(text))]
            held = sum(any(one.is_in(token) for token in tokens) for one in sought)
            if held > most:
                best, most = text, held
    return _marked(best, sought)


def _marked(text: str, sought: Sequence[Sought]) -> str:
    """Give the text with the words marked, cut to what stands around the first of them."""
    places: list[tuple[int, int]] = []
    for found in _TOKEN.finditer(text):
        for start, end in _signs(found.group(), found.start()):
            if any(one.is_in(comparison_key(text[start:end])) for one in sought):
                if places and places[-1][1] == start:
                    places[-1] = places[-1][0], end
                else:
                    places.append((start, end))
    if not places:
        return ""
    first = max(places[0][0] - _AROUND, 0)
    last = min(places[0][1] + _AROUND, len(text))
    shown, at = "…" if first else "", first
    for start, end in places:
        if end <= last:
            shown += f"{text[at:start]}*{text[start:end]}*"
            at = end
    return " ".join((shown + text[at:last] + ("…" if last < len(text) else "")).split())


def _signs(word: str, at: int) -> Iterator[tuple[int, int]]:
    """Give where the words within a run of letters stand: each sign of Chinese is one."""
    start = 0
    for piece in spread(word).split():
        yield at + start, at + start + len(piece)
        start += len(piece)
