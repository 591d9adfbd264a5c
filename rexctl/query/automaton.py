"""A machine that reads a text once, sign by sign, and tells whether a pattern is found in it.

It holds every way a pattern may still be fulfilled at once, so it never goes back: the time is
that of the text's length, whatever the pattern. Letters match in any case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

LARGEST = 1000  # states of one machine
_MOST_KEPT = 20_000  # steps remembered before all are forgotten


class Signs(NamedTuple):
    """A set of characters: ranges, classes out of `dswDSW`, or all but these."""

    ranges: tuple[tuple[str, str], ...] = ()
    classes: str = ""
    negated: bool = False

    def has(self, sign: str) -> bool:
        """Tell whether a character, in either case, is in the set."""
        cases = {sign, sign.lower(), sign.upper()}
        inside = any(low <= one <= high for one in cases for low, high in self.ranges)
        return (inside or any(_in_class(sign, name) for name in self.classes)) != self.negated


def is_word(sign: str) -> bool:
    """Tell whether a character is one of words: a letter, a digit or an underscore."""
    return sign.isalnum() or sign == "_"


def _in_class(sign: str, name: str) -> bool:
    lower = name.lower()
    found = sign.isdecimal() if lower == "d" else sign.isspace() if lower == "s" else is_word(sign)
    return found == (name == lower)


# What an edge asks: a sign, one of the places `^ $ b B`, or nothing.
Label = Signs | str | None
# Builds a part of the machine after a state and gives the state it ends in.
Emit = Callable[["Machine", int], int]
START, BOUNDARY, INSIDE, END = "^", "b", "B", "$"


class Place(dict[str, "Place"]):
    """Where the machine stands after some signs; its items are the places that follow.

    `states` are those that the last sign led to; `before` says what that sign was: `w` of a
    word, `o` other, empty at the beginning of the text.
    """

    __slots__ = ("before", "machine", "states")

    def __init__(self, machine: Machine, states: frozenset[int], before: str) -> None:
        super().__init__()
        self.machine, self.states, self.before = machine, states, before

    def __missing__(self, sign: str) -> Place:
        following = self.machine.step(self, sign)
        self[sign] = following
        return following


class Machine:
    """States joined by edges; the first is 0. Built by `state` and `edge`, then asked."""

    def __init__(self) -> None:
        self.edges: list[list[tuple[Label, int]]] = [[]]
        self.final = 0
        self._places: dict[tuple[frozenset[int], str], Place] = {}
        self._kept = 0

    def state(self) -> int:
        """Add a state. Raises OverflowError where the machine grows too large."""
        if len(self.edges) >= LARGEST:
            raise OverflowError
        self.edges.append([])
        return len(self.edges) - 1

    def edge(self, start: int, label: Label, end: int) -> None:
        """Let one state follow another where the label is fulfilled."""
        self.edges[start].append((label, end))

    def found_in(self, text: str) -> bool:
        """Tell whether the pattern is found somewhere in the text."""
        place = self._place(frozenset(), "")
        for sign in text:
            place = place[sign]
        return self.final in place.states or self.final in self._reached(place, "")

    def step(self, place: Place, sign: str) -> Place:
        """Give the place after one more sign."""
        after = "w" if is_word(sign) else "o"
        reached = self._reached(place, after)
        if self.final in reached or self.final in place.states:
            return self._place(frozenset((self.final,)), "")
        cases = [end for state in reached for label, end in self.edges[state]
                 if isinstance(label, Signs) and label.has(sign)]  # fmt: skip
        return self._place(frozenset(cases), after)

    def _reached(self, place: Place, after: str) -> set[int]:
        """Give all states that hold between the sign before and the one after, empty at the end."""
        holds = {None, BOUNDARY if (place.before == "w") != (after == "w") else INSIDE}
        holds |= {START} if not place.before else set()
        holds |= {END} if not after else set()
        reached: set[int] = set()
        ahead = [0, *place.states]  # 0: the pattern may begin anywhere
        while ahead:
            state = ahead.pop()
            if state not in reached:
                reached.add(state)
                ahead += [end for label, end in self.edges[state]
                          if not isinstance(label, Signs) and label in holds]  # fmt: skip
        return reached

    def _place(self, states: frozenset[int], before: str) -> Place:
        self._kept += 1
        if self._kept > _MOST_KEPT:
            for known in self._places.values():
                known.clear()
            self._places.clear()
            self._kept = 0
        key = (states, before)
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = Place(self, states, before)
        return found


def fresh(machine: Machine, start: int) -> int:
    """Add a state that follows for nothing."""
    end = machine.state()
    machine.edge(start, None, end)
    return end


def one(label: Signs | str) -> Emit:
    """Give the part that wants one sign, or one of the places `^ $ b B`."""

    def emit(machine: Machine, start: int) -> int:
        end = machine.state()
        machine.edge(start, label, end)
        return end

    return emit


def all_of(parts: list[Emit]) -> Emit:
    """Give the part that wants all of these in a row."""

    def emit(machine: Machine, start: int) -> int:
        for part in parts:
            start = part(machine, start)
        return start

    return emit


def one_of(parts: list[Emit]) -> Emit:
    """Give the part that wants one of these."""

    def emit(machine: Machine, start: int) -> int:
        ends = [part(machine, fresh(machine, start)) for part in parts]
        end = machine.state()
        for last in ends:
            machine.edge(last, None, end)
        return end

    return emit


def repeated(part: Emit, low: int, high: int | None) -> Emit:
    """Give the part that wants another so many times; without an end where `high` is None."""

    def emit(machine: Machine, start: int) -> int:
        for _ in range(low):
            start = part(machine, start)
        end = machine.state()
        if high is None:
            begin = fresh(machine, start)
            machine.edge(part(machine, begin), None, begin)
            machine.edge(begin, None, end)
            return end
        for _ in range(high - low):
            machine.edge(start, None, end)
            start = part(machine, fresh(machine, start))
        machine.edge(start, None, end)
        return end

    return emit
