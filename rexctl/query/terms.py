"""A parsed query: its terms, and their values, parsed by the kind of the field.

Numbers and dates are windows with both bounds included. An unknown value is an error with a hint.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import NamedTuple

from rexctl.errors import UsageError, bad_range, bad_value, unknown_name
from rexctl.model.tables import ALL_TOO, FIELDS
from rexctl.values import dates
from rexctl.values.clock import is_timezone, timezone_names
from rexctl.values.codes import PRODUCT_SCHEMES, split_product
from rexctl.values.dates import HIGHEST, LOWEST
from rexctl.values.text import comparison_key


class Value(NamedTuple):
    """A value of a term: a text, and for dates and numbers a window with both bounds included.

    For the kinds date and day the bounds are ordinals (or LOWEST and HIGHEST of `values.dates`),
    for number and integer floats (or minus and plus infinity), for other kinds None. `text` is the
    canonical code or text; where there is a window, it is the window in words.
    """

    text: str
    lo: int | float | None = None
    hi: int | float | None = None

    @property
    def key(self) -> str:
        """The comparison key of the text."""
        return comparison_key(self.text)


# How the operators `any` and `all` compare a value with the values in an event, by kind.
_COMPARISONS = {
    **dict.fromkeys(("actor", "law", "list", "product", "id"), "prefix"),
    **dict.fromkeys(("country", "currency", "word", "zone", "time", "slug"), "same"),
    **dict.fromkeys(("number", "integer", "date", "day"), "overlap"),
}  # of the other kinds by "contains"


class Term(NamedTuple):
    """A condition on one field; every term of a query must hold.

    The operators (`ne`, `missing`, `lt`, `le`, `gt`, `ge` and `within` were resolved to these):

    - `any`: one of the values compares with one value of the field by `comparison`;
    - `all`: each of the values does;
    - `only`: one of the values does with each value of the field, of which there is at least one;
    - `rests-on` (`attribution`): `only` does for the sources, or `any` for the claims;
    - `eq`: one value of the field is exactly one of the values (with windows: both bounds equal);
    - `certain` (dates): one is entirely inside one of the windows;
    - `in` (actors): one is, on the event's date, a member of one of these blocs;
    - `re`: one of the patterns matches in one value of the field;
    - `has`: the field is present; no values. The kind is empty where the name is that of a group,
      such as `effective`, which is present when any `effective.*` is.

    A term without values whose operator is not `has` matches no event. `negated` inverts the
    answer: no value of the field does, or the field is absent.
    """

    field: str
    kind: str
    op: str
    values: tuple[Value, ...] = ()
    negated: bool = False

    @property
    def comparison(self) -> str:
        """How `any` and `all` compare: `contains`, `prefix`, `same` or `overlap`.

        `contains` searches comparison keys; `prefix` is `is_prefix` of `values.codes` for codes,
        and matches anywhere in an id; `overlap` compares windows.
        """
        return _COMPARISONS.get(self.kind, "contains")


class Query(NamedTuple):
    """A parsed query: all terms hold, and every word is in the event's text.

    `notices` are sentences about words that may not be meant as text, such as `or`. Without
    `full_text`, which a SQLite may lack, words are looked for within the texts.
    """

    terms: tuple[Term, ...] = ()
    words: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    full_text: bool = True


class NameResolver:
    """The codes and saved queries that a query may name; this one has none, and takes every code.

    The kinds of codes are those of fields: actor, country, product, law, list, currency.
    """

    saved: Mapping[str, str] = {}  # the queries in the settings
    blocs: Collection[str] = ()

    def is_known(self, kind: str, code: str) -> bool:
        """Return whether a code exists, or the beginning of one: `firm` of `firm/rhodium`, `hs:28`."""
        return True

    def find(self, kind: str, text: str) -> str:
        """Return the code that `add` stores for a text, such as CN for `China`; "" where it has none."""
        return ""

    def nearest(self, kind: str, text: str) -> str:
        """Return the code of a misspelled text with its name; "" where none is near."""
        return ""

    def is_used(self, field: str, text: str) -> bool:
        """Return whether the log has this tag, episode or id, or an id that begins so."""
        return True

    def used(self, field: str) -> Collection[str]:
        """Return the tags, episodes or ids that the log has."""
        return ()


class ValueContext(NamedTuple):
    """The field and operator of a value, and what is needed to resolve names and dates."""

    field: str
    kind: str
    op: str
    resolver: NameResolver
    today: date


# The operators of order, in words before a number and before a date.
_NUMBER_WORDS = {"lt": "less than", "le": "at most", "gt": "more than", "ge": "at least"}
_DATE_WORDS = {"lt": "before", "le": "by", "gt": "after", "ge": "from"}
ORDER = tuple(_NUMBER_WORDS)
_NUMBER = re.compile(r"[+-]?((0|[1-9]\d{0,17})(\.\d{0,12})?|\.\d{1,12})", re.ASCII)
_EXAMPLES = "such as 10, 5..10, 10.. or ..10"
_SHAPES = {
    "id": (r"[a-z0-9-]+", "an id has only a-z, 0-9 and hyphens"),
    "slug": (r"[a-z0-9-]+", "a slug has only a-z, 0-9 and hyphens"),
    "time": (r"([01]\d|2[0-3]):[0-5]\d", "a time is written HH:MM, such as 20:30"),
}
_MAX_LISTED = 12


# Texts that name somebody, of which a query may name those that the log has.
_NAMING_TEXTS = ("also_dated.by",)


def parse_value(text: str, context: ValueContext) -> Value:
    """Return a value in canonical form, with its window where the kind has one.

    Raises UsageError for an unknown code or choice, and for a text that is not of the kind.
    """
    text = text.strip()
    if not text:
        hint = f"has:{context.field} selects the events that have one"
        raise bad_value(context.field, "a value is missing", hint)
    if context.op == "re":
        from rexctl.query.pattern import compile_pattern

        compile_pattern(text)
        return Value(text)
    if context.op == "in":
        return _parse_bloc(text, context)
    parse = _parse_name if context.field in _NAMING_TEXTS else _BY_KIND.get(context.kind)
    return parse(text, context) if parse else Value(text)


def _parse_choice(text: str, context: ValueContext) -> Value:
    choices = FIELDS[context.field].values if context.field in FIELDS else ()
    if not choices or text in choices:
        return Value(text)
    if (word := "-".join(re.split(r"[\s_-]+", text.casefold()))) in choices:
        return Value(word)
    listed = ", ".join(choices) if len(choices) <= _MAX_LISTED else ""
    see = listed or f"rexctl stats --by {context.field}"
    raise unknown_name(context.field.rpartition(".")[2], text, choices, see=see)


def _parse_shape(text: str, context: ValueContext) -> Value:
    shape, reason = _SHAPES[context.kind]
    if not re.fullmatch(shape, text, re.ASCII):
        raise bad_value(f"{context.field}:{text}", reason)
    return Value(text)


def _parse_name(text: str, context: ValueContext) -> Value:
    """Return a tag, an episode or an id that the log has, or the beginning of an id."""
    is_used = context.resolver.is_used
    if (
        context.field in FIELDS
        and FIELDS[context.field].values
        and not is_used(context.field, text)
    ):
        return _parse_choice(text, context)
    if context.kind == "id":
        text = text.removesuffix("…")  # as a table shows a short one
    if context.kind in _SHAPES:
        text = text if is_used(context.field, text) else text.casefold()
        _parse_shape(text, context)
    if is_used(context.field, text):
        return Value(text)
    nouns = {"tags": "tag", "links.to": "event", "links": "event", "also_dated.by": "zone"}
    names = context.resolver.used(context.field)
    see = f"rexctl stats --by {context.field} lists those in use"
    raise unknown_name(nouns.get(context.field, context.field), text, names, see=see)


def _parse_zone(text: str, context: ValueContext) -> Value:
    if not is_timezone(text):
        raise unknown_name("time zone", text, timezone_names(), see="such as Asia/Shanghai")
    return Value(text)


def _parse_code(text: str, context: ValueContext) -> Value:
    if text == "all" and context.field.rpartition(".")[2] in ALL_TOO:
        return Value(text)
    if context.resolver.is_known(context.kind, text):
        return Value(text)
    if code := context.resolver.find(context.kind, text):
        return Value(code)
    raise _unknown_code(text, context)


def _parse_product(text: str, context: ValueContext) -> Value:
    scheme, code = split_product(text)
    if ":" not in text:
        if found := context.resolver.find(context.kind, text):
            return Value(found)
        raise _unknown_code(text, context)
    if scheme not in PRODUCT_SCHEMES:
        see = ", ".join(PRODUCT_SCHEMES)
        raise unknown_name("product scheme", scheme, PRODUCT_SCHEMES, see=see)
    if not code:
        raise bad_value(text, "names no product", f"write {scheme}:CODE")
    return _parse_code(f"{scheme}:{code}", context)


def _parse_bloc(text: str, context: ValueContext) -> Value:
    blocs = context.resolver.blocs
    code = text if text in blocs else context.resolver.find("actor", text)
    if code not in blocs:
        see = f"such as {', '.join(sorted(blocs)[:_MAX_LISTED])}" if blocs else ""
        raise unknown_name("bloc", text, blocs, see=see)
    return Value(code)


def _unknown_code(text: str, context: ValueContext) -> UsageError:
    near = context.resolver.nearest(context.kind, text)
    see = (
        f"did you mean {near}?" if near else f"rexctl stats --by {context.field} lists those in use"
    )
    return unknown_name(context.kind, text, (), see=see)


def _parse_days(text: str, context: ValueContext) -> Value:
    """Return the window of days of a value with its operator. Raises UsageError."""
    op, today = context.op, context.today
    try:
        if op not in (*ORDER, "eq"):
            return Value(text, *dates.parse_range(text, today))
        if ".." in text and "/" not in text:
            raise bad_value(text, f"{op} takes one date", f"write {context.field}:{text}")
        low, high = dates.parse_point(text, today)
    except dates.BadDateError as error:
        raise bad_range(error) from None
    windows = {
        "lt": (LOWEST, low - 1), "le": (LOWEST, high),
        "gt": (high + 1, HIGHEST), "ge": (low, HIGHEST),
    }  # fmt: skip
    words = f"{_DATE_WORDS[op]} {text}" if op in ORDER else text
    return Value(words, *windows.get(op, (low, high)))


def _parse_numbers(text: str, context: ValueContext) -> Value:
    """Return the window of numbers of a value with its operator. Raises UsageError."""
    op = context.op
    begin, dots, end = text.partition("..")
    if op in ORDER or not dots:
        point = _number_of(text, text)
        windows = {
            "lt": (-math.inf, math.nextafter(point, -math.inf)), "le": (-math.inf, point),
            "gt": (math.nextafter(point, math.inf), math.inf), "ge": (point, math.inf),
        }  # fmt: skip
        words = f"{_NUMBER_WORDS[op]} {text}" if op in ORDER else text
        return Value(words, *windows.get(op, (point, point)))
    if op == "eq":
        raise bad_value(text, "eq takes one number", f"write {context.field}:{text}")
    if not begin and not end:
        raise bad_value(text, "names no number", _EXAMPLES)
    low = _number_of(begin, text) if begin else -math.inf
    high = _number_of(end, text) if end else math.inf
    if low > high:
        raise bad_value(text, "runs backwards", f"write {end}..{begin}")
    return Value(text, low, high)


def _number_of(text: str, value: str) -> float:
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        bare = text.rstrip("% ").replace(",", "")
        hint = f"write {bare}" if _NUMBER.fullmatch(bare) else _EXAMPLES
        raise bad_value(value, "not a number", hint)
    return float(text)


_BY_KIND: dict[str, Callable[[str, ValueContext], Value]] = {
    "word": _parse_choice, "zone": _parse_zone,
    "id": _parse_name, "slug": _parse_name, "time": _parse_shape, "currency": _parse_code,
    "actor": _parse_code, "country": _parse_code, "law": _parse_code, "list": _parse_code,
    "product": _parse_product,
    "number": _parse_numbers, "integer": _parse_numbers, "date": _parse_days, "day": _parse_days,
}  # fmt: skip
