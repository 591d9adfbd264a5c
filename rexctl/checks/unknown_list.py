"""A sanctions list is not in the vocabulary.

A list is the country, a slash and the name of the list in small letters: `us/entity-list`. One that
is not in the vocabulary yet is a warning: add it to `vocabulary/lists.yaml`.

FAIL:
- {id: 2025-10-10-us-listing, type: sanction, list: us/entitty-list}

PASS:
- {id: 2025-10-10-us-listing, type: sanction, list: us/entity-list}
"""

from functools import cache

from rexctl.checks.context import Findings, RuleContext, finding_in
from rexctl.values.suggest import did_you_mean


def check(context: RuleContext) -> Findings:
    """Yield a finding for each list that the vocabulary lacks."""
    lists = context.vocabulary.lists
    suggest = cache(lambda code: did_you_mean(code, lists))  # a new list may be in every event
    for name, event in context.having("unknown-list").items():
        if (code := event["list"]) not in lists:
            add = f'to add it: rexctl codes add {code} "Its name" --kind list'
            message = f"{code}: no such list in the vocabulary"
            yield finding_in(name, ("list",), message, suggest(code) or add)
