"""Every link leads to an event of the log.

A link names the id of another event, or a former id that stands in its `aliases`.
An event whose file has errors is not there until they are mended.

PASS:
- id: 2025-10-09-cn-control
- id: 2025-11-07-cn-suspension
  links:
    - {rel: suspends, to: 2025-10-09-cn-control}

FAIL:
- id: 2025-11-07-cn-suspension
  links:
    - {rel: suspends, to: 2025-10-09-cn-controll}
"""

from __future__ import annotations

from bisect import bisect
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from rexctl.checks.rule import Case, Told
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ID = "links-resolve"
_AROUND, _FEW = 250, 8


def check(case: Case) -> Iterator[Told]:
    """Tell each link to nothing."""
    shelf: _Shelf | None = None

    @cache
    def meant(name: str) -> str:
        nonlocal shelf
        shelf = shelf or _Shelf(case.events)
        return did_you_mean(name, shelf.near(name))

    for link in case.links:
        if link.to in case.events:
            continue
        if link.to in case.bad:
            yield Told(link.event, f"{link.to}: is in the log, and its file has errors",
                       link.at("to"), "mend that file first")  # fmt: skip
        else:
            yield Told(link.event, f"{link.to}: no such event in the log", link.at("to"),
                       meant(link.to))  # fmt: skip


class _Shelf:
    """The ids by day and by what follows the day: a slip of the finger leaves one of the two."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_day = sorted(names)
        self._by_slug = sorted(self._by_day, key=_slug)

    def near(self, name: str) -> list[str]:
        """Give the few ids most like this one, however many there are."""
        day = bisect(self._by_day, name)
        slug = bisect(self._by_slug, _slug(name), key=_slug)
        around = {name for shelf, at in ((self._by_day, day), (self._by_slug, slug))
                  for name in shelf[max(at - _AROUND, 0) : at + _AROUND]}  # fmt: skip
        ratio = import_module("rapidfuzz.fuzz").ratio
        extract = import_module("rapidfuzz.process").extract
        return [found for found, *_ in extract(name, sorted(around), scorer=ratio, limit=_FEW)]


def _slug(name: str) -> str:
    return name.lstrip("0123456789-")
