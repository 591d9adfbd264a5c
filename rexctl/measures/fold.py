"""The fold: the state of each measure at an instant, and since when, from the layers over it."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from rexctl.measures.acts import ENDLESS
from rexctl.measures.windows import FIRST, LAST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rexctl.measures.acts import Acts, Key, Layer, Part

REVOKED, SUPERSEDED, EXPIRED, SUSPENDED = "revoked", "superseded", "expired", "suspended"
IN_FORCE, PARTLY, SCHEDULED, NOT_YET = "in-force", "partly-in-force", "scheduled", "not-yet"
NEVER, UNKNOWN = "never-took-effect", "unknown"
STATES = (IN_FORCE, PARTLY, SUSPENDED, SCHEDULED, NEVER, SUPERSEDED, REVOKED, EXPIRED, UNKNOWN,
          NOT_YET)  # fmt: skip
# The state of a measure whose clauses differ and none of which is in force: the first present.
_OF_CLAUSES = STATES[2:]
_LIFTING = ("suspends", "revokes", "replaces")  # over a layer, they keep it from doing anything
# Windows that may be short or long are tried in every combination up to this number of them.
_MOST_CHOICES = 8


class Run(NamedTuple):
    """A state and the instants between which it holds."""

    state: str
    start: int
    end: int


class Answer(NamedTuple):
    """The state of a measure at an instant where every window is as short as it may be.

    `others` are the states that it may have instead, where dates are imprecise.
    """

    state: str
    others: tuple[str, ...]


class Fold:
    """The states of the rows of some acts."""

    def __init__(self, acts: Acts) -> None:
        self.acts = acts
        self._runs: dict[tuple[Key, frozenset[Key]], list[Run]] = {}
        self._sets: dict[Key, list[frozenset[Key]]] = {}
        self._moments: dict[frozenset[Key], Moments] = {}

    def state(self, key: Key, instant: int) -> Answer:
        """Return the state of a row at an instant."""
        states = dict.fromkeys(
            state_at(self.runs(key, long), instant) for long in self._choices(key)
        )
        state, *others = states
        return Answer(state, tuple(others))

    def runs(self, key: Key, long: frozenset[Key] = frozenset()) -> list[Run]:
        """Return the states of a row from the first instant to the last, each with its time.

        `long` are the parts whose window is taken as long as it may be; the others are short.
        """
        if (key, long) not in self._runs:
            self._runs[key, long] = list(self.moments(long).runs(key))
        return self._runs[key, long]

    def moments(self, long: frozenset[Key] = frozenset()) -> Moments:
        """Return what is active at any instant, where the parts `long` have their longest windows."""
        if long not in self._moments:
            self._moments[long] = Moments(self, long)
        return self._moments[long]

    def changes(self, key: Key) -> list[int]:
        """Return the instants at which the answer of `state` may change, the first of all included."""
        return sorted({run.start for long in self._choices(key) for run in self.runs(key, long)})

    def _choices(self, key: Key) -> list[frozenset[Key]]:
        """Return the sets of windows to take as long as they may be; the first is empty."""
        if key not in self._sets:
            imprecise = [part.key for part in self.parts_over(key) if part.window.is_imprecise]
            sizes: Iterable[int] = range(len(imprecise) + 1)
            if len(imprecise) > _MOST_CHOICES:  # none, each one alone, all
                sizes = (0, 1, len(imprecise))
            self._sets[key] = [
                frozenset(some) for size in sizes for some in combinations(imprecise, size)
            ]
        return self._sets[key]

    def parts_over(self, key: Key) -> list[Part]:
        """Return the parts that decide on the state of a row: itself and the acts over it."""
        parts = {key: self.acts.rows[key]}
        for layer in self.layers_over(key):
            parts[layer.part.key] = layer.part
        return list(parts.values())

    def layers_over(self, key: Key) -> list[Layer]:
        """Return the layers over a row, those over them, and so on."""
        layers: dict[int, Layer] = {}
        stack = list(self.acts.on_row.get(key, ()))
        while stack:
            layer = stack.pop()
            if id(layer) not in layers:
                layers[id(layer)] = layer
                stack += self.acts.on_layer.get(id(layer), ())
                if layer.is_row:  # it replaces as long as it is not suspended itself
                    stack += self.acts.on_row.get(layer.part.key, ())
        return sorted(layers.values(), key=lambda layer: layer.order)


def state_at(runs: Iterable[Run], instant: int) -> str:
    """Return the state at an instant, from runs in the order of time."""
    return next(run.state for run in runs if instant < run.end)


def state_of_measure(states: Sequence[str]) -> str:
    """Return the state of a measure from those of its clauses."""
    if len(set(states)) == 1:
        return states[0]
    if IN_FORCE in states:
        return PARTLY
    return next(state for state in _OF_CLAUSES if state in states)


def merge_runs(clauses: Sequence[Sequence[Run]]) -> list[Run]:
    """Return the runs of a measure from those of its clauses."""
    if len(clauses) == 1:
        return list(clauses[0])
    runs: list[Run] = []
    starts = sorted({run.start for one in clauses for run in one})
    for start, end in zip(starts, [*starts[1:], LAST], strict=True):
        state = state_of_measure([state_at(one, start) for one in clauses])
        if runs and runs[-1].state == state:
            runs[-1] = runs[-1]._replace(end=end)
        else:
            runs.append(Run(state, start, end))
    return runs


class Moments:
    """What is active at an instant, for one choice of short and long windows.

    `without` is a layer that is left aside, to see what the others do.
    """

    def __init__(self, fold: Fold, long: frozenset[Key], without: Layer | None = None) -> None:
        self.fold, self.acts, self.long, self.without = fold, fold.acts, long, without
        self._active: dict[tuple[int, int], bool] = {}

    def bounds(self, part: Part) -> tuple[int, int]:
        """Return start and end of the window of a part for this choice."""
        return part.window.bounds(long=part.key in self.long)

    def runs(self, key: Key) -> Iterator[Run]:
        """Yield the states of a row in the order of time."""
        start, state, ran = FIRST, "", False
        part = self.acts.rows[key]
        for instant in self._instants(key):
            now = self.state(key, instant)
            ran = ran or now == IN_FORCE
            begun = part.window.start and instant >= self.bounds(part)[0]
            if begun and not ran and now in (REVOKED, SUPERSEDED, EXPIRED, SUSPENDED):
                now = NEVER
            if now != state:
                if state:
                    yield Run(state, start, instant)
                start, state = instant, now
        yield Run(state, start, LAST)

    def _instants(self, key: Key) -> list[int]:
        """Return the instants at which the state may change, the first of all included."""
        instants = {FIRST}
        for part in self.fold.parts_over(key):
            instants |= {*self.bounds(part), part.made_at, part.day}
        return sorted(instants - {LAST})

    def state(self, key: Key, instant: int) -> str:
        """Return the state of a row at an instant, be it that it has never run."""
        part, layers = self.acts.rows[key], self.acts.on_row.get(key, ())
        windows = self.windows(part, layers, instant)
        active = [one for one in layers if self.is_active(one, instant)]
        ends = [(self.bounds(one.part)[0], 0, REVOKED) for one in active if one.rel == "revokes"]
        ends += [(self._start_of(one, instant), 1, SUPERSEDED) for one in active
                 if one.rel == "replaces"]  # fmt: skip
        if instant >= (last := max(end for _, end in windows)):
            ends.append((last, 2, EXPIRED))
        if ends:
            return min(ends)[2]
        if any(self.suspends(one, key, instant) for one in active if not one.points):
            return SUSPENDED
        known = windows if part.window.start is not None else windows[1:]
        if any(first <= instant < last for first, last in known):
            return IN_FORCE
        if part.window.start is None:
            return UNKNOWN if instant >= part.made_at else NOT_YET
        return SCHEDULED if instant >= part.made_at else NOT_YET

    def windows(self, part: Part, layers: Iterable[Layer], instant: int) -> list[tuple[int, int]]:
        """Return the windows of a part at an instant, as the active extensions among `layers` move them."""
        start, end = self.bounds(part)
        windows = [(FIRST if part.window.start is None else start, end)]
        if not part.window.has_end:  # an extension moves only an end that exists
            return windows
        for layer in layers:
            if layer.rel == "extends" and self.is_active(layer, instant):
                first, last = windows[-1]
                begin, own = self.bounds(layer.part)
                if last < layer.part.day:  # the old end had passed: a new window
                    windows.append((begin, own))
                else:
                    windows[-1] = (first, own)
        return windows

    def is_active(self, layer: Layer, instant: int) -> bool:
        """Return whether a layer does something at an instant: in its window, and not lifted itself."""
        known = self._active.get((id(layer), instant))
        if known is None:
            known = self._active[id(layer), instant] = self._work_out(layer, instant)
        return known

    def _work_out(self, layer: Layer, instant: int) -> bool:
        if layer is self.without or instant < self.bounds(layer.part)[0]:
            return False
        over = self.acts.on_layer.get(id(layer), ())
        if any(one.rel in _LIFTING and self.is_active(one, instant) for one in over):
            return False
        if layer.is_row and not self._still_replaces(layer, instant):
            return False
        windows = self._windows_of(layer, instant)
        return layer.rel in ENDLESS or any(first <= instant < last for first, last in windows)

    def _windows_of(self, layer: Layer, instant: int) -> list[tuple[int, int]]:
        """Return the windows of a layer at an instant: of what replaces, those of its row."""
        over = (self.acts.on_row.get(layer.part.key, ()) if layer.is_row
                else self.acts.on_layer.get(id(layer), ()))  # fmt: skip
        return self.windows(layer.part, over, instant)

    def _still_replaces(self, layer: Layer, instant: int) -> bool:
        """Return whether a measure that replaces another is neither suspended nor was stopped at its start."""
        key, start = layer.part.key, self.bounds(layer.part)[0]
        active = [one for one in self.acts.on_row.get(key, ()) if self.is_active(one, instant)]
        stopped = any(one.rel == "revokes" and self.bounds(one.part)[0] <= start for one in active)
        return not stopped and not any(
            self.suspends(one, key, instant) for one in active if not one.points
        )

    def _start_of(self, layer: Layer, instant: int) -> int:
        """Return when the window of a replacing part began that holds an instant."""
        windows = self._windows_of(layer, instant)
        return next((first for first, last in windows if first <= instant < last), windows[-1][0])

    def suspends(self, layer: Layer, key: Key, instant: int) -> bool:
        """Return whether an active layer suspends a row, or points of its rate, and was not resumed."""
        return layer.rel == "suspends" and not any(
            one.rel == "resumes" and self.is_active(one, instant)
            and self.is_active(layer, self.bounds(one.part)[0])
            for one in self.acts.on_row.get(key, ())
        )  # fmt: skip
