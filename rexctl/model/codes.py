"""The codes of an event in the stored form: where they are, and what the vocabulary lacks."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from rexctl.errors import UnknownCodeError
from rexctl.model.tables import ALL_TOO, SHAPES
from rexctl.records import Finding
from rexctl.values import dates

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from rexctl.model.tables import Loc

_LONGEST_SHOWN = 60  # of a name; those of the Harmonized System are whole sentences
MOST_FINDINGS = 1000  # unknown codes of one event


class Vocabulary(Protocol):
    """The codes and names of a log, whose methods in METHODS return a code or raise UnknownCodeError."""

    def actor(self, text: str, countries: Collection[str] = ()) -> str: ...  # noqa: D102
    def country(self, text: str) -> str: ...  # noqa: D102
    def name(self, kind: str, code: str) -> str: ...  # noqa: D102
    def ended(self, code: str) -> str: ...  # noqa: D102
    def successor(self, code: str) -> str: ...  # noqa: D102


# Kind of a field -> the method of Vocabulary that returns its code for a code or a name.
METHODS = {"actor": "actor", "country": "country", "product": "product", "law": "law",
           "list": "list_code", "currency": "currency", "zone": "timezone"}  # fmt: skip


def codes_of(event: Any) -> Iterator[tuple[Loc, str, str]]:
    """Yield path, kind and text of each code in stored data, valid or not.

    The word `all` is no code where the field accepts it.
    """
    if isinstance(event, dict):
        yield from _codes(event, shape_of(event), ())


def check_codes(
    event: Any, vocabulary: Vocabulary, find: Callable[[str, str], Finding | None] | None = None
) -> list[Finding]:
    """Return a finding with `loc` for each code of stored data that the vocabulary lacks.

    At most MOST_FINDINGS are returned: to look for the nearest code of each takes long. A name in
    the place of a code is one too: the hint says which code it means. To check many events, pass as
    `find` what `finder` returns: it looks each code up once.
    """
    find = find or finder(vocabulary)
    unknown = (one._replace(loc=loc) for loc, kind, text in codes_of(event)
               if (one := find(kind, text) or _ended(event, kind, text, vocabulary)))  # fmt: skip
    return list(islice(unknown, MOST_FINDINGS))


def finder(vocabulary: Vocabulary) -> Callable[[str, str], Finding | None]:
    """Return a function of kind and text that returns the finding of an unknown code, cached."""
    return cache(lambda kind, text: code_finding(kind, text, vocabulary))


def code_finding(
    kind: str, text: str, vocabulary: Vocabulary, resolve: Callable[[str], str] | None = None
) -> Finding | None:
    """Return the finding of a text that is no code of its kind, or None."""
    try:
        code = (resolve or getattr(vocabulary, METHODS[kind]))(text)
    except UnknownCodeError as error:
        from rexctl.model.unknown_codes import add_line

        hint = did_you_mean(kind, error.suggestion, vocabulary)
        if not hint or "/" in text:  # a code near another one may be new all the same
            hint = "; ".join(filter(None, (hint, add_line(kind, text, vocabulary)))).replace(
                "?;", "?"
            )
        return Finding(f"unknown-{error.what or kind}", str(error), hint=hint)
    if code == text:
        return None
    return Finding(f"unknown-{kind}", f"{text}: not a code",
                   hint=did_you_mean(kind, code, vocabulary))  # fmt: skip


def did_you_mean(kind: str, suggestion: str, vocabulary: Vocabulary) -> str:
    """Return the question whether a code is meant, with its name, or the codes of which one may be.

    Several have blanks between them in `suggestion`; the text is empty where there is none.
    """
    shown = []
    for code in suggestion.split():
        name = vocabulary.name(kind, code)
        if len(name) > _LONGEST_SHOWN:
            name = f"{name[:_LONGEST_SHOWN].rpartition(' ')[0]} ..."
        shown.append(f"{code} ({name})" if name else code)
    if len(shown) > 1:
        return f"write one of {', '.join(shown)}"
    return f"did you mean {shown[0]}?" if shown else ""


def _ended(event: Any, kind: str, text: str, vocabulary: Vocabulary) -> Finding | None:
    """Return the finding of a country that had ended before the date of the event, or None."""
    if kind not in ("actor", "country") or not (last := vocabulary.ended(text)):
        return None
    try:
        first, end = dates.span(str(event.get("date")))[0], dates.span(last)[1]
    except ValueError:
        return None
    if first <= end:
        return None
    after = vocabulary.successor(text)
    name = vocabulary.name("country", text.partition("/")[0])
    return Finding(f"unknown-{kind}", f"{text}: {name} ended on {last}, before this event",
                   hint=did_you_mean("country", after, vocabulary))  # fmt: skip


def is_all(text: str, loc: Loc, words: re.Pattern[str] = re.compile("all")) -> bool:
    """Return whether a text is the word `all`, or one of these words for it, in a field that accepts it."""
    if not words.fullmatch(text):
        return False
    return next((step for step in reversed(loc) if isinstance(step, str)), "") in ALL_TOO


def shape_of(record: Mapping[str, Any]) -> str:
    """Return the name of a record's type in SHAPES, or an empty text where it is none."""
    name = record.get("type")
    return name if isinstance(name, str) and name in SHAPES else ""


@cache
def _code_fields(shape: str) -> dict[str, Any]:
    """Return the fields of a shape that are codes, or that may hold some, with their kinds."""
    return {name: kind for name, kind in SHAPES.get(shape, {}).items() if _may_hold_codes(kind)}


def _may_hold_codes(kind: Any) -> bool:
    if isinstance(kind, list):
        return _may_hold_codes(kind[0])
    bare, _, shape = kind.partition("|")
    return bare in METHODS or bool(_code_fields(shape or bare))


def _codes(value: Any, kind: Any, loc: Loc) -> Iterator[tuple[Loc, str, str]]:
    if isinstance(kind, list):
        for n, item in enumerate(value if isinstance(value, list) else ()):
            yield from _codes(item, kind[0], (*loc, n))
        return
    bare, _, shape = kind.partition("|")
    if isinstance(value, dict):
        fields = _code_fields(shape or bare)
        for key, part in value.items():
            if key in fields:
                yield from _codes(part, fields[key], (*loc, key))
    elif isinstance(value, str) and bare in METHODS and not is_all(value, loc):
        yield loc, bare, value
