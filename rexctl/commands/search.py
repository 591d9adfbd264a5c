"""Search the texts of events: ranked, with the words shown where they stand.

Words are found whatever their case and accents; all must be there. `expor*` finds what begins so,
and words in quotes stand side by side. What has a colon in it is a term of the query, as in list.

Examples:
  rexctl search "rare earths" licence
  rexctl search 稀土 type:export-control -n 5
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rexctl.cli.answer import Answer
from rexctl.cli.query_options import Asked
from rexctl.cli.reading import Reading
from rexctl.errors import UsageError
from rexctl.index import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.cli.context import Call
    from rexctl.records import Row


class Search(Answer):
    """The answer to words of full text."""

    words: list[str]

    def rows(self) -> Iterator[Row]:
        """Give the events that hold the words, the best first."""
        return found.rows(self.index, self.words, self.query, limit=self.asked.limit,
                          offset=self.asked.offset, retracted=self.retracted)  # fmt: skip

    def count(self) -> int:
        """Give how many events hold the words."""
        return found.count(self.index, self.words, self.query, retracted=self.retracted)

    def columns(self) -> tuple[str, ...]:
        """Give the columns: what was found, and where in it."""
        return ("id", "title", found.MATCH)


def run(call: Call, asked: Asked) -> Any:
    """Ask full text, and show what it says."""
    words = [word for word in asked.words or () if ":" not in word and word[:1] != "@"]
    if not words:
        raise UsageError("missing WORDS", "rexctl list takes a query alone")
    if asked.sort:
        raise UsageError("--sort: search ranks what it finds", "rexctl list WORDS sorts")
    asked.words = [word for word in asked.words or () if word not in words]
    reading = Reading(call, asked.at)
    answer = Search(call, asked, reading.index, reading.query)
    answer.words = words
    code = answer.given(reading.proved)
    bad = reading.bad()
    return 6 if bad and not asked.lenient and not code else code
