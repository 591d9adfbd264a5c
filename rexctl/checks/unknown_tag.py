"""A tag or an episode is not in the vocabulary of the log.

A misspelt tag would split what belongs together. Correct it, or add the new word with its meaning
to `vocabulary/tags.yaml` or `vocabulary/episodes.yaml`.

FAIL:
- {id: 2025-10-09-cn-control, tags: [rare-erths]}

PASS:
- {id: 2025-10-09-cn-control, tags: [rare-earths]}
"""

from functools import cache

from rexctl.checks.context import Findings, Loc, RuleContext, finding_in
from rexctl.values.suggest import did_you_mean


def check(context: RuleContext) -> Findings:
    """Yield a finding for each unknown tag and episode."""
    meanings = {"tag": context.vocabulary.tags, "episode": context.vocabulary.episodes}
    suggest = cache(
        lambda kind, word: did_you_mean(word, meanings[kind])
    )  # a word may be in every event
    for name, event in context.having("unknown-tag").items():
        words: list[tuple[str, str, Loc]] = [
            ("tag", tag, ("tags", n)) for n, tag in enumerate(event.get("tags", ()))
        ]
        if "episode" in event:
            words.append(("episode", event["episode"], ("episode",)))
        for kind, word, loc in words:
            if word not in meanings[kind]:
                add = f'to add it: rexctl codes add {word} "What it means" --kind {kind}'
                message = f"{word}: no such {kind} in the vocabulary"
                yield finding_in(name, loc, message, suggest(kind, word) or add)
