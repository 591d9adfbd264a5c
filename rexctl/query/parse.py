"""Words of the command line read as a query: terms joined, saved queries put in."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from rexctl.errors import bad_value, unknown_name
from rexctl.query.names import Name, named, there
from rexctl.query.terms import Query, Term, Value, fold
from rexctl.query.values import Question, judged
from rexctl.values.lazy_pattern import Late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from rexctl.query.terms import Lexicon

_LONGEST = 1000  # words of a query: saved ones that name each other could grow without end
_DEEPEST = 16
_COMMA = Late(r"(?<!\\),")
# What is left when an operator has made its window, or is another one turned about.
_RESOLVED = {
    "ne": ("eq", True), "missing": ("has", True), "within": ("any", False),
    "lt": ("any", False), "le": ("any", False), "gt": ("any", False), "ge": ("any", False),
}  # fmt: skip


class _Asked(NamedTuple):
    """One term as it was written; equal ones are joined."""

    name: Name
    negated: bool


def parse(words: Sequence[str], lexicon: Lexicon, today: date) -> Query:
    r"""Understand a query.

    Terms with the same field and the same operator are joined: one of their values is enough
    (`all` and `not:` ask for every one). A comma in a value is written `\,`, except after `re`,
    which takes its value whole. Raises UsageError and UsageError.
    """
    joined: dict[_Asked, dict[Value, None]] = {}
    free: dict[str, None] = {}
    for word in _expanded(words, lexicon):
        if ":" not in word:
            free[_worded(word)] = None
            continue
        asked, texts = _term(word, lexicon)
        question = Question(asked.name.field, asked.name.kind, asked.name.op, lexicon, today)
        values = joined.setdefault(asked, {})
        values.update((judged(text, question), None) for text in texts)
    terms = (_resolved(asked, tuple(values)) for asked, values in joined.items())
    return Query(tuple(terms), tuple(free))


def with_texts(query: Query, texts: Iterable[str]) -> Query:
    """Give the query with more words, taken as they stand. Raises UsageError."""
    words = dict.fromkeys((*query.words, *map(_worded, texts)))
    return query._replace(words=tuple(words))


def with_ids(query: Query, ids: Iterable[str] | None) -> Query:
    """Give the query for these whole ids only; None asks nothing, no ids find nothing."""
    if ids is None:
        return query
    values = tuple(Value(one) for one in dict.fromkeys(ids))
    return query._replace(terms=(*query.terms, Term("id", "id", "eq", values)))


def hides_retracted(query: Query) -> bool:
    """Tell whether retracted events stay out: the query does not ask about confidence."""
    return all(term.field != "confidence" for term in query.terms)


def _worded(word: str) -> str:
    if not word.strip():
        raise bad_value("''", "is an empty word")
    if not fold(word).strip():  # nothing but accents: it would be found in every text
        raise bad_value(word, "is no word")
    return word.strip()


def _expanded(
    words: Iterable[str], lexicon: Lexicon, inside: tuple[str, ...] = (), limit: int = _LONGEST
) -> list[str]:
    """Give all words, those of saved queries in their place. Raises for loops and for too many."""
    found: list[str] = []
    for word in words:
        found += _saved(word, lexicon, inside, limit - len(found)) if word[:1] == "@" else [word]
        if len(found) > limit:
            raise bad_value(f"@{inside[0]}" if inside else "the query", "has too many words")
    return found


def _saved(word: str, lexicon: Lexicon, inside: tuple[str, ...], limit: int) -> list[str]:
    name = word[1:]
    if name not in lexicon.saved:
        names = sorted(lexicon.saved)
        raise unknown_name("saved query", name, names, see="rexctl.yaml holds them")
    if name in inside:
        raise bad_value(word, "asks for itself", " -> ".join((*inside, name)))
    if len(inside) >= _DEEPEST:
        raise bad_value(word, f"stands in over {_DEEPEST} saved queries")
    try:
        words = import_module("shlex").split(lexicon.saved[name])
    except ValueError:
        raise bad_value(word, "has a quote that is not closed", lexicon.saved[name]) from None
    if not words:
        raise bad_value(word, "asks nothing", "rexctl.yaml holds it")
    return _expanded(words, lexicon, (*inside, name), limit)


def _term(word: str, lexicon: Lexicon) -> tuple[_Asked, Iterator[str]]:
    """Read one term: what it asks, and its values as they were written."""
    rest = word.removeprefix("not:")
    negated = rest != word
    if negated and (":" not in rest or rest[:1] == "@"):
        raise bad_value(word, "not: stands before a field", "such as not:actor:US")
    before, _, value = rest.partition(":")
    if before in ("has", "missing") and before not in lexicon.fields:
        if "," in value or not value:
            raise bad_value(before, "asks of one field", f"such as {before}:effective")
        return _Asked(there(value, before, lexicon), negated), iter(())
    name = named(before, lexicon)
    if name.op in ("has", "missing"):
        if value:
            raise bad_value(rest, f"{name.op} takes no value", f"write {name.op}:{name.field}")
        return _Asked(name, negated), iter(())
    pieces = [value] if name.op == "re" else _COMMA.split(value)
    return _Asked(name, negated), (piece.replace("\\,", ",") for piece in pieces)


def _resolved(asked: _Asked, values: tuple[Value, ...]) -> Term:
    op, turned = _RESOLVED.get(asked.name.op, (asked.name.op, False))
    return Term(asked.name.field, asked.name.kind, op, values, asked.negated != turned)
