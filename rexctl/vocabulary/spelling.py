"""One spelling of a name, so that `U.S.`, `us` and `Türkiye`, `turkiye` meet."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Entries = dict[str, dict[str, Any]]


def folded(text: str) -> str:
    """Give a name without case, accents, points, a leading `the` and spaces that do not count."""
    signs = unicodedata.normalize("NFKD", text.casefold().replace("’", "'").replace(".", ""))
    words = "".join(sign for sign in signs if not unicodedata.combining(sign)).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def spellings(code: str, entry: Mapping[str, Any]) -> Iterator[str]:
    """Give, folded, all by which an entry may be called: its code, name, symbol and aliases."""
    named = (entry[key] for key in ("name", "symbol") if key in entry)
    return (folded(text) for text in (code, *named, *entry.get("aliases", ())))


def by_spelling(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Give the code for each spelling; a code is never taken over by another's name."""
    found = {name: code for code, entry in entries.items() for name in spellings(code, entry)}
    return found | {folded(code): code for code in entries}
