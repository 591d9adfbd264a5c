"""Values judged by the kind of their field: legal or told why not, with what was meant."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from rexctl.errors import UsageError, bad_value, unknown_name
from rexctl.query.terms import Lexicon, Value
from rexctl.query.windows import of_days, of_numbers
from rexctl.values.codes import PRODUCT_SCHEMES, split
from rexctl.values.lazy_pattern import Late

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


class Question(NamedTuple):
    """What is asked of which field, and what is needed to judge it."""

    field: str
    kind: str
    op: str
    lexicon: Lexicon
    today: date

    @property
    def values(self) -> tuple[str, ...]:
        """The closed list of the field; empty where it is open."""
        info = self.lexicon.fields.get(self.field)
        return info.values if info else ()


_SLUG = Late(r"[a-z0-9-]+", re.ASCII)
_TIME = Late(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_CODE = Late(r"[\d.]+", re.ASCII)
# Fields of actors that may hold the word `all` beside codes.
_OF_ALL = frozenset({"affected", "destinations", "origin"})
_MOST_SHOWN = 12


def judged(text: str, asked: Question) -> Value:
    """Give a value in its canonical form, with its window where the kind has one.

    Raises UsageError for what is not on a closed list and for an unknown code,
    UsageError for what the kind cannot take.
    """
    text = text.strip()
    if not text:
        raise bad_value(f"{asked.field}:", "has no value", f"has:{asked.field} asks if it is there")
    if asked.op == "re":
        import_module("rexctl.query.pattern").compile_pattern(text)
        return Value(text)
    if asked.op == "in":
        return _bloc(text, asked)
    return _BY_KIND.get(asked.kind, _free)(text, asked)


def _free(text: str, asked: Question) -> Value:
    return Value(text)


def _word(text: str, asked: Question) -> Value:
    if asked.values and text not in asked.values:
        shown = ", ".join(asked.values) if len(asked.values) <= _MOST_SHOWN else ""
        name = asked.field.rpartition(".")[2]
        raise unknown_name(name, text, asked.values, see=shown or f"rexctl values {asked.field}")
    return Value(text)


def _shaped(shape: Late, sentence: str) -> Callable[[str, Question], Value]:
    def judge(text: str, asked: Question) -> Value:
        if not shape.fullmatch(text):
            raise bad_value(f"{asked.field}:{text}", sentence)
        return Value(text)

    return judge


def _zone(text: str, asked: Question) -> Value:
    zones = import_module("zoneinfo").available_timezones()
    if text not in zones:
        raise unknown_name("time zone", text, zones, see="such as Asia/Shanghai")
    return Value(text)


def _code(text: str, asked: Question) -> Value:
    if text == "all" and asked.field.rpartition(".")[2] in _OF_ALL:
        return Value(text)
    if not asked.lexicon.known(asked.kind, text):
        raise _unknown(text, asked)
    return Value(text)


def _product(text: str, asked: Question) -> Value:
    scheme, code = split(text)
    if ":" not in text:
        digits = text.replace(".", "")
        if _CODE.fullmatch(text) and digits:
            raise bad_value(
                text, "a product code begins with its scheme", f"did you mean hs:{digits}?"
            )
        raise _unknown(text, asked)
    if scheme not in PRODUCT_SCHEMES:
        raise unknown_name(
            "product scheme", scheme, PRODUCT_SCHEMES, see=", ".join(PRODUCT_SCHEMES)
        )
    if not code:
        raise bad_value(text, "names no product", f"write {scheme}:CODE")
    return _code(f"{scheme}:{code}", asked)


def _bloc(text: str, asked: Question) -> Value:
    blocs = asked.lexicon.blocs
    if text not in blocs:
        see = f"such as {', '.join(sorted(blocs)[:_MOST_SHOWN])}" if blocs else ""
        raise unknown_name("bloc", text, blocs, see=see)
    return Value(text)


def _unknown(text: str, asked: Question) -> UsageError:
    near = asked.lexicon.near(asked.kind, text)
    see = f"did you mean {near}?" if near else f"rexctl values {asked.field} lists those in use"
    return unknown_name(asked.kind, text, (), see=see)


def _number(text: str, asked: Question) -> Value:
    return of_numbers(text, asked.field, asked.op)


def _date(text: str, asked: Question) -> Value:
    return of_days(text, asked.field, asked.op, asked.today)


_id = _shaped(_SLUG, "an id is made of a-z, 0-9 and hyphens")
_slug = _shaped(_SLUG, "a slug is made of a-z, 0-9 and hyphens")
_time = _shaped(_TIME, "a time is written 20:30")
_BY_KIND: dict[str, Callable[[str, Question], Value]] = {
    "word": _word, "id": _id, "slug": _slug, "time": _time, "zone": _zone,
    "actor": _code, "country": _code, "law": _code, "product": _product,
    "number": _number, "integer": _number, "date": _date, "day": _date,
}  # fmt: skip
