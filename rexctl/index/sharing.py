"""Values told once: a process that reads says each in full when it comes first, then by number.

Events have most of their values in common, and one who is told a number need neither take a value
apart nor look it up. Each process counts its own, so that a lost one leaves nothing half told.
"""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING, Any

from rexctl.index.packing import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rexctl.index.leaves import Leaves
    from rexctl.index.packing import Event

_MOST_TOLD = 400_000  # values that a process remembers


class Telling:
    """What one process has told."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Any, ...], int] = {}

    def told(self, files: Sequence[Event]) -> list[Event]:
        """Give packed files with numbers in place of values, after what these numbers are."""
        if len(self._numbers) > _MOST_TOLD:
            self._numbers.clear()
        numbers, first = self._numbers, len(self._numbers)
        found: list[Event] = []
        for file in files:
            if len(file) == 1 or file[3] is None:
                found.append(file)
                continue
            path, digest, said, (*event, values) = file
            numbered = [numbers.setdefault(value, len(numbers)) for value in values]
            found.append((path, digest, said, (*event, numbered)))
        new = [plain(value) for value in islice(reversed(numbers), len(numbers) - first)]
        return [("", os.getpid(), first, new[::-1]), *found]


class Hearing:
    """What the processes have told so far, as the leaves that their numbers stand for."""

    def __init__(self, leaves: Leaves) -> None:
        self._leaves = leaves
        self._heard: dict[int, list[int]] = {}

    def files(self, answers: Iterable[Event]) -> Iterator[Event]:
        """Give files as `put.take` wants them."""
        known: list[int] = []
        for file in answers:
            if not file[0]:
                known = self._learnt(*file[1:])
            elif len(file) == 1 or file[3] is None:
                yield file
            else:
                path, digest, said, (*event, numbers) = file
                yield path, digest, said, (*event, [known[number] for number in numbers])

    def _learnt(self, process: int, first: int, values: Iterable[tuple[Any, ...]]) -> list[int]:
        known = self._heard.setdefault(process, [])
        del known[first:]  # one that forgot begins anew
        known.extend(map(self._leaves.number, values))
        return known
