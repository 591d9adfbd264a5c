"""Tags and episodes stand in the log's vocabulary, so that one word is not spelled two ways.

PASS:
- {id: 2025-10-09-cn-control, tags: [rare-earths]}

FAIL:
- {id: 2025-10-09-cn-control, tags: [rare-erths]}
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rexctl.checks.rule import Case, Told
from rexctl.records import WARNING
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "tags-are-known"


def check(case: Case) -> Iterator[Told]:
    """Tell each new tag or episode."""
    tags, episodes = case.vocabulary.tags, case.vocabulary.episodes
    meant = cache(did_you_mean)  # a new word may stand in every event
    tag_names, episode_names = tuple(tags), tuple(episodes)
    for name, event in case.events.items():
        for number, tag in enumerate(event.get("tags", ())):
            if tag not in tags:
                yield Told(name, f"{tag}: a new tag", ("tags", number),
                           meant(tag, tag_names) or "add it to vocabulary/tags.yaml",
                           level=WARNING)  # fmt: skip
        episode = event.get("episode")
        if episode and episode not in episodes:
            yield Told(name, f"{episode}: a new episode", ("episode",),
                       meant(episode, episode_names) or "add it to vocabulary/episodes.yaml",
                       level=WARNING)  # fmt: skip
