"""Two changed versions of a text and the one they come from, merged line by line."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Lines = Sequence[str]


_LARGE = 4_000_000


class Overlap(NamedTuple):
    """Lines that both sides changed, and not alike."""

    ours: Lines
    base: Lines
    theirs: Lines


class _Edit(NamedTuple):
    start: int
    end: int
    lines: Lines


def merged(base: Lines, ours: Lines, theirs: Lines) -> list[str] | None:
    """Give the lines with the changes of both sides; None where these are about the same lines."""
    found: list[str] = []
    for part in parts(base, ours, theirs):
        if isinstance(part, Overlap):
            return None
        found += part
    return found


def parts(base: Lines, ours: Lines, theirs: Lines) -> Iterator[Lines | Overlap]:
    """Give the merged text part by part, in its order."""
    left, right = list(_edits(base, ours)), list(_edits(base, theirs))
    at = 0
    while left or right:
        mine, yours = _next_group(left, right)
        start = min(edit.start for edit in (*mine, *yours))
        end = max(edit.end for edit in (*mine, *yours))
        yield base[at:start]
        one, other = _applied(base, start, end, mine), _applied(base, start, end, yours)
        if not yours or one == other:
            yield one
        elif not mine:
            yield other
        else:
            yield Overlap(one, base[start:end], other)
        at = end
    yield base[at:]


def differing(ours: Lines, base: Lines, theirs: Lines) -> Iterator[Lines | Overlap]:
    """Give the lines that all three share, and between them whatever differs, resolved by nobody."""
    to_base, to_theirs = _pairs(ours, base), _pairs(ours, theirs)
    i = j = k = 0
    for n in (*sorted(to_base.keys() & to_theirs.keys()), len(ours)):
        to_j, to_k = to_base.get(n, len(base)), to_theirs.get(n, len(theirs))
        if (n, to_j, to_k) != (i, j, k):
            yield Overlap(ours[i:n], base[j:to_j], theirs[k:to_k])
        yield ours[n : n + 1]
        i, j, k = n + 1, to_j + 1, to_k + 1


def _edits(base: Lines, side: Lines) -> Iterator[_Edit]:
    """Give what a side changed: stretches of the base, and the lines in their place."""
    # What both begin and end with is set aside: difflib is slow on long texts that are much alike.
    head = 0
    while head < min(len(base), len(side)) and base[head] == side[head]:
        head += 1
    tail = 0
    while tail < min(len(base), len(side)) - head and base[-1 - tail] == side[-1 - tail]:
        tail += 1
    old, new = base[head : len(base) - tail], side[head : len(side) - tail]
    # One line ten thousand times on both sides took ten seconds: lines seen all over are no help there.
    large = len(old) * len(new) > _LARGE
    for tag, i, last, j, stop in SequenceMatcher(None, old, new, autojunk=large).get_opcodes():
        if tag != "equal":
            yield _Edit(head + i, head + last, new[j:stop])


def _pairs(one: Lines, other: Lines) -> dict[int, int]:
    """Give the lines of one that are unchanged in the other, each with its number there."""
    found: dict[int, int] = {}
    at = there = 0
    for edit in (*_edits(one, other), _Edit(len(one), len(one), ())):
        same = edit.start - at
        found.update(zip(range(at, edit.start), range(there, there + same), strict=True))
        at, there = edit.end, there + same + len(edit.lines)
    return found


def _next_group(left: list[_Edit], right: list[_Edit]) -> tuple[list[_Edit], list[_Edit]]:
    """Take the next edits off both lists: one alone, or all that touch one another."""
    ours: list[_Edit] = []
    theirs: list[_Edit] = []
    if not right or (left and left[0][:2] <= right[0][:2]):
        ours.append(left.pop(0))
    else:
        theirs.append(right.pop(0))
    before = 0
    while before != len(ours) + len(theirs):
        before = len(ours) + len(theirs)
        while left and any(_touch(left[0], edit) for edit in theirs):
            ours.append(left.pop(0))
        while right and any(_touch(right[0], edit) for edit in ours):
            theirs.append(right.pop(0))
    return ours, theirs


def _touch(one: _Edit, other: _Edit) -> bool:
    """Tell whether two edits are about the same lines; what is put in at an edge of another is."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _applied(base: Lines, start: int, end: int, edits: Sequence[_Edit]) -> list[str]:
    found: list[str] = []
    at = start
    for edit in edits:
        found += [*base[at : edit.start], *edit.lines]
        at = edit.end
    return [*found, *base[at:end]]
