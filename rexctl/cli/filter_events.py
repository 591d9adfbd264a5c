"""Which of some events match a query, by the codes of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rexctl.cli.context import Context


def matching(
    context: Context, words: Sequence[str], events: Iterable[Mapping[str, Any]]
) -> set[int]:
    """Return the numbers of the events that match, retracted ones too. Raises UsageError."""
    snapshot = Snapshot.of_lines(context.snapshot())
    query = snapshot.parse_query(words, context.today)
    snapshot.load_lines((str(number), event) for number, event in enumerate(events))
    return {int(row.text) for row in snapshot.select(query, retracted=True, as_read=True)}
