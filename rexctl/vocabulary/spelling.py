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


def named(entry: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Give all by which an entry may be called, each with its path: code, name, symbol, aliases."""
    yield from (((key,), entry[key]) for key in ("code", "name", "symbol") if key in entry)
    yield from ((("aliases", n), text) for n, text in enumerate(entry.get("aliases", ())))


def by_spelling(entries: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Give the code for each spelling: a code before any name, and of two names the first."""
    found = {folded(code): code for code in entries}
    for code, entry in entries.items():
        for _, text in named(entry):
            found.setdefault(folded(text), code)
    return found
