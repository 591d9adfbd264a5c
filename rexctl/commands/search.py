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

from typing import TYPE_CHECKING

from rexctl.cli.query_options import Answer
from rexctl.errors import UsageError
from rexctl.query import Query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rexctl.cli.context import Context
    from rexctl.cli.query_options import QueryOptions
    from rexctl.snapshot.snapshot import Snapshot


def run(context: Context, query_options: QueryOptions) -> int:
    """Search and write the matches."""
    if query_options.sort:
        raise UsageError("--sort: search sorts by rank", "rexctl list WORDS sorts by fields")
    if query_options.reverse:
        raise UsageError("-r: search sorts by rank", "rexctl list WORDS -r is the latest first")
    snapshot = context.snapshot(query_options.at)
    answer = Answer(context, query_options, snapshot, ranked=True)
    if not answer.words:
        raise UsageError("missing WORDS", "rexctl list takes a query alone")
    unparsed = 0
    with context.paged(no_pager=query_options.no_pager):
        answer.write()
        if not query_options.explain and not answer.count():
            for line in _explain_nothing(snapshot, answer.words):
                context.note(line)
        unparsed = context.report_unparsed(snapshot)
    return 6 if unparsed and not query_options.lenient else 0


def _explain_nothing(snapshot: Snapshot, words: Sequence[str]) -> Iterator[str]:
    """Yield which words the texts have, and words that are spelled like those that they lack."""
    counts = {word: sum(1 for _ in snapshot.search([word], Query())) for word in words}
    for word in [word for word in words if not counts[word]]:
        near = ", ".join(f"{one} ({_events(count)})" for one, count in snapshot.near_words(word))
        yield f"{word}: no text has this word" + (f"; near: {near}" if near else "")
    if all(counts.values()):
        each = ", ".join(f"{word} ({_events(count)})" for word, count in counts.items())
        yield f"no event matches all of the query: {each}"


def _events(count: int) -> str:
    return f"{count} event{'' if count == 1 else 's'}"
