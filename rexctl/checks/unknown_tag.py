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

from rexctl.checks.context import RuleContext
from rexctl.records import WARNING, Finding
from rexctl.values.suggest import did_you_mean

ID = "unknown-tag"


def check(context: RuleContext) -> Iterator[Finding]:
    """Yield a finding for each unknown tag and episode."""
    tags, episodes = tuple(context.vocabulary.tags), tuple(context.vocabulary.episodes)
    suggest = cache(did_you_mean)  # the same new word may be in every event
    for name, event in context.having(ID).items():
        for index, tag in enumerate(event.get("tags", ())):
            if tag not in context.vocabulary.tags:
                hint = (
                    suggest(tag, tags)
                    or f'to add it: rexctl codes add {tag} "What it means" --kind tag'
                )
                yield Finding(ID, f"{tag}: no such tag in the vocabulary", event=name,
                              loc=("tags", index), hint=hint, level=WARNING)  # fmt: skip
        episode = event.get("episode")
        if episode and episode not in context.vocabulary.episodes:
            hint = (
                suggest(episode, episodes)
                or f'to add it: rexctl codes add {episode} "What it means" --kind episode'
            )
            yield Finding(ID, f"{episode}: no such episode in the vocabulary", event=name,
                          loc=("episode",), hint=hint, level=WARNING)  # fmt: skip
