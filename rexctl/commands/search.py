"""Search the text of events; the best match comes first, with the matching words.

Words are matched regardless of case, accents and endings, in British and American spelling, and an
event must have all of them: `licences` finds `license`. `expor*` matches words that begin so, and
quoted words match side by side. Texts are searched, not ids, codes or addresses. A word with a colon
is a term of the query, as in list.

Examples:
  rexctl search "rare earths" licence
  rexctl search 稀土 type:export-control -n 5
"""

from __future__ import annotations

from rexctl.cli.context import Context
from rexctl.cli.query_options import Answer, QueryOptions
from rexctl.errors import UsageError


def run(context: Context, *, query_options: QueryOptions = QueryOptions()) -> int:
    """Search and write the matches."""
    if query_options.sort:
        raise UsageError("--sort: search sorts by rank", "rexctl list WORDS sorts by fields")
    if query_options.reverse:
        raise UsageError("-r: search sorts by rank", "rexctl list WORDS -r is the latest first")
    answer = Answer(context, query_options, context.snapshot(query_options.at), ranked=True)
    if not answer.query.words:
        hint = "a query without words goes to rexctl list"
        raise UsageError("missing WORDS: what to search for", hint)
    return answer.finish()
