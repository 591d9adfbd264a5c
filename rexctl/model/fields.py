"""Shared field types: how each sort of text is judged, and what it is called in the schema."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError, core_schema

from rexctl.values import dates, ids
from rexctl.values.codes import UnknownCode
from rexctl.values.prose import sentences
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler


@dataclass(frozen=True, slots=True)
class Kind:
    """Marks a field type with the word by which query, canon and docs know it."""

    word: str


class OneOf:
    """Marks a text that must be one of `values`."""

    def __init__(self, *values: str) -> None:
        self.values = values

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Judge by the list; the JSON Schema of a literal is an `enum`."""
        return core_schema.literal_schema(list(self.values))


def said(text: str, example: Any = None) -> Any:
    """Declare a field that may be left open: one sentence, and an example."""
    return Field(default=None, description=text, examples=[] if example is None else [example])


def needed(text: str, example: Any = None) -> Any:
    """Declare a field that every event of the type has."""
    return Field(description=text, examples=[] if example is None else [example])


def wrong(code: str, message: str, hint: str | Callable[[], str] = "") -> PydanticCustomError:
    """Make the error of a validator: a stable code, a sentence, a mend (or how to find it)."""
    # The texts go in as context: a brace in the data must not be read as a place to fill.
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


_CONTROL = frozenset({"Cc", "Cs", "Cn", "Co"})
_HALF = re.compile(r"[\ud800-\udfff]")
# What only some readers take for a line end or for a mark of the encoding.
_SEPARATORS = frozenset("\u2028\u2029\ufeff")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


# A log's texts, by sort: how many are kept, and how long they may be.
_MOST_KEPT, _LONGEST_KEPT = 2048, 200


def _harmless(text: str) -> str:
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text  # nothing that follows is printable
    for sign in text:
        if sign in _BIDI:
            raise wrong("bidi-control", f"U+{ord(sign):04X} turns the reading order around")
        # Unassigned characters of a newer Unicode are let through; noncharacters are not.
        category = unicodedata.category(sign)
        control = category in _CONTROL and (category != "Cn" or _nonchar(sign))
        if sign != "\n" and (control or sign in _SEPARATORS):
            raise wrong("control-character", f"U+{ord(sign):04X} is not text")
    return text


def _nonchar(sign: str) -> bool:
    return (ord(sign) & 0xFFFE) == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF


def extra(value: Any) -> str:
    """Judge a text of a project's own field: kept as it is, if a file can hold it."""
    return _harmless(_plain(value))


def _one_line(text: str) -> str:
    if not text.strip():
        raise wrong("empty-value", "is empty", "leave it out: unknown is absent")
    if "\n" in text.strip() or "\u2028" in text or "\u2029" in text:
        raise wrong("not-one-line", "must be one line")
    return unicodedata.normalize("NFC", _harmless(text.strip()))


def _prose(text: str) -> str:
    if not text.strip():
        raise wrong("empty-value", "is empty", "leave it out: unknown is absent")
    return sentences(unicodedata.normalize("NFC", _harmless(text)))


def _date(text: str) -> str:
    try:
        return dates.parse(text).text
    except ValueError as fault:
        raise wrong("bad-date", str(fault), "rexctl explain bad-date") from None


def _day(text: str) -> str:
    if dates.parse(_date(text)).precision != "day" or len(text) != 10:
        raise wrong("bad-date", f"{text}: must be one day, such as 2025-10-09")
    return text


def _shaped(code: str, pattern: str, sentence: str) -> Callable[[str], str]:
    shape = re.compile(pattern, re.ASCII)

    def judge(text: str) -> str:
        if not shape.fullmatch(text):
            raise wrong(code, f"{text}: {sentence}")
        return text

    return judge


def _zone(text: str) -> str:
    zoneinfo = import_module("zoneinfo")
    try:
        zoneinfo.ZoneInfo(text)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        hint = did_you_mean(text, zoneinfo.available_timezones())
        raise wrong("unknown-zone", f"{text}: no such time zone", hint) from None
    return text


def _id(text: str) -> str:
    if why := ids.why_not(text):
        raise wrong("bad-id", f"{text}: {why}")
    return text


def _code(method: str, *, all_too: bool = False) -> BeforeValidator:
    """Judge a code by the vocabulary that stands in the context of the validation."""

    def judge(value: Any, info: ValidationInfo) -> str:
        if all_too and value == "all":
            return "all"
        vocabulary = (info.context or {})["vocabulary"]
        known: str | None = vocabulary.judged[method].get(value) if type(value) is str else None
        if known is not None:
            return known
        text = _plain(value)
        try:
            found: str = getattr(vocabulary, method)(text)
        except UnknownCode as fault:
            unknown = fault  # what it suggests is looked for when the fault is told

            def hint() -> str:
                return f"did you mean {unknown.suggestion}?" if unknown.suggestion else ""

            raise wrong(f"unknown-{method}", str(fault), hint) from None
        vocabulary.remember(method, text, found)
        return found

    return BeforeValidator(judge)


def _plain(value: Any) -> Any:
    """Take a text, or a number of our JSON as its digits; anything else is told as a wrong shape."""
    if isinstance(value, str):
        # Half a character, as JSON may spell it: no later judge could even quote it.
        if not value.isascii() and (half := _HALF.search(value)):
            raise wrong("control-character", f"U+{ord(half[0]):04X} is not text")
        return str(value)
    found = "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else (
        f"{value!r}".lower())  # fmt: skip
    raise wrong("wrong-shape", f"must be a text, and this is {found}")


def _leaf(*judges: Callable[[str], str], again: bool = True) -> BeforeValidator:
    """Make the one validator of a sort of text, whose judges stand in their order.

    Where texts come `again` from event to event, what was found of them is kept; faults are not.
    """

    def whole(value: Any) -> str:
        text: str = _plain(value)
        for judge in judges:
            text = judge(text)
        return text

    if not again:
        return BeforeValidator(whole)
    known = lru_cache(maxsize=_MOST_KEPT)(whole)

    def leaf(value: Any) -> str:
        return (known if type(value) is str and len(value) <= _LONGEST_KEPT else whole)(value)

    return BeforeValidator(leaf)


_URL = _shaped(
    "bad-url",
    r"https?://[^\s<>\"{}|\\^`\x00-\x1f/]+[^\s<>\"\x00-\x1f]*",
    "an address begins with http:// or https:// and holds no space",
)
_TIME = _shaped("bad-time", r"([01]\d|2[0-3]):[0-5]\d", "a time is written 20:30")
_NUMBER = _shaped("bad-number", r"-?(0|[1-9]\d{0,17})(\.\d{1,12})?", "write digits, such as 12.5")
_INTEGER = _shaped("bad-number", r"0|[1-9]\d{0,14}", "write a whole number")
_SLUG = _shaped("bad-slug", r"[a-z0-9]+(-[a-z0-9]+)*", "a slug is made of a-z, 0-9 and hyphens")
_LANG = _shaped("bad-lang", r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "write en, zh, no ...")

Text = Annotated[str, _leaf(_one_line), Kind("text")]
Title = Annotated[Text, StringConstraints(max_length=140)]
Prose = Annotated[str, _leaf(_prose, again=False), Kind("prose")]
Date = Annotated[str, _leaf(_date), Kind("date")]
Day = Annotated[str, _leaf(_day), Kind("day")]
Time = Annotated[str, _leaf(_TIME), Kind("time")]
Zone = Annotated[str, _leaf(_zone), Kind("zone")]
Number = Annotated[str, _leaf(_NUMBER), Kind("number")]
Integer = Annotated[str, _leaf(_INTEGER), Kind("integer")]
Url = Annotated[str, _leaf(_URL, _harmless, again=False), Kind("url")]
Slug = Annotated[str, _leaf(_SLUG), Kind("slug")]
Lang = Annotated[str, _leaf(_LANG), Kind("text")]
Id = Annotated[str, _leaf(_id, again=False), Kind("id")]
Actor = Annotated[str, _code("actor"), Kind("actor")]
Affected = Annotated[str, _code("actor", all_too=True), Kind("actor")]
Country = Annotated[str, _code("country"), Kind("country")]
ProductCode = Annotated[str, _code("product"), Kind("product")]
Law = Annotated[str, _code("law"), Kind("law")]
Currency = Annotated[str, _code("currency"), Kind("text")]
