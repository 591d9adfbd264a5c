"""Compare texts without case and accents, and names without whatever else spellings differ in."""

from __future__ import annotations

import re
import unicodedata

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_DROPPED = str.maketrans({"&": " and ", "’": "'", ".": None, "-": " ", "‐": " ", "‑": " ", "–": " ",
                          "(": " ", ")": " ", "[": " ", "]": " "})  # fmt: skip


def comparison_key(text: str) -> str:
    """Return a text without case and accents: equal keys are equal texts to a reader.

    >>> comparison_key("Türkiye")
    'turkiye'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    key: str = _NOT_ASCII.sub(_drop_combining, decomposed)
    return key


def name_key(name: str) -> str:
    """Return the comparison key of a name, without whatever else spellings of a name differ in.

    That is points, hyphens, brackets, a leading `the`, `&` for `and`, and white space.

    >>> name_key("The U.S."), name_key("Trinidad & Tobago"), name_key("Guinea-Bissau")
    ('us', 'trinidad and tobago', 'guinea bissau')
    """
    words = comparison_key(name).translate(_DROPPED).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def _drop_combining(match: re.Match[str]) -> str:
    return "".join([sign for sign in match[0] if not unicodedata.combining(sign)])
