"""A parsed query: its terms and their values, and the names that a query may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rexctl.values.text import comparison_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from rexctl.model.tables import Field


class Value(NamedTuple):
    """A value of a term: a text, and for dates and numbers a window with both bounds included.

    For the kinds date and day the bounds are ordinals (or LOWEST and HIGHEST of `values.dates`),
    for number and integer floats (or minus and plus infinity), for other kinds None. `text` is the
    canonical code or text; where there is a window, it is the window in words.
    """

    text: str
    lo: int | float | None = None
    hi: int | float | None = None

    @property
    def key(self) -> str:
        """The comparison key of the text."""
        return comparison_key(self.text)


# How the operators `any` and `all` compare a value with the values in an event, by kind.
CONTAINS, PREFIX, SAME, OVERLAP = "contains", "prefix", "same", "overlap"
COMPARISONS = {
    "text": CONTAINS, "prose": CONTAINS, "url": CONTAINS, "extra": CONTAINS,
    "actor": PREFIX, "law": PREFIX, "list": PREFIX, "product": PREFIX, "id": PREFIX,
    "country": SAME, "currency": SAME, "word": SAME, "zone": SAME, "time": SAME, "slug": SAME,
    "number": OVERLAP, "integer": OVERLAP, "date": OVERLAP, "day": OVERLAP,
}  # fmt: skip


class Term(NamedTuple):
    """A condition on one field; every term of a query must hold.

    The operators (`ne`, `missing`, `lt`, `le`, `gt`, `ge` and `within` were resolved to these):

    - `any`: one of the values compares with one value of the field by `comparison`;
    - `all`: each of the values does;
    - `eq`: one value of the field is exactly one of the values (with windows: both bounds equal);
    - `certain` (dates): one is entirely inside one of the windows;
    - `in` (actors): one is, on the event's date, a member of one of these blocs;
    - `re`: one of the patterns matches in one value of the field;
    - `has`: the field is present; no values. The kind is empty where the name is that of a group,
      such as `effective`, which is present when any `effective.*` is.

    A term without values whose operator is not `has` matches no event. `negated` inverts the
    answer: no value of the field does, or the field is absent.
    """

    field: str
    kind: str
    op: str
    values: tuple[Value, ...] = ()
    negated: bool = False

    @property
    def comparison(self) -> str:
        """How `any` and `all` compare: `contains`, `prefix`, `same` or `overlap`.

        `contains` searches comparison keys; `prefix` is `is_prefix` of `values.codes` for codes,
        and matches anywhere in an id; `overlap` compares windows.
        """
        return COMPARISONS.get(self.kind, CONTAINS)


class Query(NamedTuple):
    """A parsed query: all terms hold, and every word is in the event's text.

    `notices` are sentences about words that may not be meant as text, such as `or`.
    """

    terms: tuple[Term, ...] = ()
    words: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def _is_known(kind: str, code: str) -> bool:
    return True


def _find_nothing(kind: str, text: str) -> str:
    return ""


def _is_used(field: str, text: str) -> bool:
    return True


def _nothing_used(field: str) -> Collection[str]:
    return ()


class NameResolver(NamedTuple):
    """The fields, codes and saved queries that a query may name.

    `known(kind, code)` says whether a code, or the beginning of one (`firm` of `firm/rhodium`,
    `hs:28`), exists. `find(kind, text)` returns the code that `add` stores for a text, such as CN for
    `China`, and `near(kind, text)` the code of a misspelled one with its name; both an empty text
    where there is none. Their kinds: actor, country, product, law, currency. `is_used(field, text)`
    says whether the log has this tag, episode or id, and `used(field)` returns those that it has.
    `saved` are the queries in the settings.
    """

    fields: Mapping[str, Field]
    aliases: Mapping[str, str] = {}
    known: Callable[[str, str], bool] = _is_known
    find: Callable[[str, str], str] = _find_nothing
    near: Callable[[str, str], str] = _find_nothing
    is_used: Callable[[str, str], bool] = _is_used
    used: Callable[[str], Collection[str]] = _nothing_used
    saved: Mapping[str, str] = {}
    blocs: Collection[str] = ()
