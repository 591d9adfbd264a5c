"""A link names an event that is not in the log.

A link takes the id of an event, or a former id that is among the `aliases` of one. The file of the
target may have errors of its own: they are reported there, and not at each link to it.

FAIL:
- id: 2025-11-07-cn-suspension
  links:
    - {rel: suspends, to: 2025-10-09-cn-controll}

PASS:
- id: 2025-10-09-cn-control
- id: 2025-11-07-cn-suspension
  links:
    - {rel: suspends, to: 2025-10-09-cn-control}
"""

from bisect import bisect
from collections.abc import Callable, Iterable
from functools import cache

from rexctl.checks.context import Findings, RuleContext
from rexctl.values.suggest import did_you_mean

_NEIGHBOURS, _CANDIDATES = 250, 8


def check(context: RuleContext) -> Findings:
    """Yield a finding for each link whose target is not there, also in files with other faults."""
    known = context.events.keys() | context.unparsed
    missing = [link for link in (*context.links, *context.invalid_links) if link.to not in known]
    suggest = _suggester(context.events) if missing else str
    for link in missing:
        yield link.finding(f"{link.to}: no such event in the log", "to", suggest(link.to))


def _suggester(ids: Iterable[str]) -> Callable[[str], str]:
    """Return a function that suggests an id for a mistyped one, cached.

    A mistake is in the day or in what follows it, so the neighbours in two sorted lists hold the
    id that is meant: no need to compare with 100,000.
    """
    from rapidfuzz import fuzz, process

    by_day = sorted(ids)
    by_slug = sorted(by_day, key=_slug)

    @cache
    def suggest(text: str) -> str:
        positions = (bisect(by_day, text), bisect(by_slug, _slug(text), key=_slug))
        near = {name for names, at in zip((by_day, by_slug), positions, strict=True)
                for name in names[max(at - _NEIGHBOURS, 0) : at + _NEIGHBOURS]}  # fmt: skip
        best = process.extract(text, sorted(near), scorer=fuzz.ratio, limit=_CANDIDATES)
        return did_you_mean(text, [name for name, *_ in best])

    return suggest


def _slug(name: str) -> str:
    return name.lstrip("0123456789-")
