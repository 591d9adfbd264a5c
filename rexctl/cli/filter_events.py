"""Which of some events at hand answer a query: the same engine, in memory, with the codes of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl import query
from rexctl.cache.row import row_of
from rexctl.errors import bad_value
from rexctl.index import lexicon, put, select
from rexctl.index.bare import bare
from rexctl.values.lazy_pattern import Late

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rexctl.cli.context import Call
    from rexctl.store.log import Log

_TERM = Late(r"(not:)*(@[A-Za-z]|[A-Za-z_][\w.-]*:)")


def is_term(word: str) -> bool:
    """Tell a term of a query (`type:tariff`, `@saved`) from an id and from a revision.

    Of git are `@`, `@~1`, `HEAD@{2025-10-20 10:00}` and `:/words of a message`.
    """
    return bool(_TERM.match(word))


def demand_terms(words: Sequence[str], revision: str) -> None:
    """Raise UsageError for a word that is no term: it may be meant for a second revision."""
    for word in words:
        if not is_term(word):
            hint = f"two commits are {revision}..{word}; a text is title:{word} or summary:{word}"
            raise bad_value(word, "is no term of a query", hint)


def answering(
    call: Call, log: Log, words: Sequence[str], events: Iterable[Mapping[str, Any]]
) -> set[int]:
    """Give the numbers of those events that answer, retracted ones too. Raises what a query raises."""
    index = bare(call.index(log, log.words))
    asked = query.parse(list(words), lexicon.of(index), call.today)
    for number, event in enumerate(events):
        put.put_line(index, row_of(event), str(number))
    return {int(row.text) for row in select.rows(index, asked, retracted=True, as_put=True)}
