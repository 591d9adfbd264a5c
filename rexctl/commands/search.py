"""Search the text of events; the best match comes first, with the matching words.

Words are matched regardless of case and accents, and an event must have all of them. `expor*`
matches words that begin so, and quoted words match side by side. A word with a colon is a term of
the query, as in list.

Examples:
  rexctl search "rare earths" licence
  rexctl search 稀土 type:export-control -n 5
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.cli.query_options import Answer
from rexctl.errors import UsageError

if TYPE_CHECKING:
    from rexctl.cli.context import Context
    from rexctl.cli.query_options import QueryOptions


def run(context: Context, query_options: QueryOptions) -> int:
    """Search and write the matches."""
    every = query_options.words or []
    words = [word for word in every if ":" not in word and word[:1] != "@"]
    if not words:
        raise UsageError("missing WORDS", "rexctl list takes a query alone")
    if query_options.sort:
        raise UsageError("--sort: search sorts by rank", "rexctl list WORDS sorts by fields")
    if query_options.reverse:
        raise UsageError("-r: search sorts by rank", "rexctl list WORDS -r is the latest first")
    query_options.words = [word for word in every if word not in words]
    snapshot = context.snapshot(query_options.at)
    answer = Answer(context, query_options, snapshot, words)
    unparsed = 0
    with context.paged(no_pager=query_options.no_pager):
        answer.write()
        unparsed = context.report_unparsed(snapshot)
    return 6 if unparsed and not query_options.lenient else 0
