"""Which of some events at hand answer a query: the same engine, in memory, with the codes of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl import query
from rexctl.cache.row import row_of
from rexctl.index import lexicon, put, select
from rexctl.index.bare import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rexctl.cli.context import Context
    from rexctl.store.log import Log


def answering(
    context: Context, log: Log, words: Sequence[str], events: Iterable[Mapping[str, Any]]
) -> set[int]:
    """Give the numbers of those events that answer, retracted ones too. Raises what a query raises."""
    index = bare(context.index(log, log.words))
    asked = query.parse(list(words), lexicon.of(index), context.today)
    for number, event in enumerate(events):
        put.put_line(index, row_of(event), str(number))
    return {int(row.text) for row in select.rows(index, asked, retracted=True, as_put=True)}
