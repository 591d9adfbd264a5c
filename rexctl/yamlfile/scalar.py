"""One text as YAML: plain where every reader gives the same text back, else in double quotes.

Judged by the rules of YAML 1.1 (as PyYAML and its kin resolve plain texts) and of the core schema
of YAML 1.2. What either takes for a number, a date, a truth or nothing may stay plain only if that
value, shown as text, is the text again: `100`, `0.1` and `2025-10-09` are, `010`, `1.0`, `1E902`
and `13:01` are not.
"""

from __future__ import annotations

import re

from rexctl.values.safe_text import clean

_WORDS = frozenset(
    form
    for word in ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
    for form in (word, word.capitalize(), word.upper())
) | {"~", "=", "<<"}
_NUMBER = re.compile(
    r"[-+]?(?:"
    r"[0-9_]+"  # decimal and octal; 1.2 readers that know underscores take `_` along
    r"|0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+"
    r"|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"  # base 60
    r"|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9_]+)(?:[eE][-+]?[0-9]+)?"
    r"|\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))",
    re.ASCII,
)
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,14})\.[0-9]*[1-9]", re.ASCII)
_DIGITS = 15  # that a reader's binary fraction keeps
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:.*", re.ASCII)
_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FIRST = frozenset(",[]{}#&*!|>'\"%@`")
# Most texts are words of these signs, or the id of an event, and few of the questions below concern
# them: with a hyphen and a letter behind a day, no reader takes it for a number or an instant.
_WORDY = re.compile(
    r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}-)?[A-Za-z][A-Za-z0-9 _:#,./()'%;&+?=-]*", re.ASCII
)
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
_SHORTENED = str.maketrans(_SHORT)


def plain_safe(text: str) -> bool:
    """Tell whether a text may stand bare, on one line of a block, as a key or as a value."""
    if _WORDY.fullmatch(text):
        parts = text[-1] in " :" or ": " in text or " #" in text
        return not parts and text not in _WORDS
    return _can_be_plain(text) and _reads_back(text)


def scalar(text: str) -> str:
    """Give a text on one line: bare, or in double quotes with what hides or steers escaped."""
    return text if plain_safe(text) else f'"{clean(text.translate(_SHORTENED))}"'


def harmless(text: str) -> bool:
    """Tell whether a text holds nothing but line ends that must be escaped."""
    line = text.replace("\n", " ")
    return clean(line) == line


def _can_be_plain(text: str) -> bool:
    """Tell whether the grammar of YAML lets the text stand bare."""
    first, last = text[:1], text[-1:]
    if not text or first in _FIRST or first.isspace() or last.isspace() or last == ":":
        return False
    if first in "-?:" and (len(text) == 1 or text[1].isspace()):
        return False
    # `---` at the start of a line parts documents; a quote keeps it from ever being taken so.
    if ": " in text or " #" in text or text.startswith(("---", "...")):
        return False
    return "\n" not in text and clean(text) == text


def _reads_back(text: str) -> bool:
    """Tell whether a reader that makes a value of the text shows the same text again."""
    if text in _WORDS:
        return False
    if text[0] not in "0123456789-+.":
        return True
    if day := _DAY.fullmatch(text):
        return _is_day(*map(int, day.groups()))
    if _INSTANT.fullmatch(text):
        return False
    if not _NUMBER.fullmatch(text):
        return True
    if _INTEGER.fullmatch(text):
        return True
    short = len(text.strip("-").replace(".", "").lstrip("0")) <= _DIGITS
    return bool(_DECIMAL.fullmatch(text)) and short and str(float(text)) == text


def _is_day(year: int, month: int, day: int) -> bool:
    """Readers make a date of it, and 2025-02-30 stops some of them."""
    if not (year >= 1 and 1 <= month <= 12 and 1 <= day <= _MONTHS[month - 1]):
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return leap or (month, day) != (2, 29)
