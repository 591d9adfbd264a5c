"""A tag or an episode is not in the vocabulary of the log.

A misspelt tag would split what belongs together. Correct it, or add the new word with its meaning
to `vocabulary/tags.yaml` or `vocabulary/episodes.yaml`.

FAIL:
- {id: 2025-10-09-cn-control, tags: [rare-erths]}

PASS:
- {id: 2025-10-09-cn-control, tags: [rare-earths]}
"""

from collections.abc import Iterator
from functools import cache

from rexctl.checks.context import Loc, RuleContext
from rexctl.records import WARNING, Finding
from rexctl.values.suggest import did_you_mean

ID = "unknown-tag"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each unknown tag and episode."""
    known = {"tag": context.vocabulary.tags, "episode": context.vocabulary.episodes}
    suggest = cache(
        lambda kind, word: did_you_mean(word, known[kind])
    )  # a word may be in every event
    for name, event in context.having(ID).items():
        words: list[tuple[str, str, Loc]] = [
            ("tag", tag, ("tags", n)) for n, tag in enumerate(event.get("tags", ()))
        ]
        if "episode" in event:
            words.append(("episode", event["episode"], ("episode",)))
        for kind, word, loc in words:
            if word not in known[kind]:
                add = f'to add it: rexctl codes add {word} "What it means" --kind {kind}'
                yield Finding(ID, f"{word}: no such {kind} in the vocabulary", event=name, loc=loc,
                              hint=suggest(kind, word) or add, level=WARNING)  # fmt: skip
