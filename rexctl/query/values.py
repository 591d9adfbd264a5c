"""Parse the values of a term by the kind of its field; an unknown one is an error with a hint."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rexctl.errors import UsageError, bad_value, unknown_name
from rexctl.query.terms import NameResolver, Value
from rexctl.query.windows import parse_days, parse_numbers
from rexctl.values.clock import is_timezone, timezone_names
from rexctl.values.codes import PRODUCT_SCHEMES, split_product

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


_SLUG = re.compile(r"[a-z0-9-]+", re.ASCII)
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
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
        listed = ", ".join(context.choices) if len(context.choices) <= _MAX_LISTED else ""
        name = context.field.rpartition(".")[2]
        see = listed or f"rexctl values {context.field}"
        raise unknown_name(name, text, context.choices, see=see)
    return Value(text)


def _shape_parser(shape: re.Pattern[str], reason: str) -> Callable[[str, ValueContext], Value]:
    def parse_shape(text: str, context: ValueContext) -> Value:
        if not shape.fullmatch(text):
            raise bad_value(f"{context.field}:{text}", reason)
        return Value(text)

    return parse_shape


def _parse_zone(text: str, context: ValueContext) -> Value:
    if not is_timezone(text):
        raise unknown_name("time zone", text, timezone_names(), see="such as Asia/Shanghai")
    return Value(text)


def _parse_code(text: str, context: ValueContext) -> Value:
    if text == "all" and context.field.rpartition(".")[2] in _ALLOW_ALL:
        return Value(text)
    if not context.resolver.known(context.kind, text):
        raise _unknown_code(text, context)
    return Value(text)


def _parse_product(text: str, context: ValueContext) -> Value:
    scheme, code = split_product(text)
    if ":" not in text:
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
    if text not in blocs:
        see = f"such as {', '.join(sorted(blocs)[:_MAX_LISTED])}" if blocs else ""
        raise unknown_name("bloc", text, blocs, see=see)
    return Value(text)


def _unknown_code(text: str, context: ValueContext) -> UsageError:
    near = context.resolver.near(context.kind, text)
    see = f"did you mean {near}?" if near else f"rexctl values {context.field} lists those in use"
    return unknown_name(context.kind, text, (), see=see)


def _parse_number(text: str, context: ValueContext) -> Value:
    return parse_numbers(text, context.field, context.op)


def _parse_date(text: str, context: ValueContext) -> Value:
    return parse_days(text, context.field, context.op, context.today)


_BY_KIND: dict[str, Callable[[str, ValueContext], Value]] = {
    "word": _parse_choice, "zone": _parse_zone,
    "id": _shape_parser(_SLUG, "an id has only a-z, 0-9 and hyphens"),
    "slug": _shape_parser(_SLUG, "a slug has only a-z, 0-9 and hyphens"),
    "time": _shape_parser(_TIME, "a time is written HH:MM, such as 20:30"),
    "actor": _parse_code, "country": _parse_code, "law": _parse_code, "product": _parse_product,
    "number": _parse_number, "integer": _parse_number, "date": _parse_date, "day": _parse_date,
}  # fmt: skip
