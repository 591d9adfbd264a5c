"""The kinds of text that a field of an event may hold, each with the function that checks it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field
from pydantic_core import PydanticCustomError, core_schema

from rexctl.values import dates, ids
from rexctl.values.prose import format_prose

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler
    from pydantic_core.core_schema import CoreSchema

_CONTROL = frozenset({"Cc", "Cs", "Cn", "Co"})
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Characters that only some readers take for a line end or for a byte order mark.
_SEPARATORS = frozenset("\u2028\u2029\ufeff")
# Characters without width, which hide inside a word: searches and comparisons would fail.
_INVISIBLE = frozenset("\u00ad\u180e\u200b\u2060\u2061\u2062\u2063\u2064")
# Persian, Indian scripts and emoji need these two; between letters of other scripts they only hide.
_JOINERS = frozenset("\u200c\u200d")
_SCRIPTS_WITHOUT_JOINERS = (
    "LATIN",
    "GREEK",
    "CYRILLIC",
    "CJK",
    "HIRAGANA",
    "KATAKANA",
    "HANGUL",
    "DIGIT",
)
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Each kind caches the results of so many texts, none of them longer than this.
_CACHE_SIZE, _LONGEST_CACHED = 2048, 200


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a field's text.

    `word` names it in the schema tables, `check` returns a text in its stored form or raises
    PydanticCustomError, `values` are the only texts allowed, and `all_too` says that the word
    `all` may replace an actor's code.
    """

    word: str
    check: Callable[[Any], str] | None = None
    values: tuple[str, ...] = ()
    all_too: bool = False

    def core_schema(self) -> CoreSchema:
        """Return the schema by which pydantic-core validates such a text."""
        if self.values or self.check is None:
            return core_schema.literal_schema(list(self.values))
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Let Pydantic build a model class by the same schema."""
        return self.core_schema()


def optional(description: str, example: Any = None, alias: str | None = None) -> Any:
    """Declare a field that may be absent."""
    return _field(description, example, alias, default=None)


def required(description: str, example: Any = None, alias: str | None = None) -> Any:
    """Declare a field that every event or part of this type has."""
    return _field(description, example, alias)


def _field(description: str, example: Any, alias: str | None, **more: Any) -> Any:
    examples = [] if example is None else [example]
    return Field(description=description, examples=examples, alias=alias, **more)


def text_error(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Return the error of a check: a stable code, what is wrong, and what to do."""
    # The texts are passed as context: a brace in the data must not be read as a placeholder.
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def check_characters(text: str) -> str:
    """Return a text unchanged. Raises PydanticCustomError for characters that no file may hold."""
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text  # no character refused below is printable
    for n, char in enumerate(text):
        if (
            char in _INVISIBLE
            or "\U000e0000" <= char <= "\U000e007f"
            or (char in _JOINERS and _is_needless_joiner(text, n))
        ):
            raise text_error(
                "invisible-character", f"U+{ord(char):04X} cannot be seen", "remove it"
            )
        if char in _BIDI:
            raise text_error("bidi-control", f"U+{ord(char):04X} turns the reading order around")
        # Unassigned characters of a newer Unicode are accepted; noncharacters are not.
        category = unicodedata.category(char)
        control = category in _CONTROL and (category != "Cn" or _is_noncharacter(char))
        if char != "\n" and (control or char in _SEPARATORS):
            raise text_error("control-character", f"U+{ord(char):04X} is not text")
    return text


def _is_needless_joiner(text: str, n: int) -> bool:
    """Return whether the joiner at `n` stands at an end of the text, or beside a script without joiners."""
    around = (text[n - 1 : n], text[n + 1 : n + 2])
    return any(not char or unicodedata.name(char, "").startswith(_SCRIPTS_WITHOUT_JOINERS)
               for char in around)  # fmt: skip


def _is_noncharacter(char: str) -> bool:
    return (ord(char) & 0xFFFE) == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF


def check_own_text(value: Any) -> str:
    """Return a text of a project's own field unchanged. Raises PydanticCustomError."""
    return check_characters(_require_text(value))


def _require_text(value: Any) -> str:
    if isinstance(value, str):
        # Half of a surrogate pair, as a JSON escape may spell it: it cannot even be quoted.
        if not value.isascii() and (half := _SURROGATE.search(value)):
            raise text_error("control-character", f"U+{ord(half[0]):04X} is not text")
        return str(value)
    shape = ("a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict)
             else f"{value!r}".lower())  # fmt: skip
    raise text_error("wrong-shape", f"must be a text, and this is {shape}")


def _one_line(text: str) -> str:
    stripped = text.strip()
    if not stripped:
        raise text_error("empty-value", "is empty", "leave it out: unknown is absent")
    if "\n" in stripped or "\u2028" in text or "\u2029" in text:
        raise text_error("not-one-line", "must be one line")
    return unicodedata.normalize("NFC", check_characters(stripped))


def _title(text: str) -> str:
    text = _one_line(text)
    if len(text) > 140:
        raise text_error("too-long", "is longer than 140 characters")
    return text


def _prose(text: str) -> str:
    if not text.strip():
        raise text_error("empty-value", "is empty", "leave it out: unknown is absent")
    return format_prose(unicodedata.normalize("NFC", check_characters(text)))


def _date(text: str) -> str:
    try:
        return dates.parse(text).text
    except ValueError as error:
        raise text_error("bad-date", str(error), "rexctl explain bad-date") from None


def _day(text: str) -> str:
    if dates.parse(_date(text)).precision != "day" or len(text) != 10:
        raise text_error("bad-date", f"{text}: must be one day, such as 2025-10-09")
    return text


def _id(text: str) -> str:
    if reason := ids.explain_bad_id(text):
        raise text_error("bad-id", f"{text}: {reason}")
    return text


def _matching(code: str, pattern: str, sentence: str) -> Callable[[str], str]:
    compiled = re.compile(pattern, re.ASCII)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise text_error(code, f"{text}: {sentence}")
        return text

    return check


def _url(text: str) -> str:
    return check_characters(_check_url(text))


def _kind(word: str, check: Callable[[str], str], *, cached: bool = True) -> Kind:
    """Return the kind whose texts `check` accepts; `cached` where texts repeat among events."""

    def check_value(value: Any) -> str:
        return check(_require_text(value))

    if not cached:
        return Kind(word, check_value)
    remembered = lru_cache(maxsize=_CACHE_SIZE)(check_value)

    def check_cached(value: Any) -> str:
        short = type(value) is str and len(value) <= _LONGEST_CACHED
        return (remembered if short else check_value)(value)

    return Kind(word, check_cached)


_check_url = _matching(
    "bad-url",
    r"https?://[^\s<>\"{}|\\^`\x00-\x1f/]+[^\s<>\"\x00-\x1f]*",
    "an address begins with http:// or https:// and holds no space",
)
_check_time = _matching("bad-time", r"([01]\d|2[0-3]):[0-5]\d", "a time is written 20:30")
_check_digits = _matching("bad-number", r"-?(0|[1-9]\d*)(\.\d+)?", "write digits, such as 12.5")
_check_number = _matching("bad-number", r"-?\d{1,18}(\.\d{1,12})?",
                          "a number has at most 18 digits before the point and 12 after it")  # fmt: skip
_check_integer = _matching(
    "bad-number", r"0|[1-9]\d{0,14}", "write a whole number of at most 15 digits"
)
_check_slug = _matching(
    "bad-slug", r"[a-z0-9]+(-[a-z0-9]+)*", "a slug is made of a-z, 0-9 and hyphens"
)
_check_lang = _matching("bad-lang", r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "write en, zh, no ...")
_TEXT = _kind("text", _one_line)


def _code(word: str, *, all_too: bool = False) -> Kind:
    """Return the kind of a code: any text of one line, for `check` says whether it is known."""
    return Kind(word, _TEXT.check, all_too=all_too)


Text = Annotated[str, _TEXT]
Title = Annotated[str, _kind("text", _title, cached=False)]
Prose = Annotated[str, _kind("prose", _prose, cached=False)]
Date = Annotated[str, _kind("date", _date)]
Day = Annotated[str, _kind("day", _day)]
Time = Annotated[str, _kind("time", _check_time)]
Number = Annotated[str, _kind("number", lambda text: _check_number(_check_digits(text)))]
Integer = Annotated[str, _kind("integer", _check_integer)]
Url = Annotated[str, _kind("url", _url, cached=False)]
Slug = Annotated[str, _kind("slug", _check_slug)]
Lang = Annotated[str, _kind("text", _check_lang)]
Id = Annotated[str, _kind("id", _id, cached=False)]
Actor = Annotated[str, _code("actor")]
ActorOrAll = Annotated[str, _code("actor", all_too=True)]
Country = Annotated[str, _code("country")]
ProductCode = Annotated[str, _code("product")]
Law = Annotated[str, _code("law")]
Currency = Annotated[str, _code("currency")]
Zone = Annotated[str, _code("zone")]
