"""One piece of work done in two processes at once, where the machine has two processors."""

from __future__ import annotations

import marshal
import os
from typing import Any

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Work = Callable[[Sequence[Any]], list[Any]]

_MOST = 255  # shares of the work: each has a number of one byte


def in_halves(
    work: Work, items: Sequence[Any], weigh: Callable[[Any], int],
    meanwhile: Callable[[], None] | None = None,
) -> list[Any]:  # fmt: skip
    """Give what `work` finds of all items, in their order; what it gives must be plain values.

    The other process is a bare copy of this one and ends as soon as it has told what it found;
    where there can be none, or where it fails, its share is done here. Each takes the next share
    when it has done one, so that this one may do something else `meanwhile`, before its first.
    """
    shares = _shared(items, weigh)
    rest = _begun(work, shares) if (shares[1:] or meanwhile) and _two() else None
    if rest is None:
        return work(items)
    queue, child, reading = rest
    try:
        if meanwhile:
            meanwhile()
        found = _done(work, shares, queue)
    finally:
        os.close(queue)
        told = _heard(child, reading)
    found |= told or {}
    return [one for number, share in enumerate(shares)
            for one in (found[number] if number in found else work(share))]  # fmt: skip


def _two() -> bool:
    if not hasattr(os, "fork"):
        return False
    count = (
        os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    )
    return len(count) > 1


def _shared(items: Sequence[Any], weigh: Callable[[Any], int]) -> list[Sequence[Any]]:
    """Part the items into shares, one each where that is not too many."""
    weights = [max(weigh(item), 1) for item in items]
    least = 2 * sum(weights) // _MOST if len(items) > _MOST else 0
    shares: list[list[Any]] = []
    so_far = least
    for item, weight in zip(items, weights, strict=True):
        if so_far >= least:
            shares.append([])
            so_far = 0
        shares[-1].append(item)
        so_far += weight
    return list(shares)


def _begun(work: Work, shares: Sequence[Sequence[Any]]) -> tuple[int, int, int] | None:
    """Start the other process; gives the queue of shares, the process, and where it tells."""
    ends: list[int] = []
    try:
        ends += os.pipe()
        ends += os.pipe()
        queue, filling, reading, writing = ends
        os.write(filling, bytes(range(len(shares))))
        child = os.fork()
    except OSError:
        for end in ends:
            os.close(end)
        return None
    os.close(filling)
    if child:
        os.close(writing)
        return queue, child, reading
    try:
        os.close(reading)
        told = marshal.dumps(_done(work, shares, queue))
        with open(writing, "wb", closefd=True) as out:
            out.write(len(told).to_bytes(8, "big") + told)
    finally:
        os._exit(0)  # nothing that this process has open or buffered is the copy's to close


def _done(work: Work, shares: Sequence[Sequence[Any]], queue: int) -> dict[int, list[Any]]:
    """Do share after share until none is left that nobody has taken."""
    return {number: work(shares[number]) for number in _taken(queue)}


def _taken(queue: int) -> Iterator[int]:
    while number := os.read(queue, 1):
        yield number[0]


def _heard(child: int, reading: int) -> dict[int, list[Any]] | None:
    """Give what the other process found; None where it did not come to tell it all."""
    try:
        with open(reading, "rb") as pipe:
            data = pipe.read()
    finally:
        os.waitpid(child, 0)
    if len(data) < 8 or len(data) - 8 != int.from_bytes(data[:8], "big"):
        return None
    found: dict[int, list[Any]] = marshal.loads(data[8:])  # noqa: S302 - our own copy wrote it
    return found
