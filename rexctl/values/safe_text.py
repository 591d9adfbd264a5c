r"""Text made harmless for people: what could control a terminal, or is invisible, is escaped.

Escaped as `\uXXXX` (`\UXXXXXXXX` beyond the first plane): C0, DEL and C1 controls, line and
paragraph separators, bidi controls, zero-width and other invisible characters, fillers, tags,
noncharacters and lone surrogates. Three invisible ones are left where a script or an emoji needs
them, since there they hide nothing: a joiner or non-joiner between two letters of a script that
joins (Arabic, Indic, Mongolian ...), a joiner between two emoji, and one variation selector
directly after an emoji or an ideograph.
"""

import re
from collections.abc import Callable
from functools import cache

# Ranges of code points, first and last. From Unicode's Default_Ignorable_Code_Point, Bidi_Control,
# the general categories Cc, Cs, Zl, Zp, and the noncharacters.
_HIDDEN = (
    (0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160),
    (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F),
    (0x3164, 0x3164), (0xD800, 0xDFFF), (0xFDD0, 0xFDEF), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0xFFFE, 0xFFFF), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
    *((plane + 0xFFFE, plane + 0xFFFF) for plane in range(0x10000, 0x110000, 0x10000)),
)  # fmt: skip
_JOINING = ((0x600, 0x8FF), (0x900, 0xDFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1800, 0x18AF),
            (0xA840, 0xA87F), (0xFB50, 0xFDCF), (0xFE70, 0xFEFC))  # fmt: skip
_EMOJI = ((0xA9, 0xA9), (0xAE, 0xAE), (0x203C, 0x203C), (0x2049, 0x2049), (0x2122, 0x2139),
             (0x2190, 0x2BFF), (0x3030, 0x303D), (0x3297, 0x3299), (0x1F000, 0x1FAFF))  # fmt: skip
_IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))


def _character_class(*groups: tuple[tuple[int, int], ...]) -> str:
    """Return ranges of code points as the inside of a character class."""
    ranges = (pair for group in groups for pair in group)
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


_LINE_BREAKS = re.compile(r"\r\n|[\t\n\v\f\r\x85\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@cache
def _hidden() -> re.Pattern[str]:
    """Return the pattern of harmful characters; most runs never need it compiled."""
    return re.compile(f"[{_character_class(_HIDDEN)}]")


@cache
def _allowed() -> re.Pattern[str]:
    """Return the pattern of a joiner or selector that is left in, by the characters around it."""
    return re.compile(
        f"(?<=[{_character_class(_JOINING)}])[\u200c\u200d](?=[{_character_class(_JOINING)}])"
        f"|(?<=[{_character_class(_EMOJI)}\ufe0f])\u200d(?=[{_character_class(_EMOJI)}])"
        f"|(?<=[{_character_class(_EMOJI)}#*0-9])[\ufe0e\ufe0f]"
        f"|(?<=[{_character_class(_IDEOGRAPHS)}])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
    )


def clean(text: str, keep: str = "") -> str:
    r"""Return the text with harmful characters escaped; those in `keep` (`"\n\t"`) are left."""
    return _escape_harmful(text, keep, _escape)


def clean_line(text: str) -> str:
    """Return the text as one harmless line: a line break or a tab becomes a space."""
    if text.isascii() and text.isprintable():
        return text
    return clean(_LINE_BREAKS.sub(" ", text))


def clean_json(line: str) -> str:
    """Return a line of JSON that is harmless and parses to the same value."""
    return _escape_harmful(line, "\t", _escape_as_json)


def encodable(text: str) -> str:
    r"""Return the text with lone surrogates escaped: nothing else cannot be encoded as UTF-8.

    In a line of JSON the escape parses to the same value.
    """
    return text if text.isascii() else _SURROGATE.sub(lambda match: _escape(match[0]), text)


def _escape_harmful(text: str, keep: str, escape: Callable[[str], str]) -> str:
    if text.isprintable() and text.isascii():  # the usual case needs no search
        return text
    if not _hidden().search(text):
        return text
    allowed = {match.start() for match in _allowed().finditer(text)}

    def replace(match: re.Match[str]) -> str:
        is_left = match[0] in keep or match.start() in allowed
        return match[0] if is_left else escape(match[0])

    return _hidden().sub(replace, text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _escape_as_json(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n]:02x}{units[n + 1]:02x}" for n in range(0, len(units), 2))
