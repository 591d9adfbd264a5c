"""Parse the words of the command line as a query: terms joined, saved queries expanded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from rexctl.errors import UsageError, bad_value, unknown_name
from rexctl.model.tables import ALIASES, FIELDS
from rexctl.query.terms import ORDER, NameResolver, Query, Term, Value, ValueContext, parse_value
from rexctl.values.suggest import nearest
from rexctl.values.text import comparison_key, split_names

_MAX_WORDS = 1000  # saved queries that name each other could grow without limit
_MAX_DEPTH = 16
_MAX_LISTED = 8  # saved queries in an error
# What another spelling of a term has, such as `type=tariff`, `!x`, `-type:tariff` or `a or b`.
_UNUSUAL = re.compile(
    r"[=~<>≥≤≠!+(*|;&]|:[/%]|(?:^|[:,])\s*-|\b(?:or|and|not)\b|^\d{4}-[\dQW]|"
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]",
    re.IGNORECASE,
)
_COMMA = re.compile(r"(?<!\\),")
# What opens and closes a value that may hold commas.
_QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“", "‘": "’", "«": "»"}
# Operators that are others, negated or not, once their window is known.
_EQUIVALENT = {
    "ne": ("eq", True), "missing": ("has", True), "within": ("any", False),
    "lt": ("any", False), "le": ("any", False), "gt": ("any", False), "ge": ("any", False),
}  # fmt: skip

_ALWAYS = ("any", "all", "only", "eq", "ne", "has", "missing")
# `within` selects as `:` does, as a term of its own: `date:2025-10 date.within:90d` wants both.
_DATES = (*ORDER, "certain", "within")
_BY_KIND = {
    "number": ORDER, "integer": ORDER, "date": _DATES, "day": _DATES,
    "word": (), "actor": ("in", "re"),
}  # fmt: skip
_TEXTS = ("re",)
OPERATOR_HELP = {
    "any": "one of the values, as without an operator", "all": "all of the values",
    "only": "one of the values and no other", "eq": "exactly",
    "ne": "not exactly", "has": "is set", "missing": "is not set", "lt": "less or before",
    "le": "at most or by", "gt": "more or after", "ge": "at least or from",
    "certain": "entirely in the range", "within": "a range besides another one",
    "in": "member of a bloc on the event's day", "re": "matches a regular expression",
}  # fmt: skip
OPERATORS = tuple(OPERATOR_HELP)
_PRESENCE = ("has", "missing")
# The short name of `sources.attribution`; without an operator it is about what the event rests on.
_ATTRIBUTION = "attribution"
_NAMED = frozenset(
    {"actor", "country", "law", "list", "product"}
)  # by names, which may have commas
_SEE = "rexctl fields lists them; --text takes words with a colon"
# Names of commands that are tried as fields: `in-force:2026-01-01`.
_IN_FORCE = "rexctl in-force DAY shows them; state:in-force selects those of today"
_COMMANDS = {"inforce": _IN_FORCE, "active": _IN_FORCE, "outcomes": "rexctl outcomes shows them",
             "duty": "rexctl duty --from CODE --to CODE", "calendar": "rexctl calendar --since DAY"}  # fmt: skip


def operators_of(kind: str) -> tuple[str, ...]:
    """Return the operators that a field of this kind has."""
    return (*_ALWAYS, *_BY_KIND.get(kind, _TEXTS))


def parse(words: Sequence[str], resolver: NameResolver, today: date) -> Query:
    r"""Return the query of the words.

    Terms with the same field and the same operator are joined: one of their values is enough
    (`all` and `not:` want every one). A comma in a value is written `\,` or within quotes, except
    after `re`, whose value is never split. Raises UsageError, also for a term in the spelling of
    another language (`type=tariff`).
    """
    joined: dict[Term, dict[Value, None]] = {}  # the values of each term that has none yet
    free: dict[str, None] = {}
    notices: dict[str, None] = {}
    for word in _expand(words, resolver):
        unusual = _UNUSUAL.search(word) is not None
        if unusual:
            from rexctl.query import spelling

            spelling.check_characters(word)
        if text := _quoted(word):
            free[_check_word(text)] = None
            continue
        if unusual:
            spelling.check_word(word)
        if ":" not in word:
            if unusual:
                notices.update(dict.fromkeys(spelling.notices_of_word(word)))
            if not unusual or not spelling.is_sign(word):
                free[_check_word(word)] = None
            continue
        name, texts = _split_term(word)
        context = ValueContext(name.field, name.kind, name.op, resolver, today)
        texts = _join_names(list(texts), context)
        values = joined.setdefault(name, {})
        for text, quoted in texts:
            if unusual and not quoted:
                spelling.check_value(word, text, name.kind)
                notices.update(dict.fromkeys(spelling.notices_of_value(name, text)))
            values[parse_value(text, context)] = None
    if len(free) > 1 or any(" " in word for word in free):
        notices.update(dict.fromkeys(_notices_of_verbs(list(free))))
    terms = tuple(_with_values(term, tuple(values)) for term, values in joined.items())
    return Query(terms, tuple(free), tuple(notices))


def _notices_of_verbs(words: list[str]) -> Iterable[str]:
    if not any(part in FIELDS or part in ALIASES for word in words for part in word.split()):
        return ()
    from rexctl.query import spelling

    return spelling.notices_of_verbs(words)


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
    if not any(map(str.isalnum, comparison_key(word))):  # accents and signs are in no text
        raise bad_value(word, "is not a word")
    return word.strip()


def _expand(
    words: Iterable[str], resolver: NameResolver, inside: tuple[str, ...] = (),
    limit: int = _MAX_WORDS,
) -> list[str]:  # fmt: skip
    """Return all words, saved queries replaced by theirs. Raises UsageError for loops."""
    expanded: list[str] = []
    for word in words:
        room = limit - len(expanded)
        expanded += _load_saved(word, resolver, inside, room) if word[:1] == "@" else [word]
        if len(expanded) > limit:
            raise bad_value(f"@{inside[0]}" if inside else "the query", "has too many words")
    return expanded


def _load_saved(
    word: str, resolver: NameResolver, inside: tuple[str, ...], limit: int
) -> list[str]:  # fmt: skip
    name = word[1:]
    if name not in resolver.saved:
        names = sorted(resolver.saved)
        listed = ", ".join(f"@{one}" for one in names[:_MAX_LISTED])
        see = f"write {listed}" if listed else "rexctl.yaml has none under queries"
        if near := nearest(name, names):
            see = f"did you mean @{near}?"
        raise unknown_name("saved query", word, (), see=see)
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


def _quoted(word: str) -> str:
    """Return the text of a word that is quoted from end to end, or an empty text."""
    close = _QUOTES.get(word[:1], "")
    inside = word[1:-1]
    return inside if close and len(word) > 2 and word[-1] == close and close not in inside else ""


def _split_values(term: str, value: str) -> list[tuple[str, bool]]:
    """Return the values between commas, and whether each is in quotes. Raises UsageError."""
    values: list[tuple[str, bool]] = []
    rest, more = value, True
    while more:
        start = rest.lstrip()
        close = _QUOTES.get(start[:1])
        end = close and re.compile(rf"(?<!\\){close}\s*(,|$)").search(start, 1)
        if end:
            values.append((start[1 : end.start()].replace(f"\\{close}", str(close)), True))
            rest, more = start[end.end() :], bool(end[1])
            continue
        if start[:1] == '"':
            raise bad_value(term, "has a quote that is not closed", 'write \\" for the sign itself')
        comma = _COMMA.search(rest)
        text = rest[: comma.start()] if comma else rest
        values.append((text.replace("\\,", ",").replace('\\"', '"'), False))
        rest, more = rest[comma.end() :] if comma else "", comma is not None
    return values


def _split_term(word: str) -> tuple[Term, Iterable[tuple[str, bool]]]:
    """Return a term without values, and its values, each with whether it is in quotes."""
    rest = word.removeprefix("not:")
    negated = rest != word
    if negated and (":" not in rest or rest[:1] == "@"):
        raise bad_value(word, "not: must be followed by a term", "such as not:actor:US")
    before, _, value = rest.partition(":")
    if before in _PRESENCE:
        if "," in value or not value:
            raise bad_value(before, "takes one field", f"such as {before}:effective")
        return parse_presence(value, before)._replace(negated=negated), ()
    name = parse_name(before)._replace(negated=negated)
    if name.op in _PRESENCE:
        if value:
            raise bad_value(rest, f"{name.op} takes no value", f"write {name.op}:{name.field}")
        return name, ()
    if name.op == "re":
        return name, [(_quoted(value) or value, True)]
    return name, _split_values(rest, value)


def _join_names(texts: list[tuple[str, bool]], context: ValueContext) -> list[tuple[str, bool]]:
    """Return the values, those joined that are one name with commas, as `add` reads it."""
    kind, resolver = context.kind, context.resolver
    pieces = [text.strip() for text, quoted in texts if not quoted]
    if not 1 < len(pieces) == len(texts) or kind not in _NAMED:
        return texts
    if all(resolver.is_known(kind, one) for one in pieces):  # no name need be loaded
        return texts
    return [
        (one, False)
        for one in split_names(", ".join(pieces), lambda name: resolver.find(kind, name))
    ]


def _with_values(term: Term, values: tuple[Value, ...]) -> Term:
    op, inverted = _EQUIVALENT.get(term.op, (term.op, False))
    return term._replace(op=op, values=values, negated=term.negated != inverted)


# The part of a term before the colon: the field, its kind, and the operator


def parse_name(name: str) -> Term:
    """Return the term, without values, of `FIELD` or `FIELD.OP`; the longest known field wins.

    Raises UsageError for an unknown field or operator, and for one that the kind of the field does
    not have.
    """
    if field := _resolve_field(name):
        return Term(field, _kind_of(field), "rests-on" if name == _ATTRIBUTION else "any")
    head, _, op = name.rpartition(".")
    field = _resolve_field(head)
    if op in _PRESENCE and (field or _resolve_group(head)):
        return parse_presence(head, op)
    if not field or op not in OPERATORS:
        raise _unknown_name(name, field)
    kind = _kind_of(field)
    if op not in (allowed := operators_of(kind)):
        reason = f"{field} is a {kind}, which has no operator {op}"
        raise bad_value(f"{field}.{op}", reason, f"use one of {', '.join(allowed)}")
    return Term(field, kind, op)


def parse_presence(name: str, op: str) -> Term:
    """Return the term of `has:FIELD` or `missing:FIELD`. Raises UsageError."""
    if field := _resolve_field(name) or _resolve_group(name):
        return Term(field, _kind_of(field), op)
    raise _unknown_name(name, "")


def _resolve_field(name: str) -> str:
    """Return the full name of a field, or an empty text."""
    if full := next((one for one in _expansions(name) if one in FIELDS), ""):
        return full
    own = name.startswith("x-") and len(name) > 2 and name.rpartition(".")[2] not in OPERATORS
    return name if own else ""


def _resolve_group(name: str) -> str:
    """Return the full name of a group of fields, such as `effective`, or an empty text."""
    return next((one for one in _expansions(name) if fields_within(one)), "")


def _expansions(name: str) -> tuple[str, str, str]:
    """Return the readings of a name: itself, and with its short form expanded."""
    first, dot, rest = name.partition(".")
    if first == _ATTRIBUTION:
        name, first = f"sources.{name}", f"sources.{first}"
    return name, ALIASES.get(name, name), ALIASES.get(first, first) + dot + rest


def fields_within(group: str) -> list[str]:
    """Return the fields of a group; empty for a name that is none."""
    return [field for field in FIELDS if field.startswith(f"{group}.")]


def field_groups() -> set[str]:
    """Return the names of all groups of fields."""
    return {name[:n] for name in FIELDS for n, sign in enumerate(name) if sign == "."}


def describe_field(name: str) -> tuple[str, str]:
    """Return the kind of a field or group of this name and the name; or the nearest name, or nothing."""
    if field := _resolve_field(name):
        return _kind_of(field), name
    if _resolve_group(name):
        return "group", name
    near = nearest(name, [*FIELDS, *ALIASES])
    return (_kind_of(_resolve_field(near)), near) if near else ("", "")


def _kind_of(name: str) -> str:
    if name in FIELDS:
        return FIELDS[name].kind
    return "extra" if name.startswith("x-") else ""


def _unknown_name(name: str, field: str) -> UsageError:
    """Return the error for an unknown name, with the nearest known one."""
    if (bare := re.sub(r"\[\d*\]", "", name)) != name and _resolve_field(bare):
        return bad_value(name, "names one item, and a query looks at all", f"write {bare}:VALUE")
    if group := _resolve_group(name):
        inner = fields_within(group)
        return bad_value(name, "is a group of fields", f"such as {', '.join(inner[:3])}")
    if see := _COMMANDS.get(re.sub("[-_]", "", name)):
        return unknown_name("field", name, (), see=see)
    op = name.rpartition(".")[2]
    if field:
        operators = (f"{field}.{one}" for one in operators_of(_kind_of(field)))
        choices = [*fields_within(field), *operators]
        return unknown_name("field", name, choices, see=f"such as {', '.join(choices[:4])}")
    names = [*FIELDS, *ALIASES, _ATTRIBUTION, *_PRESENCE, *sorted(field_groups())]
    if op in OPERATORS and op != name:
        names = [f"{one}.{op}" for one in names]
    return unknown_name("field", name or "''", names, see=_SEE)
