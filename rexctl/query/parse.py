"""Parse the words of the command line as a query: terms joined, saved queries expanded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rexctl.errors import UsageError, bad_value, unknown_name
from rexctl.query.terms import Query, Term, Value
from rexctl.query.values import ORDER, ValueContext, parse_value
from rexctl.values.text import comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from rexctl.query.terms import NameResolver

_MAX_WORDS = 1000  # saved queries that name each other could grow without limit
_MAX_DEPTH = 16
_COMMA = re.compile(r"(?<!\\),")
# Operators that are others, negated or not, once their window is known.
_EQUIVALENT = {
    "ne": ("eq", True), "missing": ("has", True), "within": ("any", False),
    "lt": ("any", False), "le": ("any", False), "gt": ("any", False), "ge": ("any", False),
}  # fmt: skip

_ALWAYS = ("any", "all", "eq", "ne", "has", "missing")
# `within` selects as `:` does, as a term of its own: `date:2025-10 date.within:90d` wants both.
_DATES = (*ORDER, "certain", "within")
_BY_KIND = {
    "number": ORDER, "integer": ORDER, "date": _DATES, "day": _DATES,
    "word": (), "actor": ("in", "re"),
}  # fmt: skip
_TEXTS = ("re",)
OPERATORS = tuple(dict.fromkeys((*_ALWAYS, *_DATES, "in", "re")))
_PRESENCE = ("has", "missing")
_SEE = "rexctl fields lists them; --text takes words with a colon"


class FieldName(NamedTuple):
    """A field with an operator. `kind` is empty for a group of fields, which can only be present."""

    field: str
    kind: str
    op: str


class _TermKey(NamedTuple):
    """A term without its values; the values of equal ones are joined."""

    name: FieldName
    negated: bool


def parse(words: Sequence[str], resolver: NameResolver, today: date) -> Query:
    r"""Return the query of the words.

    Terms with the same field and the same operator are joined: one of their values is enough
    (`all` and `not:` want every one). A comma in a value is written `\,`, except after `re`, whose
    value is never split. Raises UsageError.
    """
    joined: dict[_TermKey, dict[Value, None]] = {}
    free: dict[str, None] = {}
    for word in _expand(words, resolver):
        if ":" not in word:
            free[_check_word(word)] = None
            continue
        key, texts = _split_term(word, resolver)
        context = ValueContext(key.name.field, key.name.kind, key.name.op, resolver, today)
        values = joined.setdefault(key, {})
        values.update((parse_value(text, context), None) for text in texts)
    terms = (_make_term(key, tuple(values)) for key, values in joined.items())
    return Query(tuple(terms), tuple(free))


def with_texts(query: Query, texts: Iterable[str]) -> Query:
    """Return the query with more words, which are not parsed. Raises UsageError."""
    words = dict.fromkeys((*query.words, *map(_check_word, texts)))
    return query._replace(words=tuple(words))


def with_ids(query: Query, ids: Iterable[str] | None) -> Query:
    """Return the query limited to these ids; None does not limit it, no ids match nothing."""
    if ids is None:
        return query
    values = tuple(Value(one) for one in dict.fromkeys(ids))
    return query._replace(terms=(*query.terms, Term("id", "id", "eq", values)))


def hides_retracted(query: Query) -> bool:
    """Return whether retracted events are left out: the query has no term on `confidence`."""
    return all(term.field != "confidence" for term in query.terms)


def _check_word(word: str) -> str:
    if not word.strip():
        raise bad_value("''", "is an empty word")
    if not comparison_key(word).strip():  # accents alone would match every text
        raise bad_value(word, "is not a word")
    return word.strip()


def _expand(
    words: Iterable[str], resolver: NameResolver, inside: tuple[str, ...] = (),
    limit: int = _MAX_WORDS,
) -> list[str]:  # fmt: skip
    """Return all words, saved queries replaced by theirs. Raises UsageError for loops."""
    expanded: list[str] = []
    for word in words:
        expanded += (
            _load_saved(word, resolver, inside, limit - len(expanded))
            if word[:1] == "@"
            else [word]
        )
        if len(expanded) > limit:
            raise bad_value(f"@{inside[0]}" if inside else "the query", "has too many words")
    return expanded


def _load_saved(
    word: str, resolver: NameResolver, inside: tuple[str, ...], limit: int
) -> list[str]:  # fmt: skip
    name = word[1:]
    if name not in resolver.saved:
        names = sorted(resolver.saved)
        raise unknown_name("saved query", name, names, see="they are in rexctl.yaml")
    if name in inside:
        raise bad_value(word, "uses itself", " -> ".join((*inside, name)))
    if len(inside) >= _MAX_DEPTH:
        raise bad_value(word, f"is nested in more than {_MAX_DEPTH} saved queries")
    import shlex

    try:
        words = shlex.split(resolver.saved[name])
    except ValueError:
        raise bad_value(word, "has a quote that is not closed", resolver.saved[name]) from None
    if not words:
        raise bad_value(word, "is empty", "it is in rexctl.yaml")
    return _expand(words, resolver, (*inside, name), limit)


def _split_term(word: str, resolver: NameResolver) -> tuple[_TermKey, Iterator[str]]:
    """Return the field and operator of a term, and the texts of its values."""
    rest = word.removeprefix("not:")
    negated = rest != word
    if negated and (":" not in rest or rest[:1] == "@"):
        raise bad_value(word, "not: must be followed by a term", "such as not:actor:US")
    before, _, value = rest.partition(":")
    if before in ("has", "missing") and before not in resolver.fields:
        if "," in value or not value:
            raise bad_value(before, "takes one field", f"such as {before}:effective")
        return _TermKey(parse_presence(value, before, resolver), negated), iter(())
    name = parse_name(before, resolver)
    if name.op in ("has", "missing"):
        if value:
            raise bad_value(rest, f"{name.op} takes no value", f"write {name.op}:{name.field}")
        return _TermKey(name, negated), iter(())
    pieces = [value] if name.op == "re" else _COMMA.split(value)
    return _TermKey(name, negated), (piece.replace("\\,", ",") for piece in pieces)


def _make_term(key: _TermKey, values: tuple[Value, ...]) -> Term:
    op, inverted = _EQUIVALENT.get(key.name.op, (key.name.op, False))
    return Term(key.name.field, key.name.kind, op, values, key.negated != inverted)


# The part of a term before the colon: the field, its kind, and the operator


def parse_name(name: str, resolver: NameResolver) -> FieldName:
    """Return the field and operator of `FIELD` or `FIELD.OP`; the longest known field wins.

    Raises UsageError for an unknown field or operator, and for one that the kind of the field does
    not have.
    """
    if field := _resolve_field(name, resolver):
        return FieldName(field, _kind_of(field, resolver), "any")
    head, dot, op = name.rpartition(".")
    field = _resolve_field(head, resolver) if dot else ""
    if field and op in OPERATORS:
        return _check_operator(FieldName(field, _kind_of(field, resolver), op))
    if dot and op in _PRESENCE and (group := _resolve_group(head, resolver)):
        return FieldName(group, "", op)
    raise _unknown_name(name, field, resolver)


def parse_presence(name: str, op: str, resolver: NameResolver) -> FieldName:
    """Return the field of `has:FIELD` or `missing:FIELD`. Raises UsageError."""
    if field := _resolve_field(name, resolver):
        return FieldName(field, _kind_of(field, resolver), op)
    if group := _resolve_group(name, resolver):
        return FieldName(group, "", op)
    raise _unknown_name(name, "", resolver)


def _resolve_field(name: str, resolver: NameResolver) -> str:
    """Return the full name of a field, or an empty text."""
    for full in _expansions(name, resolver):
        if full in resolver.fields:
            return full
    own = name.startswith("x-") and len(name) > 2 and name.rpartition(".")[2] not in OPERATORS
    return name if own else ""


def _resolve_group(name: str, resolver: NameResolver) -> str:
    """Return the full name of a group of fields, such as `effective`, or an empty text."""
    for full in _expansions(name, resolver):
        if any(field.startswith(f"{full}.") for field in resolver.fields):
            return full
    return ""


def _expansions(name: str, resolver: NameResolver) -> tuple[str, ...]:
    """Return what a name may stand for: itself, and with its short form expanded."""
    first, dot, rest = name.partition(".")
    return name, resolver.aliases.get(name, name), resolver.aliases.get(first, first) + dot + rest


def _kind_of(field: str, resolver: NameResolver) -> str:
    info = resolver.fields.get(field)
    return info.kind if info else "extra"


def _check_operator(name: FieldName) -> FieldName:
    allowed = (*_ALWAYS, *_BY_KIND.get(name.kind, _TEXTS))
    if name.op not in allowed:
        reason = f"{name.field} is a {name.kind}, which has no operator {name.op}"
        raise bad_value(f"{name.field}.{name.op}", reason, f"use one of {', '.join(allowed)}")
    return name


def _unknown_name(name: str, field: str, resolver: NameResolver) -> UsageError:
    """Return the error for an unknown name, with the nearest known one."""
    if group := _resolve_group(name, resolver):
        parts = [one for one in resolver.fields if one.startswith(f"{group}.")]
        return bad_value(name, "is a group of fields", f"such as {', '.join(parts[:3])}")
    op = name.rpartition(".")[2]
    if field:
        inner = [one for one in resolver.fields if one.startswith(f"{field}.")]
        allowed = (*_ALWAYS, *_BY_KIND.get(_kind_of(field, resolver), _TEXTS))
        choices = [*inner, *(f"{field}.{one}" for one in allowed)]
        return unknown_name("field", name, choices, see=f"such as {', '.join(choices[:4])}")
    names = [*resolver.fields, *resolver.aliases, *_PRESENCE]
    if op in OPERATORS and op != name:
        names = [f"{one}.{op}" for one in names]
    return unknown_name("field", name or "''", names, see=_SEE)
