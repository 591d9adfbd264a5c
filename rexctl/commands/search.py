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

from collections.abc import Iterator

from rexctl.cli.context import Context
from rexctl.cli.query_options import Answer, QueryOptions
from rexctl.errors import UsageError
from rexctl.query import Query


def run(context: Context, query_options: QueryOptions) -> int:
    """Search and write the matches."""
    if query_options.sort:
        raise UsageError("--sort: search sorts by rank", "rexctl list WORDS sorts by fields")
    if query_options.reverse:
        raise UsageError("-r: search sorts by rank", "rexctl list WORDS -r is the latest first")
    answer = Answer(context, query_options, context.snapshot(query_options.at), ranked=True)
    if not answer.query.words:
        raise UsageError(
            "missing WORDS: what to search for", "a query without words goes to rexctl list"
        )
    return answer.finish(lambda: _explain_nothing(answer))


def _explain_nothing(answer: Answer) -> Iterator[str]:
    """Yield, where nothing matches, which words the texts have, and words spelled like the others."""
    if answer.options.explain or answer.count():
        return
    snapshot = answer.snapshot
    counts = {word: snapshot.count(Query(words=(word,))) for word in answer.query.words}
    for word in [word for word, count in counts.items() if not count]:
        near = ", ".join(f"{one} ({_events(count)})" for one, count in snapshot.near_words(word))
        yield f"{word}: no text has this word" + (f"; near: {near}" if near else "")
    if all(counts.values()):
        each = ", ".join(f"{word} ({_events(count)})" for word, count in counts.items())
        yield f"no event matches all of the query: {each}"


def _events(count: int) -> str:
    return f"{count} event{'' if count == 1 else 's'}"
