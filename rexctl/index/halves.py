"""One piece of work done in two processes at once, where the machine has two processors."""

from __future__ import annotations

import marshal
import os
from typing import Any

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def in_halves(
    work: Callable[[Sequence[Any]], list[Any]], items: Sequence[Any], weigh: Callable[[Any], int]
) -> list[Any]:
    """Give what `work` finds of all items, in their order; what it gives must be plain values.

    The other process is a bare copy of this one and ends as soon as it has told what it found;
    where there can be none, or where it fails, its share is done here.
    """
    mine, others = _shared(items, weigh)
    told = _begun(work, others) if others and _two() else None
    found = work(mine)
    rest = _heard(told) if told else None
    return found + (work(others) if rest is None else rest)


def _two() -> bool:
    if not hasattr(os, "fork"):
        return False
    count = (
        os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    )
    return len(count) > 1


def _shared(
    items: Sequence[Any], weigh: Callable[[Any], int]
) -> tuple[Sequence[Any], Sequence[Any]]:
    """Part the items where both sides weigh most alike."""
    whole, so_far = sum(map(weigh, items)), 0
    for number, item in enumerate(items):
        weight = weigh(item)
        if 2 * so_far + weight >= whole:
            # The item in the middle goes where it makes less of a difference.
            cut = number + (2 * so_far + 2 * weight - whole <= whole - 2 * so_far)
            return items[:cut], items[cut:]
        so_far += weight
    return items, items[:0]


def _begun(
    work: Callable[[Sequence[Any]], list[Any]], items: Sequence[Any]
) -> tuple[int, int] | None:
    try:
        reading, writing = os.pipe()
        child = os.fork()
    except OSError:
        return None
    if child:
        os.close(writing)
        return child, reading
    try:
        os.close(reading)
        told = marshal.dumps(work(items))
        with open(writing, "wb", closefd=True) as out:
            out.write(len(told).to_bytes(8, "big") + told)
    finally:
        os._exit(0)  # nothing that this process has open or buffered is the copy's to close


def _heard(told: tuple[int, int]) -> list[Any] | None:
    """Give what the other process found; None where it did not come to tell it all."""
    child, reading = told
    try:
        with open(reading, "rb") as pipe:
            data = pipe.read()
    finally:
        os.waitpid(child, 0)
    if len(data) < 8 or len(data) - 8 != int.from_bytes(data[:8], "big"):
        return None
    found: list[Any] = marshal.loads(data[8:])  # noqa: S302 - our own copy wrote it
    return found
