"""Which items of a list are still there in the list that it becomes, found in one pass over both.

difflib, which looks for the longest stretch that both share, again and again, took four seconds
where every second of nine thousand tags went.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Pair = tuple[int, int]


class Stretch(NamedTuple):
    """Items `i` up to `last` of the old list, for which `j` up to `stop` of the new one stand."""

    i: int
    last: int
    j: int
    stop: int


def stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    """Give both lists in order: each item that is kept, and what differs between two of those."""
    i = j = 0
    for at, there in kept(old, new):
        if (at, there) != (i, j):
            yield Stretch(i, at, j, there)
        yield Stretch(at, at + 1, there, there + 1)
        i, j = at + 1, there + 1
    if i < len(old) or j < len(new):
        yield Stretch(i, len(old), j, len(new))


def kept(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Give the items that stand in both lists in the same order, each by its number in both."""
    most = min(len(old), len(new))
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    # The second of two equal items is taken for the second there: so each has one place at most.
    places = {key: head + n for n, key in enumerate(_numbered(old[head : len(old) - tail]))}
    found = [
        (places[key], head + n)
        for n, key in enumerate(_numbered(new[head : len(new) - tail]))
        if key in places
    ]
    first = [(n, n) for n in range(head)]
    last = [(len(old) - n, len(new) - n) for n in range(tail, 0, -1)]
    return [*first, *_rising(found), *last]


def _numbered(items: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Give each item with how many of its like stand before it."""
    seen: dict[str, int] = {}
    for item in items:
        before = seen.get(item, 0)
        seen[item] = before + 1
        yield item, before


def _rising(found: Sequence[Pair]) -> list[Pair]:
    """Give the most of these pairs, in order of their second number, whose first one rises too."""
    tops: list[int] = []  # by length: the lowest number that a rising run of it ends with ...
    ends: list[int] = []  # ... and the pair that has it
    before: list[int] = []
    for n, (at, _) in enumerate(found):
        length = bisect_left(tops, at)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1], ends[length : length + 1] = [at], [n]
    run: list[Pair] = []
    n = ends[-1] if ends else -1
    while n >= 0:
        run.append(found[n])
        n = before[n]
    return run[::-1]
