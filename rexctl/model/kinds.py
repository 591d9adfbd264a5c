"""The kinds of text that a field may hold, each with the function that returns its stored form."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from pydantic_core import PydanticCustomError

from rexctl.values import codes, dates
from rexctl.values.prose import format_prose

_CONTROL = frozenset({"Cc", "Cs", "Cn", "Co"})
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Characters that only some readers take for a line end or for a byte order mark.
_SEPARATORS = frozenset("\u2028\u2029\ufeff")
# Characters without width, which hide inside a word: searches and comparisons would fail.
_INVISIBLE = frozenset(
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u3164\uffa0"
    "\ufff9\ufffa\ufffb"
)
# Persian, Indian scripts and emoji need these two, and Chinese and Mongolian the selectors of a
# variant; between letters of other scripts they only hide.
_JOINERS = frozenset("\u200c\u200d")
_SELECTORS = frozenset(map(chr, (*range(0x180B, 0x180E), *range(0xFE00, 0xFE10),
                                 *range(0xE0100, 0xE01F0))))  # fmt: skip
_HIDING = _INVISIBLE | _SELECTORS
_ALPHABETS = ("LATIN", "GREEK", "CYRILLIC")
_WITHOUT_JOINERS = (*_ALPHABETS, "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "DIGIT", "SPACE")
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def text_error(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Return the error of a check: a stable code, what is wrong, and what to do."""
    # The texts are passed as context: a brace in the data must not be read as a placeholder.
    return PydanticCustomError(code, "{message}", {"message": message, "hint": hint})


def check_characters(text: str) -> str:
    """Return a text unchanged. Raises PydanticCustomError for characters that no file may hold."""
    printable = text.isprintable() or text.replace("\n", "").isprintable()
    if printable and (text.isascii() or _HIDING.isdisjoint(text)):
        return text  # no other character refused below is printable
    for n, char in enumerate(text):
        if char in _INVISIBLE or "\U000e0000" <= char <= "\U000e007f" or _is_needless(text, n):
            message = f"U+{ord(char):04X} cannot be seen"
            raise text_error("invisible-character", message, "remove it")
        if char in _BIDI:
            raise text_error("bidi-control", f"U+{ord(char):04X} turns the reading order around")
        # Unassigned characters of a newer Unicode are accepted; noncharacters are not.
        category = unicodedata.category(char)
        control = category in _CONTROL and (category != "Cn" or _is_noncharacter(char))
        if char != "\n" and (control or char in _SEPARATORS):
            raise text_error("control-character", f"U+{ord(char):04X} is not text")
    return text


def _is_needless(text: str, n: int) -> bool:
    """Return whether the character at `n` is a joiner or selector that its neighbours do not need."""
    before, char, after = text[n - 1 : n], text[n], text[n + 1 : n + 2]
    if char in _SELECTORS:
        return not before or unicodedata.name(before, "").startswith(_ALPHABETS)
    return char in _JOINERS and any(
        not one or unicodedata.name(one, "").startswith(_WITHOUT_JOINERS) for one in (before, after)
    )


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
    if not dates.is_day(_date(text)) or len(text) != 10:
        raise text_error("bad-date", f"{text}: must be one day, such as 2025-10-09")
    return text


def _id(text: str) -> str:
    if reason := codes.explain_bad_id(text):
        raise text_error("bad-id", f"{text}: {reason}")
    return text


# Kind -> the code of its error, the pattern of its texts, and what is wrong with another one.
_DIGITS = ("bad-number", r"-?(0|[1-9]\d*)(\.\d+)?", "write digits, such as 12.5")
_PATTERNS = {
    "url": (
        "bad-url",
        r"https?://[^\s<>\"{}|\\^`\x00-\x1f/]+[^\s<>\"\x00-\x1f]*",
        "an address begins with http:// or https:// and holds no space",
    ),
    "time": ("bad-time", r"([01]\d|2[0-3]):[0-5]\d", "a time is written 20:30"),
    "number": (
        "bad-number",
        r"-?\d{1,18}(\.\d{1,12})?",
        "a number has at most 18 digits before the point and 12 after it",
    ),
    "integer": (
        "bad-number", r"0|[1-9]\d{0,14}", "write a whole number of at most 15 digits",
    ),
    "slug": ("bad-slug", r"[a-z0-9]+(-[a-z0-9]+)*", "a slug is made of a-z, 0-9 and hyphens"),
}  # fmt: skip
# Kind -> the function that returns its text in the stored form or raises PydanticCustomError. Texts
# of other kinds are one line: whether a code is known is for `check` to find, and the words of a
# field that lists them depend on its type.
_READERS = {"prose": _prose, "date": _date, "day": _day, "id": _id}


def check_text(kind: str, value: Any) -> str:
    """Return a text of a kind in its stored form. Raises PydanticCustomError."""
    text = _require_text(value)
    if kind not in _PATTERNS:
        return _READERS.get(kind, _one_line)(text)
    for code, pattern, sentence in (
        (_DIGITS, _PATTERNS[kind]) if kind == "number" else (_PATTERNS[kind],)
    ):
        if not re.fullmatch(pattern, text, re.ASCII):
            raise text_error(code, f"{text}: {sentence}")
    return check_characters(text)
