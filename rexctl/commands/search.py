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
    if query_options.sort:
        raise UsageError("--sort: search sorts by rank", "rexctl list WORDS sorts by fields")
    snapshot = context.snapshot(query_options.at)
    answer = Answer(context, query_options, snapshot, ranked=True)
    if not answer.words:
        raise UsageError("missing WORDS", "rexctl list takes a query alone")
    answer.write()
    return 6 if context.report_unparsed(snapshot) and not query_options.lenient else 0
