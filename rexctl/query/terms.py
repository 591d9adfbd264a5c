"""What a query is made of: terms and their values, and the lexicon by which they are judged."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple, Protocol

from rexctl.values.lazy_pattern import Late

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Collection, Mapping


_FAR = Late(r"[^\x00-\x7f]+")


class FieldLike(Protocol):
    """What a query must know of a field; `rexctl.model.tables.Field` is one."""

    @property
    def kind(self) -> str:
        """The kind of its leaves: `date`, `actor`, `word` ..."""

    @property
    def values(self) -> tuple[str, ...]:
        """The closed list of its values; empty where it is open."""


def fold(text: str) -> str:
    """Give the text without case and accents, so that `turkiye` finds Türkiye."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    found: str = _FAR.sub(_uncombined, apart)
    return found


def _uncombined(found: re.Match[str]) -> str:
    return "".join([sign for sign in found[0] if not unicodedata.combining(sign)])


class Value(NamedTuple):
    """A value asked for: as text, and for dates and numbers as a window.

    `lo` and `hi` are both inside the window. For the kinds date and day they are ordinals (or
    LOWEST and HIGHEST of `plain/dates`), for number and integer floats (or minus and plus
    infinity); for every other kind both are None. `text` is the canonical code or text; where
    there is a window it only says in words what was asked.
    """

    text: str
    lo: int | float | None = None
    hi: int | float | None = None

    @property
    def folded(self) -> str:
        """The text without case and accents."""
        return fold(self.text)


# How `:` compares a value of each kind with what stands in an event.
CONTAINS, PREFIX, SAME, OVERLAP = "contains", "prefix", "same", "overlap"
WAYS = {
    "text": CONTAINS, "prose": CONTAINS, "url": CONTAINS, "extra": CONTAINS,
    "actor": PREFIX, "law": PREFIX, "product": PREFIX, "id": PREFIX, "country": SAME,
    "word": SAME, "zone": SAME, "time": SAME, "slug": SAME,
    "number": OVERLAP, "integer": OVERLAP, "date": OVERLAP, "day": OVERLAP,
}  # fmt: skip


class Term(NamedTuple):
    """One thing asked of one field; every term of a query must hold.

    Operators, after `ne`, `missing`, `lt`, `le`, `gt`, `ge` and `within` have been resolved:

    - `any`: one of the values compares with one value of the field by `way`;
    - `all`: each of the values does;
    - `eq`: one value of the field is exactly one of the values (with windows: both bounds equal);
    - `certain` (dates): one lies wholly inside one of the windows;
    - `in` (actors): one belongs, on the event's date, to one of these blocs;
    - `re`: one of the patterns is found in one value of the field;
    - `has`: the field is there; no values. Its kind is empty where the name is that of a group,
      such as `effective`, which is there when any `effective.*` is.

    A term with values () whose operator is not `has` holds for no event. `negated` turns the
    whole answer about: no value of the field does, or the field is absent.
    """

    field: str
    kind: str
    op: str
    values: tuple[Value, ...] = ()
    negated: bool = False

    @property
    def way(self) -> str:
        """How `any` and `all` compare: `contains`, `prefix`, `same` or `overlap`.

        `contains` looks in folded text; `prefix` is `is_prefix` of `plain/codes` for codes, and
        anywhere in an id; `overlap` compares windows.
        """
        return WAYS.get(self.kind, CONTAINS)


class Query(NamedTuple):
    """A query understood: all terms hold, and every word stands somewhere in the event's text."""

    terms: tuple[Term, ...] = ()
    words: tuple[str, ...] = ()


def _everything(kind: str, code: str) -> bool:
    return True


def _nothing(kind: str, code: str) -> str:
    return ""


class Lexicon(NamedTuple):
    """The legal names and codes.

    `known(kind, code)` tells whether a code, or the beginning of one (`firm` of `firm/rhodium`,
    `hs:28`), is legal; `near(kind, code)` gives the code that was meant by a name or a slip, or
    an empty text. Kinds asked for: actor, country, product, law. `saved` are the queries that a
    project has named.
    """

    fields: Mapping[str, FieldLike]
    aliases: Mapping[str, str] = {}
    known: Callable[[str, str], bool] = _everything
    near: Callable[[str, str], str] = _nothing
    saved: Mapping[str, str] = {}
    blocs: Collection[str] = ()
