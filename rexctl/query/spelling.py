"""Terms as other query languages spell them: each is an error with the term that is meant.

`type=tariff`, `date>=2025-10`, `title~x`, `-type:tariff`, `!x` and `(type:tariff` would otherwise be
searched for as text and match nothing. A bare `or`, `and`, `not` or `*` is searched for, with a notice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rexctl.errors import UsageError, bad_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rexctl.query.parse import FieldName

    # Kind and name of the field that a name is or is near to; two empty texts for no field.
    Describe = Callable[[str], tuple[str, str]]

_NAME = r"(?P<name>[A-Za-z_][\w.-]*)"
_PREFIX = r"(?P<prefix>(?:not:|[!+(-])*)"
_SIGN = r"(?P<sign>=~|~=|!~|!=|<>|>=|=>|<=|=<|==|=|>|<|~|≥|≤|≠)"
# These are compiled when a word has one of their signs: to compile them takes 2 ms.
_COMPARED = rf"(?s){_PREFIX}{_NAME}\s*{_SIGN}(?P<value>.*)"
_PREFIXED = rf"(?s)(?P<prefix>(?:not:)?[!+(-]+){_NAME}:(?P<value>.*)"
_EXCLUDED = r"(?s)!+(?P<word>\w.*)"
_SIGN_FIRST = rf"(?s)\s*{_SIGN}\s*(?P<value>.*)"
_NEGATED = r"(?is)(!|-|not:|not\s+)\s*(?P<value>\S.*)"
_OR = r"(?i)\s*(?:\|+|;|\s+or\s+)\s*"
_COMPARING, _BEFORE, _JOINING = "=~<>≥≤≠", "!+(-", ("|", ";", " or ", " OR ")
_ORDER = {
    ">=": "ge",
    "=>": "ge",
    "≥": "ge",
    "<=": "le",
    "=<": "le",
    "≤": "le",
    ">": "gt",
    "<": "lt",
}
_UNEQUAL = frozenset({"!=", "<>", "!~", "≠"})
_ORDERED = frozenset({"date", "day", "number", "integer"})
_LISTED = frozenset({"word", "actor", "country", "law", "product", "slug", "id"})
_TEXTS = frozenset({"text", "prose", "url", "extra"})
# Words that other languages join terms with: what to write instead.
_JOINERS = {
    "or": "a comma is or: type:tariff,sanction", "||": "a comma is or: type:tariff,sanction",
    "|": "a comma is or: type:tariff,sanction", "and": "terms side by side must all match",
    "&&": "terms side by side must all match", "&": "terms side by side must all match",
    "not": "not:FIELD:VALUE excludes, such as not:type:tariff",
    "*": "a query without words matches every event",
}  # fmt: skip


def check_word(word: str, describe: Describe) -> None:
    """Raise UsageError for a word that is a term in another spelling; the hint has the right one."""
    compared = any(sign in word for sign in _COMPARING)
    if not compared and word.removeprefix("not:")[:1] not in tuple(_BEFORE):
        return
    if compared and (match := re.fullmatch(_COMPARED, word)):
        kind, name = describe(match["name"])
        if kind:
            raise _misspelled(word, _negation(match["prefix"], match["sign"]),
                              _comparison(kind, name, match["sign"]), match["value"])  # fmt: skip
    if match := re.fullmatch(_PREFIXED, word):
        kind, name = describe(match["name"].partition(".")[0])
        if kind or match["name"] in ("has", "missing"):
            raise _misspelled(word, _negation(match["prefix"]), match["name"], match["value"])
    if (match := re.fullmatch(_EXCLUDED, word)) and ":" not in word:
        raise bad_value(word, "a word cannot be excluded",
                        f"write {quote_word('not:title:' + match['word'])}")  # fmt: skip


def check_value(term: str, text: str, kind: str) -> None:
    """Raise UsageError for a value that begins with a sign of comparison or is joined by `|`.

    :param term: the complete term, for the message.
    """
    before = term.partition(":")[0] if not term.startswith("not:") else term.split(":")[1]
    negated = term.startswith("not:")
    if (
        text[:1]
        and text.lstrip()[:1] in _COMPARING + "!"
        and (match := re.fullmatch(_SIGN_FIRST, text))
    ):
        negated ^= match["sign"] in _UNEQUAL
        raise _misspelled(term, negated, _comparison(kind, before, match["sign"]), match["value"])
    if kind not in _LISTED:
        return
    if text[:1] in ("!", "-", "n", "N") and (match := re.fullmatch(_NEGATED, text)):
        raise _misspelled(term, not negated, before, match["value"])
    if any(sign in text for sign in _JOINING):
        parts = [part for part in re.split(_OR, text) if part]
        raise _misspelled(term, negated, before, ",".join(parts))


def notices_of_word(word: str, describe: Describe, *, ranked: bool) -> Iterator[str]:
    """Yield what to know about a bare word that may not be meant as text."""
    if hint := _JOINERS.get(word.casefold()):
        yield f"{word} is searched for as text; {hint}"
    elif "*" in (word.removesuffix("*") if ranked else word) and (bare := word.replace("*", "")):
        hint = "write * at the end of a word only" if ranked else f"{bare} matches within words too"
        yield f"{word}: the * is searched for as text; {hint}"
    elif any(sign in word for sign in _COMPARING) and re.fullmatch(_COMPARED, word):
        yield f"{word} is searched for as text; a term is FIELD:VALUE"


def notices_of_value(name: FieldName, text: str) -> Iterator[str]:
    """Yield what to know about a value of a text with `*` in it."""
    if name.kind in _TEXTS and "*" in text and (bare := text.replace("*", "").strip()):
        term = quote_word(f"{name.field}:{bare}")
        yield f"{name.field}:{text}: the * is searched for as text; {term} matches anywhere in it"


def quote_word(word: str) -> str:
    """Return a word as a shell must be given it."""
    import shlex

    return shlex.quote(word) if any(sign in word for sign in " \t\n\"'<>|&;()$`*?!\\") else word


def _negation(prefix: str, sign: str = "") -> bool:
    return (
        prefix.count("!") + prefix.count("-") + prefix.count("not:") + (sign in _UNEQUAL)
    ) % 2 > 0


def _comparison(kind: str, name: str, sign: str) -> str:
    """Return the field with the operator that a sign stands for."""
    return f"{name}.{_ORDER[sign]}" if kind in _ORDERED and sign in _ORDER else name


def _misspelled(word: str, negated: bool, name: str, value: str) -> UsageError:
    term = f"{'not:' * negated}{name}:{value.strip() or 'VALUE'}"
    return bad_value(word, "not a term of a query", f"write {quote_word(term)}", "bad-term")
