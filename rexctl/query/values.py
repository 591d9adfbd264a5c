"""Parse the values of a term by the kind of its field; an unknown one is an error with a hint.

Numbers and dates are windows with both bounds included.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from rexctl.errors import UsageError, bad_range, bad_value, unknown_name
from rexctl.query.terms import NameResolver, Value
from rexctl.values import dates
from rexctl.values.clock import is_timezone, timezone_names
from rexctl.values.codes import PRODUCT_SCHEMES, split_product
from rexctl.values.dates import HIGHEST, LOWEST

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


class ValueContext(NamedTuple):
    """The field and operator of a value, and what is needed to resolve names and dates."""

    field: str
    kind: str
    op: str
    resolver: NameResolver
    today: date

    @property
    def choices(self) -> tuple[str, ...]:
        """The closed list of the field's values; empty where any value is allowed."""
        info = self.resolver.fields.get(self.field)
        return info.values if info else ()


ORDER = ("lt", "le", "gt", "ge")
_NUMBER = re.compile(r"[+-]?((0|[1-9]\d{0,17})(\.\d{0,12})?|\.\d{1,12})", re.ASCII)
_NUMBER_WORDS = dict(zip(ORDER, ("less than", "at most", "more than", "at least"), strict=True))
_DATE_WORDS = dict(zip(ORDER, ("before", "by", "after", "from"), strict=True))
_EXAMPLES = "such as 10, 5..10, 10.. or ..10"
_SHAPES = {
    "id": (r"[a-z0-9-]+", "an id has only a-z, 0-9 and hyphens"),
    "slug": (r"[a-z0-9-]+", "a slug has only a-z, 0-9 and hyphens"),
    "time": (r"([01]\d|2[0-3]):[0-5]\d", "a time is written HH:MM, such as 20:30"),
}
_DIGITS = re.compile(r"[\d.]+", re.ASCII)
# Fields of actors that may have the value `all` beside codes.
_ALLOW_ALL = frozenset({"affected", "destinations", "origin"})
_MAX_LISTED = 12


def parse_value(text: str, context: ValueContext) -> Value:
    """Return a value in canonical form, with its window where the kind has one.

    Raises UsageError for an unknown code or choice, and for a text that is not of the kind.
    """
    text = text.strip()
    if not text:
        hint = f"has:{context.field} selects the events that have one"
        raise bad_value(f"{context.field}:", "has no value", hint)
    if context.op == "re":
        from rexctl.query.pattern import compile_pattern

        compile_pattern(text)
        return Value(text)
    if context.op == "in":
        return _parse_bloc(text, context)
    return _BY_KIND.get(context.kind, _parse_text)(text, context)


def _parse_text(text: str, context: ValueContext) -> Value:
    return Value(text)


def _parse_choice(text: str, context: ValueContext) -> Value:
    if context.choices and text not in context.choices:
        if (word := "-".join(re.split(r"[\s_-]+", text.casefold()))) in context.choices:
            return Value(word)
        listed = ", ".join(context.choices) if len(context.choices) <= _MAX_LISTED else ""
        name = context.field.rpartition(".")[2]
        see = listed or f"rexctl values {context.field}"
        raise unknown_name(name, text, context.choices, see=see)
    return Value(text)


def _parse_shape(text: str, context: ValueContext) -> Value:
    shape, reason = _SHAPES[context.kind]
    if not re.fullmatch(shape, text, re.ASCII):
        raise bad_value(f"{context.field}:{text}", reason)
    return Value(text)


def _parse_name(text: str, context: ValueContext) -> Value:
    """Return a tag, an episode or an id that the log has, or the beginning of an id."""
    known = context.resolver.is_used
    text = text if known(context.field, text) else text.casefold()
    value = _parse_shape(text, context)
    if known(context.field, text):
        return value
    noun = {"tags": "tag", "links.to": "event", "links": "event"}.get(context.field, context.field)
    names = context.resolver.used(context.field)
    see = f"rexctl values {context.field} lists those in use"
    raise unknown_name(noun, text, names, see=see)


def _parse_zone(text: str, context: ValueContext) -> Value:
    if not is_timezone(text):
        raise unknown_name("time zone", text, timezone_names(), see="such as Asia/Shanghai")
    return Value(text)


def _parse_code(text: str, context: ValueContext) -> Value:
    if text == "all" and context.field.rpartition(".")[2] in _ALLOW_ALL:
        return Value(text)
    if context.resolver.known(context.kind, text):
        return Value(text)
    if code := context.resolver.find(context.kind, text):
        return Value(code)
    raise _unknown_code(text, context)


def _parse_product(text: str, context: ValueContext) -> Value:
    scheme, code = split_product(text)
    if ":" not in text:
        if found := context.resolver.find(context.kind, text):
            return Value(found)
        digits = text.replace(".", "")
        if _DIGITS.fullmatch(text) and digits:
            hint = f"did you mean hs:{digits}?"
            raise bad_value(text, "a product code begins with its scheme", hint)
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
    near = context.resolver.near(context.kind, text)
    see = f"did you mean {near}?" if near else f"rexctl values {context.field} lists those in use"
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
    if op == "eq":
        return Value(text, low, high)
    windows = {
        "lt": (LOWEST, low - 1), "le": (LOWEST, high),
        "gt": (high + 1, HIGHEST), "ge": (low, HIGHEST),
    }  # fmt: skip
    return Value(f"{_DATE_WORDS[op]} {text}", *windows[op])


def _parse_numbers(text: str, context: ValueContext) -> Value:
    """Return the window of numbers of a value with its operator. Raises UsageError."""
    op = context.op
    if op in ORDER:
        return _one_side(text, op)
    begin, dots, end = text.partition("..")
    if not dots:
        point = _number_of(text, text)
        return Value(text, point, point)
    if op == "eq":
        raise bad_value(text, "eq takes one number", f"write {context.field}:{text}")
    if not begin and not end:
        raise bad_value(text, "names no number", _EXAMPLES)
    low = _number_of(begin, text) if begin else -math.inf
    high = _number_of(end, text) if end else math.inf
    if low > high:
        raise bad_value(text, "runs backwards", f"write {end}..{begin}")
    return Value(text, low, high)


def _one_side(text: str, op: str) -> Value:
    """Return the numbers on one side of a number; `lt` and `gt` exclude the number itself."""
    point = _number_of(text, text)
    windows = {
        "lt": (-math.inf, math.nextafter(point, -math.inf)), "le": (-math.inf, point),
        "gt": (math.nextafter(point, math.inf), math.inf), "ge": (point, math.inf),
    }  # fmt: skip
    return Value(f"{_NUMBER_WORDS[op]} {text}", *windows[op])


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
