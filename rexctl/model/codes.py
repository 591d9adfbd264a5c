"""The codes of an event: where each is, and whether the vocabulary knows it."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from rexctl.model.tables import ALL_TOO, SHAPES
from rexctl.records import Finding
from rexctl.values.codes import UnknownCodeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rexctl.model.tables import Loc

MOST_FINDINGS = 1000  # unknown codes of one event


class Vocabulary(Protocol):
    """The codes and names of a log; each method returns a code or raises UnknownCodeError."""

    def actor(self, text: str) -> str: ...  # noqa: D102
    def country(self, text: str) -> str: ...  # noqa: D102
    def product(self, text: str) -> str: ...  # noqa: D102
    def law(self, text: str) -> str: ...  # noqa: D102
    def currency(self, text: str) -> str: ...  # noqa: D102
    def timezone(self, text: str) -> str: ...  # noqa: D102


# Kind of a field -> the method of Vocabulary that returns its code for a code or a name.
METHODS = {"actor": "actor", "country": "country", "product": "product", "law": "law",
           "currency": "currency", "zone": "timezone"}  # fmt: skip


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
               if (one := find(kind, text)))  # fmt: skip
    return list(islice(unknown, MOST_FINDINGS))


def finder(vocabulary: Vocabulary) -> Callable[[str, str], Finding | None]:
    """Return a function of kind and text that returns the finding of an unknown code, cached."""
    return cache(lambda kind, text: code_finding(kind, text, vocabulary))


def code_finding(kind: str, text: str, vocabulary: Vocabulary) -> Finding | None:
    """Return the finding of a text that is no code of its kind, or None."""
    try:
        code = getattr(vocabulary, METHODS[kind])(text)
    except UnknownCodeError as error:
        hint = f"did you mean {error.suggestion}?" if error.suggestion else ""
        return Finding(f"unknown-{error.what or kind}", str(error), hint=hint)
    if code == text:
        return None
    return Finding(f"unknown-{kind}", f"{text}: not a code", hint=f"did you mean {code}?")


def is_all(text: str, loc: Loc) -> bool:
    """Return whether a text is the word `all` in a field that accepts it."""
    if text != "all":
        return False
    return next((step for step in reversed(loc) if isinstance(step, str)), "") in ALL_TOO


def shape_of(record: Mapping[str, Any]) -> str:
    """Return the name of a record's type in SHAPES, or an empty text where it is none."""
    name = record.get("type")
    return name if isinstance(name, str) and name in SHAPES else ""


def _codes(value: Any, kind: Any, loc: Loc) -> Iterator[tuple[Loc, str, str]]:
    if isinstance(kind, list):
        for n, item in enumerate(value if isinstance(value, list) else ()):
            yield from _codes(item, kind[0], (*loc, n))
        return
    bare, _, shape = kind.partition("|")
    if isinstance(value, dict):
        known = SHAPES.get(shape or bare, {})
        for key, part in value.items():
            if key in known:
                yield from _codes(part, known[key], (*loc, key))
    elif isinstance(value, str) and bare in METHODS and not is_all(value, loc):
        yield loc, bare, value
