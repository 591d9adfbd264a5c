"""The codes of an event: found and checked in stored data, resolved from names in typed input."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from rexctl.errors import NoSuchEventError
from rexctl.model import shorthand
from rexctl.model.tables import ALL_TOO, CHOICES, HEADS, SHAPES, TYPES
from rexctl.records import Finding
from rexctl.values import dates
from rexctl.values.codes import PRODUCT_SCHEMES, is_actor, is_law, is_slug
from rexctl.values.text import comparison_key, join_names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

    from rexctl.model.tables import Loc

    Plain = dict[str, Any]

_BODIES = re.compile(
    r"\b(ministry|department|government|parliament|commission|embassy)\b", re.IGNORECASE
)
_SHORTEST_NAME = 4  # a shorter text is a code
_LONGEST_ADDED = 200  # a longer text is no name
_LONGEST_SHOWN = 60  # of a name; those of the Harmonized System are whole sentences
MOST_FINDINGS = 1000  # unknown codes of one event
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class UnknownCodeError(ValueError):
    """A code or a name that the vocabulary lacks; `suggestion` is the nearest one, or empty.

    `suggestion` may be a function, called when the message is shown: to find the nearest code for
    each of thousands of unknown ones takes long. `what` is what is unknown, where that is not the
    code itself but its scheme.
    """

    def __init__(
        self, text: str, reason: str = "no such code", suggestion: str | Callable[[], str] = "",
        what: str = "",
    ) -> None:  # fmt: skip
        super().__init__(f"{text}: {reason}")
        self.text, self.reason, self._suggestion = text, reason, suggestion
        self.what = what

    @property
    def suggestion(self) -> str:
        """The nearest code, or an empty text."""
        return self._suggestion if isinstance(self._suggestion, str) else self._suggestion()


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
        hint = did_you_mean(kind, error.suggestion, vocabulary)
        if not hint or "/" in text:  # a code near another one may be new all the same
            hint = " ".join(one for one in (hint, add_line(kind, text, vocabulary)) if one)
        return Finding(f"unknown-{error.what or kind}", str(error), hint=hint)
    if code == text:
        return None
    return Finding(f"unknown-{kind}", f"{text}: not a code",
                   hint=did_you_mean(kind, code, vocabulary))  # fmt: skip


def did_you_mean(kind: str, code: str, vocabulary: Vocabulary) -> str:
    """Return the question whether a code is meant, with its name; empty for an empty code."""
    name = vocabulary.name(kind, code) if code else ""
    if len(name) > _LONGEST_SHOWN:
        name = f"{name[:_LONGEST_SHOWN].rpartition(' ')[0]} ..."
    return f"did you mean {code}{f' ({name})' if name else ''}?" if code else ""


def add_line(kind: str, text: str, vocabulary: Vocabulary) -> str:
    """Return the advice to add a code or a name to the vocabulary; empty where nothing can be added."""
    if len(text) > _LONGEST_ADDED:
        return ""
    if kind == "actor":
        return _actor_line(text.strip(), vocabulary)
    if kind == "product" and text.lower().startswith("material:"):
        code, name = f"material:{_slug(text[9:])}", _words(text[9:])
    elif kind == "product" and ":" in text and is_slug(text.partition(":")[0]):
        scheme = text.partition(":")[0]
        if scheme in PRODUCT_SCHEMES:
            return ""
        code, name = f"{scheme} --kind scheme", _words(scheme)
    elif kind == "list" and is_law(text):
        code, name = f"{text} --kind list", _words(text.rpartition("/")[2])
    else:
        return ""
    return f"to add it: {_codes_add(code, name)}" if name else ""


def _actor_line(text: str, vocabulary: Vocabulary) -> str:
    """Return the advice for an actor that the vocabulary lacks: a code, or the name of anybody."""
    head, slash, body = text.partition("/")
    if slash:
        code = f"{_head(head, vocabulary)}/{_slug(body)}"
        name = _words(body) if is_actor(body) else body.strip()
        return f"to add it: {_codes_add(code, name)}" if name and is_actor(code) else ""
    if len(text) < _SHORTEST_NAME or not (slug := _slug(text)):
        return ""
    if country := _country_in(text, vocabulary):
        return f"to add it: {_codes_add(f'{country}/{slug}', text)}"
    if _BODIES.search(text):
        return "name its country too, such as Ministry of Commerce of China"
    return ("for a person write the office as actor, such as US/president, and the name as speaker; "
            f"to add a firm: {_codes_add(f'firm/{slug}', text)}")  # fmt: skip


def _country_in(text: str, vocabulary: Vocabulary) -> str:
    """Return the country in the name of a body: `China's new ministry`, `New Ministry of China`."""
    for name in (text.rpartition(" of ")[2], re.split(r"['’]s?\s", text)[0]):
        with suppress(UnknownCodeError):
            if name != text:
                return vocabulary.country(name)
    return ""


def _codes_add(code: str, name: str) -> str:
    """Return the command that adds a code; a shell reads it back as it is."""
    import shlex

    quoted = f'"{name}"' if re.fullmatch(r"[^\"$`\\!]*", name) else shlex.quote(name)
    return f"rexctl codes add {code} {quoted}"


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
    words = text.replace("-", " ").split()
    if len(words) == 1 and len(text) < _SHORTEST_NAME:
        return text.upper()  # firm/bcg is BCG
    return " ".join(word[:1].upper() + word[1:] for word in words)


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


def is_all(text: str, loc: Loc) -> bool:
    """Return whether a text is the word `all` in a field that accepts it."""
    if text != "all":
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
        known = _code_fields(shape or bare)
        for key, part in value.items():
            if key in known:
                yield from _codes(part, known[key], (*loc, key))
    elif isinstance(value, str) and bare in METHODS and not is_all(value, loc):
        yield loc, bare, value


def from_input(
    record: Any, vocabulary: Vocabulary, *, today: date | None = None,
    resolve_id: Callable[[str], str] | None = None,
) -> tuple[Any, list[Finding]]:  # fmt: skip
    """Return a record in the stored form, and a finding for each code that is not known.

    The one shorthand of flags, assignments, forms and files: names and codes of any spelling become
    codes (`China`, `CHN`: CN; `hs:2805.30`: hs:280530), words of the schema may be written with
    capitals and blanks, a text stands for a part (`30%`, `80 USD/kg`, an address; see `shorthand`),
    one value for a list of one, codes between commas for a list, a number for its digits, `2025-Q4`
    for its span. What the schema declares as usual is added, and texts are stripped and composed
    (NFC). Fields whose names begin with `_` are dropped: other tools compute them. Whatever cannot
    be read so stays as it is, for `validate` to report. A record in the stored form is returned
    unchanged.

    :param today: the day for `today`, `monday`, `-2d`, where these are typed now. A record of a
        file cannot use them: it would mean another day tomorrow.
    :param resolve_id: returns the id that a text names (its beginning, `MOFCOM 61/2025`), for
        links; raises NoSuchEventError.
    """
    if not isinstance(record, dict):
        return record, []
    work = _Work(vocabulary, today, resolve_id)
    fields = {key: value for key, value in record.items() if str(key)[:1] != "_"}
    if isinstance(name := fields.get("type"), str):
        fields["type"] = _choice(name, TYPES)
    result = work.mapping(fields, shape_of(fields), ())
    ended = (one._replace(loc=loc) for loc, kind, text in codes_of(result)
             if (one := _ended(result, kind, text, vocabulary)))  # fmt: skip
    return result, [*work.findings, *islice(ended, MOST_FINDINGS)]


def items_from_input(
    text: str, kind: str, vocabulary: Vocabulary, today: date | None = None
) -> list[Any]:
    """Return the items of a list of this kind that a typed text holds, in the stored form."""
    items: list[Any] = _Work(vocabulary, today, None).value(text, [kind], ())
    return items


def _choice(text: str, choices: Collection[str]) -> str:
    """Return the one of `choices` that a text is but for capitals, blanks and underscores."""
    word = "-".join(text.casefold().replace("_", " ").split())
    return word if text not in choices and word in choices else text


# A value of these kinds has no comma in it but in a name, so that a comma separates two.
_LISTED = frozenset({*METHODS, "slug", "id", "word", "date", "day", "time"})
_COMMA = re.compile(r"(?<!\\),")
_PERCENT = re.compile(r"\A([+-]?\d+(?:\.\d+)?)\s*%\Z", re.ASCII)
_SHORT_TIME = re.compile(r"\d:[0-5]\d", re.ASCII)


class _Work:
    """The conversion of one record: the vocabulary it uses, and its findings."""

    def __init__(
        self, vocabulary: Vocabulary, today: date | None, resolve_id: Callable[[str], str] | None
    ) -> None:
        self.vocabulary, self.today, self.resolve_id = vocabulary, today, resolve_id
        self.findings: list[Finding] = []

    def mapping(self, data: Mapping[str, Any], shape: str, loc: Loc) -> Plain:
        known, choices = SHAPES.get(shape, {}), CHOICES.get(shape, {})
        result = {}
        for key, value in self.with_shorthand(data, shape).items():
            if not loc and key == "products" and _is_everything(value, data):
                continue
            converted = self.value(value, known.get(key), (*loc, key))
            result[key] = _chosen(converted, choices[key]) if key in choices else converted
        return shorthand.with_usual(shape, result)

    def with_shorthand(self, data: Mapping[str, Any], shape: str) -> Mapping[str, Any]:
        """Return a part whose chief field holds the text of a whole part as the fields it means."""
        head = HEADS.get(shape, "")
        text = data.get(head)
        fields = self.parse(shape, text.strip()) if isinstance(text, str) else None
        if not fields or any(
            data.get(key, one) != one for key, one in fields.items() if key != head
        ):
            return data
        return {**{key: one for key, one in data.items() if key != head}, **fields}

    def parse(self, shape: str, text: str) -> Plain | None:
        """Return the fields of a part that a text means, None where it is its chief field."""
        fields = shorthand.parse_text(shape, text)
        # `Announcement 61/2025` is a number without an issuer.
        if fields and "issuer" in fields and not _resolves(self.vocabulary.actor, fields["issuer"]):
            return None
        return fields

    def value(self, value: Any, kind: Any, loc: Loc) -> Any:
        if kind is None:  # an unknown field, or one of the project's own, which stays as it is
            return value
        if isinstance(kind, list):
            items = enumerate(value if isinstance(value, list) else [value])
            return [one for n, item in items for one in self.items(item, kind[0], loc, n)]
        bare, bar, shape = kind.partition("|")
        part = shape if bar else bare if bare in SHAPES else ""
        if part and isinstance(value, str) and (not bar or value.lstrip()[:1] == "{"):
            fields = shorthand.parse_object(part, value.strip()) or self.parse(part, value.strip())
            return self.mapping(fields or {HEADS[part]: value}, part, loc)
        if isinstance(value, dict):
            return self.mapping(value, part, loc) if part else value
        if part and not bar and isinstance(value, int | float):
            return self.mapping({HEADS[part]: value}, part, loc)
        return self.text(value, bare, loc)

    def items(self, value: Any, kind: str, loc: Loc, number: int) -> list[Any]:
        """Return the items that one item of a list, or a text in its place, holds."""
        bare = kind.partition("|")[0]
        head = SHAPES[bare].get(HEADS[bare]) if bare in HEADS else bare
        is_list = isinstance(value, str) and "," in value and value.lstrip()[:1] != "{"
        if not is_list or head not in _LISTED:
            texts = shorthand.split_list(bare, value) if is_list and bare in HEADS else [value]
            return [self.value(one, kind, (*loc, number + n)) for n, one in enumerate(texts)]
        pieces = [piece.replace("\\,", ",").strip() for piece in _COMMA.split(value)]
        names = self.join_names([piece for piece in pieces if piece], str(head))
        return [self.value(name, kind, (*loc, number)) for name in names]

    def join_names(self, pieces: list[str], kind: str) -> list[str]:
        """Return the pieces between commas, those joined that are one name: `Korea, Rep.`."""
        if kind not in METHODS:
            return pieces
        resolve = getattr(self.vocabulary, METHODS[kind])
        return join_names(pieces, lambda name: _resolves(resolve, name))

    def text(self, value: Any, kind: str, loc: Loc) -> Any:
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = repr(value)
        if not isinstance(value, str) or _SURROGATE.search(value):
            return value
        text = unicodedata.normalize("NFC", value.strip())
        if not text:
            return text
        if kind in METHODS:
            return text if is_all(text, loc) else self.code(text, kind, loc)
        match kind:
            case "date" | "day":
                # There may be no such week: `validate` says so.
                with suppress(dates.BadDateError):
                    return dates.stored_date(text, self.today)
            case "slug":
                return "-".join(text.lower().replace("_", " ").split())
            case "number":
                return _PERCENT.sub(r"\1", text)
            case "time" if _SHORT_TIME.fullmatch(text):
                return f"0{text}"
            case "id" if self.resolve_id and len(loc) > 2:  # of a link
                return self.id(text, loc, self.resolve_id)
        return text

    def id(self, text: str, loc: Loc, resolve: Callable[[str], str]) -> str:
        try:
            return resolve(text)
        except NoSuchEventError as error:
            code = "unresolved-link" if error.code == NoSuchEventError.code else error.code
            self.findings.append(Finding(code, error.message, hint=error.hint, loc=loc))
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


def _is_everything(products: Any, event: Mapping[str, Any]) -> bool:
    """Return whether an event names `all` goods, which it does by naming none.

    An amendment that names none leaves the goods as they are.
    """
    links = event.get("links")
    rels = [one.get("rel") for one in links if isinstance(one, dict)] if isinstance(links, list) else []  # fmt: skip
    return products in ("all", ["all"]) and "amends" not in rels


def _chosen(value: Any, choices: Collection[str]) -> Any:
    if isinstance(value, list):
        return [_chosen(one, choices) for one in value]
    return _choice(value, choices) if isinstance(value, str) else value


def _resolves(resolve: Callable[[str], str], text: str) -> bool:
    try:
        resolve(text)
    except UnknownCodeError:
        return False
    return True
