"""The codes of an event: found and checked in stored data, resolved from names in typed input."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from rexctl.model.tables import ALL_TOO, HEADS, SHAPES, USUAL
from rexctl.records import Finding
from rexctl.values import dates
from rexctl.values.codes import PRODUCT_SCHEMES, UnknownCodeError, is_actor, is_slug
from rexctl.values.text import comparison_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rexctl.model.tables import Loc

    Plain = dict[str, Any]

_LONGEST_NAME = 60  # those of the Harmonized System are whole sentences
MOST_FINDINGS = 1000  # unknown codes of one event
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Vocabulary(Protocol):
    """The codes and names of a log; each method returns a code or raises UnknownCodeError."""

    def actor(self, text: str) -> str: ...  # noqa: D102
    def country(self, text: str) -> str: ...  # noqa: D102
    def product(self, text: str) -> str: ...  # noqa: D102
    def law(self, text: str) -> str: ...  # noqa: D102
    def list_code(self, text: str) -> str: ...  # noqa: D102
    def name(self, kind: str, code: str) -> str: ...  # noqa: D102
    def ended(self, code: str) -> str: ...  # noqa: D102
    def successor(self, code: str) -> str: ...  # noqa: D102
    def currency(self, text: str) -> str: ...  # noqa: D102
    def timezone(self, text: str) -> str: ...  # noqa: D102


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


def code_finding(kind: str, text: str, vocabulary: Vocabulary) -> Finding | None:
    """Return the finding of a text that is no code of its kind, or None."""
    try:
        code = getattr(vocabulary, METHODS[kind])(text)
    except UnknownCodeError as error:
        hint = _did_you_mean(kind, error.suggestion, vocabulary)
        if not hint or "/" in text:  # a code near another one may be new all the same
            hint = " ".join(one for one in (hint, add_line(kind, text, vocabulary)) if one)
        return Finding(f"unknown-{error.what or kind}", str(error), hint=hint)
    if code == text:
        return None
    return Finding(f"unknown-{kind}", f"{text}: not a code",
                   hint=_did_you_mean(kind, code, vocabulary))  # fmt: skip


def _did_you_mean(kind: str, code: str, vocabulary: Vocabulary) -> str:
    """Return the question whether a code is meant, with its name; empty for an empty code."""
    name = vocabulary.name(kind, code) if code else ""
    name = name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME].rpartition(" ")[0] + " ..."
    return f"did you mean {code}{f' ({name})' if name else ''}?" if code else ""


def add_line(kind: str, text: str, vocabulary: Vocabulary) -> str:
    """Return the advice to add a code or a name to the vocabulary; empty where nothing can be added."""
    if kind == "actor":
        head, slash, body = text.strip().partition("/")
        head = _head(head, vocabulary)
        code = f"{head}/{_slug(body)}" if slash and head else "CODE"
        name = _words(body) if slash and is_actor(body) else (body if slash else text).strip()
        if '"' in name or len(name) < 4 or (slash and not is_actor(code)):
            return ""
    elif kind == "product" and text.lower().startswith("material:"):
        code, name = f"material:{_slug(text[9:])}", _words(text[9:])
    elif kind == "product" and ":" in text and is_slug(text.partition(":")[0]):
        scheme = text.partition(":")[0]
        if scheme in PRODUCT_SCHEMES:
            return ""
        code, name = f"{scheme} --kind scheme", _words(scheme)
    elif kind == "list":
        code, name = f"{text} --kind list", _words(text.rpartition("/")[2])
    else:
        return ""
    return f'to add it: rexctl codes add {code} "{name}"' if name else ""


def _head(text: str, vocabulary: Vocabulary) -> str:
    """Return the code of a country before the slash of an actor's code; any other word as it is.

    Two letters that are no country's are the beginning of no code.
    """
    try:
        return vocabulary.country(text)
    except UnknownCodeError:
        return "" if len(text) == 2 else text


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", comparison_key(text)))


def _words(text: str) -> str:
    """Return the words of a code as a name: `rare-earths` is Rare Earths."""
    return " ".join(word[:1].upper() + word[1:] for word in text.replace("-", " ").split())


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
    hint = f"did you mean {after} ({vocabulary.name('country', after)})?" if after else ""
    name = vocabulary.name("country", text.partition("/")[0])
    return Finding(
        f"unknown-{kind}", f"{text}: {name} ended on {last}, before this event", hint=hint
    )


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


def from_input(record: Any, vocabulary: Vocabulary) -> tuple[Any, list[Finding]]:
    """Return a record in the stored form, and a finding for each code that is not known.

    Names and codes of any spelling become codes (`China`, `CHN`: CN; `hs:2805.30`: hs:280530), a
    bare text stands for the chief field of a part, one value for a list of one, a number for its
    digits; a value that the schema declares as usual is added, and texts are stripped and composed
    (NFC). A text of several codes is split at its commas, unless the whole is one name. Fields whose
    names begin with `_` are dropped: other tools compute them. Whatever cannot be read so stays as it is, for `validate` to report. A record in the stored form is returned
    unchanged.
    """
    if not isinstance(record, dict):
        return record, []
    work = _Work(vocabulary)
    fields = {key: value for key, value in record.items() if str(key)[:1] != "_"}
    result = work.mapping(fields, shape_of(fields), ())
    ended = (one._replace(loc=loc) for loc, kind, text in codes_of(result)
             if (one := _ended(result, kind, text, vocabulary)))  # fmt: skip
    return result, [*work.findings, *islice(ended, MOST_FINDINGS)]


class _Work:
    """The conversion of one record: the vocabulary it uses, and its findings."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.findings: list[Finding] = []

    def mapping(self, data: Mapping[str, Any], shape: str, loc: Loc) -> Plain:
        known = SHAPES.get(shape, {})
        result = {
            key: self.value(value, known.get(key), (*loc, key)) for key, value in data.items()
        }
        for key, usual in USUAL.get(shape, {}).items():
            result.setdefault(key, usual)
        return result

    def value(self, value: Any, kind: Any, loc: Loc) -> Any:
        if kind is None:  # an unknown field, or one of the project's own, which stays as it is
            return value
        if isinstance(kind, list):
            items = value if isinstance(value, list) else [value]
            return [self.value(one, kind[0], (*loc, n)) for n, item in enumerate(items)
                    for one in self.split(item, kind[0].partition("|")[0])]  # fmt: skip
        bare, bar, shape = kind.partition("|")
        part = shape if bar else bare if bare in SHAPES else ""
        if isinstance(value, dict):
            return self.mapping(value, part, loc) if part else value
        if part and not bar and isinstance(value, str | int | float):
            return self.mapping({HEADS[part]: value}, part, loc)
        return self.text(value, bare, loc)

    def split(self, item: Any, kind: str) -> list[Any]:
        """Return the codes of a text with commas, unless the whole of it is the name of one."""
        if kind not in METHODS or not isinstance(item, str) or "," not in item:
            return [item]
        try:
            getattr(self.vocabulary, METHODS[kind])(item.strip())
        except UnknownCodeError:
            return [part for part in item.split(",") if part.strip()] or [item]
        return [item]

    def text(self, value: Any, kind: str, loc: Loc) -> Any:
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = repr(value)
        if not isinstance(value, str) or _SURROGATE.search(value):
            return value
        text = unicodedata.normalize("NFC", value.strip())
        if kind in METHODS and text and not is_all(text, loc):
            return self.code(text, kind, loc)
        return text

    def code(self, text: str, kind: str, loc: Loc) -> str:
        resolve: Callable[[str], str] = getattr(self.vocabulary, METHODS[kind])
        try:
            return resolve(text)
        except UnknownCodeError:
            some = len(self.findings) < MOST_FINDINGS
            if some and (finding := code_finding(kind, text, self.vocabulary)):
                self.findings.append(finding._replace(loc=loc))
            return text
