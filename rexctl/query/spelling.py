"""Terms as other query languages spell them: each is an error that names the right term.

`type=tariff`, `date>=2025-10`, `title~x`, `-type:tariff`, `!x` and `(type:tariff` would otherwise be
searched for as text and match nothing. A bare `or`, `and`, `not` or `*` is searched for, with a notice.
The module is loaded for a word with such a sign only: to compile its patterns takes 2 ms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rexctl.errors import UsageError, bad_value
from rexctl.query.parse import describe_field
from rexctl.query.terms import Term
from rexctl.values.safe_text import clean

_NAME = r"(?P<name>[A-Za-z_][\w.-]*)(?:\[\d*\])?"  # `actors[0]` is a place in a list elsewhere
_PREFIX = r"(?P<prefix>(?:not:|[!+(-])*)"
_SIGN = r"(?P<sign>=~|~=|!~|!=|<>|>=|=>|<=|=<|==|=|>|<|~|≥|≤|≠)"
_COMPARED = re.compile(rf"(?s){_PREFIX}{_NAME}\s*{_SIGN}(?P<value>.*)")
_PREFIXED = re.compile(rf"(?s)(?P<prefix>(?:not:)?[!+(-]+){_NAME}:(?P<value>.*)")
_EXCLUDED = re.compile(r"!+(?P<word>\w[^:]*)")
_SIGN_FIRST = re.compile(rf"(?s)\s*{_SIGN}\s*(?P<value>.*)")
_DATE = re.compile(r"(?i)[1-9]\d{3}-((0[1-9]|1[0-2])(-\d\d)?|Q[1-4]|W\d\d)[~?]?([./].*)?")
_NEGATED = re.compile(r"(?is)(!|-|not:|not\s+)\s*(?P<value>\S.*)")
_OR = re.compile(r"(?i)\s*(?:\|+|;|\s+or\s+)\s*")
_ORDER = {
    **dict.fromkeys((">=", "=>", "≥"), "ge"), **dict.fromkeys(("<=", "=<", "≤"), "le"),
    ">": "gt", "<": "lt",
}  # fmt: skip
_UNEQUAL = frozenset({"!=", "<>", "!~", "≠"})
_ORDERED = frozenset({"date", "day", "number", "integer"})
_LISTED = frozenset({"word", "actor", "country", "law", "product", "slug", "id"})
_TEXTS = frozenset({"text", "prose", "url", "extra"})
# Words between a field and a value in other languages, and the right term.
VERBS = {
    **dict.fromkeys(("is", "equals", "in", "contains", "like", "has", "="), "{}:{}"),
    "between": "{}:{}..{}", **dict.fromkeys(("after", "since"), "{}.gt:{}"),
    **dict.fromkeys(("before", "until"), "{}.lt:{}"),
}  # fmt: skip
_WITHOUT_WIDTH = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Words that other languages join terms with: what to write instead.
_JOINERS = {
    **dict.fromkeys(("or", "||", "|"), "a comma is or: type:tariff,sanction"),
    **dict.fromkeys(("and", "&&", "&"), "terms side by side must all match"),
    "not": "not:FIELD:VALUE excludes, such as not:type:tariff",
    "*": "a query without words matches every event",
}  # fmt: skip


def check_characters(word: str) -> None:
    """Raise UsageError for a word with invisible characters, which no event has."""
    if clean(word) != word and (visible := _WITHOUT_WIDTH.sub("", word)) != word:
        raise bad_value(word, "has characters that cannot be seen", f"write {quote_word(visible)}")


def check_word(word: str) -> None:
    """Raise UsageError for a word that is a term in another spelling; the hint has the right one."""
    if match := _COMPARED.fullmatch(word):
        kind, name = describe_field(match["name"])
        if kind:
            raise _misspelled(word, _negation(match["prefix"], match["sign"]),
                              _comparison(kind, name, match["sign"]), match["value"])  # fmt: skip
    if match := _PREFIXED.fullmatch(word):
        kind, name = describe_field(match["name"].partition(".")[0])
        if kind or match["name"] in ("has", "missing"):
            raise _misspelled(word, _negation(match["prefix"]), match["name"], match["value"])
    if match := _EXCLUDED.fullmatch(word):
        raise bad_value(word, "a word cannot be excluded",
                        f"write {quote_word('not:title:' + match['word'])}")  # fmt: skip


def check_value(term: str, text: str, kind: str) -> None:
    """Raise UsageError for a value that begins with a sign of comparison or is joined by `|`.

    :param term: the complete term, for the message.
    """
    negated = term.startswith("not:")
    before = term.removeprefix("not:").partition(":")[0]
    if match := _SIGN_FIRST.fullmatch(text):
        negated ^= match["sign"] in _UNEQUAL
        raise _misspelled(term, negated, _comparison(kind, before, match["sign"]), match["value"])
    if kind not in _LISTED:
        return
    if match := _NEGATED.fullmatch(text):
        raise _misspelled(term, not negated, before, match["value"])
    if _OR.search(text):
        parts = [part for part in _OR.split(text) if part]
        raise _misspelled(term, negated, before, ",".join(parts))


def notices_of_word(word: str) -> Iterator[str]:
    """Yield a notice about a bare word that may not be intended as text."""
    if hint := _JOINERS.get(word.casefold()):
        yield f"{word} is left out: it is no word; {hint}" if is_sign(word) else (
            f"{word} is searched for as text; {hint}")  # fmt: skip
    elif "*" in word.removesuffix("*"):
        yield f"{word}: the * is not searched for; write it at the end of a word only"
    elif _DATE.fullmatch(word):
        yield f"{word} is searched for as text; by date: date:{word}"
    elif _COMPARED.fullmatch(word):
        yield f"{word} is searched for as text; a term is FIELD:VALUE"


def notices_of_verbs(words: Sequence[str]) -> Iterator[str]:
    """Yield the right terms for words such as `type is tariff` and `date between 2025 and 2026`."""
    words = [part for word in words for part in word.split()]
    for n, (name, verb) in enumerate(pairwise(words)):
        if (form := VERBS.get(verb.casefold())) and describe_field(name)[1] == name:
            rest = [
                one for one in words[n + 2 :] if one.casefold() not in ("and", "to", "of", "by")
            ]
            values = [*rest, *("VALUE" for _ in range(form.count("{}") - 1 - len(rest)))]
            term = quote_word(form.format(name, *values))
            yield f'"{name} {verb}" is searched for as text; a term is FIELD:VALUE, such as {term}'


def is_sign(word: str) -> bool:
    """Return whether a word is a sign that joins terms in another language, such as `*` or `||`."""
    return word in _JOINERS and not word.isalpha()


def notices_of_value(name: Term, text: str) -> Iterator[str]:
    """Yield what to know about a value of a text with `*`, `%` or slashes around it."""
    if name.kind not in _TEXTS:
        return
    if (match := re.fullmatch("/(.+)/i?", text)) and name.kind != "url":
        term = quote_word(f"{name.field}.re:{match[1]}")
        yield f"{name.field}:{text}: the slashes are searched for as text; {term} is a pattern"
    sign = "*" if "*" in text else "%" if re.match("%.*[^0-9 ]|.*[^0-9 ]%$", text) else ""
    if sign and (bare := text.replace(sign, "").strip()):
        term = quote_word(f"{name.field}:{bare}")
        yield f"{name.field}:{text}: the {sign} is searched for as text; {term} matches anywhere in it"


def quote_word(word: str) -> str:
    """Return a word quoted for a shell."""
    import shlex

    return shlex.quote(word) if any(sign in word for sign in " \t\n\"'<>|&;()$`*?!\\") else word


def _negation(prefix: str, sign: str = "") -> bool:
    times = sum(map(prefix.count, ("!", "-", "not:"))) + (sign in _UNEQUAL)
    return times % 2 > 0


def _comparison(kind: str, name: str, sign: str) -> str:
    """Return the field with the operator that a sign represents."""
    return f"{name}.{_ORDER[sign]}" if kind in _ORDERED and sign in _ORDER else name


def _misspelled(word: str, negated: bool, name: str, value: str) -> UsageError:
    if "(" in word.partition(":")[0]:
        value = value.rstrip().removesuffix(")")
    term = f"{'not:' * negated}{name}:{value.strip() or 'VALUE'}"
    return bad_value(word, "not a term of a query", f"write {quote_word(term)}", "bad-term")
