"""From events to rows and layers: which parts of the log are in force, and which acts lie over them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.measures.windows import Window, bounds_of, window_of
from rexctl.model.tables import LIFECYCLE, SHAPES, TYPES
from rexctl.values.codes import is_prefix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Event = Mapping[str, Any]

# Only an act with one of these statuses changes what is in force.
FOLDING = ("adopted", "decided")
_BY_RULINGS = ("suspends", "revokes", "resumes")
WHOLE = ("suspends", "revokes", "resumes", "extends")  # they reach all that their target names
# What names goods, origins or firms, with the kind of its codes.
SCOPES = {"products": "product", "origin": "actor", "entities": ""}


class Key(NamedTuple):
    """An event, or a clause of it; an empty clause is the whole event."""

    event: str
    clause: str = ""

    def __str__(self) -> str:
        return f"{self.event}#{self.clause}" if self.clause else self.event


@dataclass(frozen=True)
class Part:
    """An event or a clause of it, with the fields that the clause inherits, and its window.

    `made` is the earliest instant of the event's date and time, `day` the first instant of its day.
    """

    key: Key
    event: Event
    fields: Mapping[str, Any]
    window: Window
    made: int
    day: int
    zone: str


@dataclass(eq=False)
class Layer:
    """What one link of an act does to rows and to other layers, over the window of its part.

    `number` is the position of the link in the event. `points` are the rates of a suspension that
    takes percentage points off.
    """

    rel: str
    part: Part
    number: int
    link: Event
    is_row: bool  # its part is a measure with a row of its own: the act replaces
    rows: list[Key] = field(default_factory=list)
    layers: list[Layer] = field(default_factory=list)

    @property
    def points(self) -> Sequence[Mapping[str, Any]]:
        """The rates that a suspension takes off, if it names any."""
        return self.part.fields.get("rates", ()) if self.rel == "suspends" else ()

    @property
    def order(self) -> tuple[int, int, str, int]:
        """The order in which acts were made: date and time, later start, id, position of the link."""
        start = self.part.window.start or (self.part.made, 0)
        return self.part.made, start[0], self.part.key.event, self.number


class LeftOut(NamedTuple):
    """A link that the computation leaves out, with the code of the check and the reason."""

    event: str
    number: int
    code: str
    reason: str


class Acts:
    """The rows and the layers of a set of events.

    :param events: events of any type; those that are not adopted, decided or are retracted are
        left out.
    :param zone_of: returns the time zone of an actor.
    :param aliases: former id -> present id.
    """

    def __init__(
        self,
        events: Iterable[Event],
        zone_of: Callable[[str], str],
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        self._zone_of, self._aliases = zone_of, aliases or {}
        self.events = {str(event["id"]): event for event in events if _folds(event)}
        self.left_out: list[LeftOut] = []
        self.outside: list[tuple[str, int]] = []  # event and number of a link to an act elsewhere
        self._is_layer: dict[Key, bool] = {}
        self._parts: dict[Key, Part] = {}
        self.rows = {part.key: part for name in self.events for part in self._rows_of(name)}
        cycles = _links_in_cycles(self.events, self._aliases)
        self._layers: dict[str, list[Layer]] = {}
        links = [(name, n, link) for name, event in self.events.items()
                 for n, link in enumerate(event.get("links", ())) if link["rel"] in LIFECYCLE]  # fmt: skip
        targets: list[tuple[Layer, str]] = []
        for name, number, link in links:
            if "to" not in link:
                self.outside.append((name, number))
            elif (name, number) in cycles:
                self._leave_out(name, number, "link-cycle", "it leads back to its own event")
            else:
                for layer, clause in self._layers_of(name, number, link):
                    self._layers.setdefault(name, []).append(layer)
                    targets.append((layer, clause))
        for layer, clause in targets:
            self._resolve(layer, clause)
        _extend_what_was_extended([layer for layer, _ in targets if layer.rel == "extends"])
        self.on_row: dict[Key, list[Layer]] = {}
        self.on_layer: dict[int, list[Layer]] = {}
        for layer, _ in targets:
            for key in layer.rows:
                self.on_row.setdefault(key, []).append(layer)
            for other in layer.layers:
                self.on_layer.setdefault(id(other), []).append(layer)
        for layers in (*self.on_row.values(), *self.on_layer.values()):
            layers.sort(key=lambda layer: layer.order)

    def layers(self) -> Iterator[Layer]:
        """Yield every layer."""
        for layers in self._layers.values():
            yield from layers

    def part(self, name: str, clause: str = "") -> Part:
        """Return an event, or one of its clauses with what it inherits."""
        key = Key(name, clause)
        if key not in self._parts:
            self._parts[key] = self._make_part(key)
        return self._parts[key]

    def _make_part(self, key: Key) -> Part:
        event = self.events[key.event]
        zone = str(event.get("tz") or self._zone_of(str(event["actors"][0])))
        fields = dict(event)
        for clause in event.get("clauses", ()):
            if clause["id"] == key.clause:
                fields |= clause  # a field is inherited whole or not at all
        window = window_of(fields.get("effective", {}), zone)
        when = bounds_of(event["date"], event.get("time", ""), zone)
        if window.start is None and _acts(event, key.clause):
            window = window._replace(start=when)
        day = bounds_of(event["date"], "", zone)[0]
        own = str(fields.get("effective", {}).get("tz", zone))
        return Part(key, event, fields, window, when[0], day, own)

    # Rows

    def _rows_of(self, name: str) -> Iterator[Part]:
        """Yield the parts of an event that are measures in force or to come."""
        event = self.events[name]
        if not TYPES[str(event["type"])].measure:
            return
        ids = [str(clause["id"]) for clause in event.get("clauses", ())] or [""]
        for clause in ids:
            part = self.part(name, clause)
            if self._has_row(name, clause) and not _lifts(part.fields):
                yield part

    def _has_row(self, name: str, clause: str) -> bool:
        """Return whether a part is a measure of its own, not only an act on another one."""
        replacing: set[str] = set()
        acting: set[str] = set()
        for link in self.events[name].get("links", ()):
            if link["rel"] in LIFECYCLE:
                replaces = link["rel"] == "replaces" and not self._leads_to_layer(link)
                (replacing if replaces else acting).add(str(link.get("via", "")))
        if {"", clause} & replacing:
            return True
        return not {"", clause} & acting

    def _leads_to_layer(self, link: Event) -> bool:
        """Return whether a link leads to an act, or a clause of one, that has no row of its own."""
        name, clause = self._present(link), str(link.get("clause", ""))
        if name not in self.events:
            return False
        key = Key(name, clause)
        if key not in self._is_layer:
            self._is_layer[key] = False  # for links that lead back to their own event
            ids = [str(one["id"]) for one in self.events[name].get("clauses", ())] or [""]
            acts = any(one["rel"] in LIFECYCLE for one in self.events[name].get("links", ()))
            named = [clause] if clause else ids
            self._is_layer[key] = acts and not any(self._has_row(name, one) for one in named)
        return self._is_layer[key]

    # Layers

    def _layers_of(self, name: str, number: int, link: Event) -> Iterator[tuple[Layer, str]]:
        """Yield the layers of a link, each with the clause of its target, or "" for the whole."""
        event, rel, via = self.events[name], str(link["rel"]), str(link.get("via", ""))
        if not TYPES[str(event["type"])].measure and not (
            event["type"] == "ruling" and rel in _BY_RULINGS
        ):
            self._leave_out(name, number, "wrong-target", f"a {event['type']} does not do so")
            return
        own = [str(clause["id"]) for clause in event.get("clauses", ())]
        clause = str(link.get("clause", ""))
        if via and via not in own:
            self._leave_out(name, number, "missing-clause", f"it has no clause {via}")
            return
        target = self.events.get(self._present(link), {})
        theirs = [str(one["id"]) for one in target.get("clauses", ())]
        parts = [(via, clause)]
        if rel == "replaces" and not via and own:
            parts = [(one, clause) for one in own]
        elif rel == "amends" and not clause and theirs:
            matching = [one for one in own if one in theirs and not via]
            if not matching:
                self._leave_out(name, number, "ambiguous-target", "it does not say which clause")
                return
            for one in own:
                if one not in theirs:
                    self._leave_out(
                        name, number, "missing-clause", f"its target has no clause {one}"
                    )
            parts = [(one, one) for one in matching]
        for one, to in parts:
            part = self.part(name, one)
            if rel == "amends" and not via:  # a link without `via` has the window of the act
                part = replace(part, window=self.part(name).window)
            is_row = rel == "replaces" and part.key in self.rows
            yield Layer(rel, part, number, link, is_row), to

    def _resolve(self, layer: Layer, clause: str) -> None:
        """Fill in the rows and the layers that a layer lies over, or say why it does nothing."""
        name = self._present(layer.link)
        if name not in self.events:
            return
        keys = [
            key for key in self._keys_of(name) if key in self.rows and clause in ("", key.clause)
        ]
        layers = [one for one in self._layers.get(name, ())
                  if clause in ("", one.part.key.clause) and not one.is_row]  # fmt: skip
        fault = self._fault(layer, name, clause, keys, layers)
        if fault:
            self._leave_out(layer.part.key.event, layer.number, *fault)
            layer.rel = "left out"
            return
        layer.rows = keys
        if layer.rel == "amends":  # to amend an amendment is to amend what it amended
            amendments = [] if keys else [one for one in layers if one.rel == "amends"]
            layer.rows += [key for one in amendments for key in self._amended(one)]
        elif layer.rel != "resumes" and not layer.points:
            layer.layers = layers

    def _amended(self, layer: Layer) -> Iterator[Key]:
        """Yield the rows that an amendment, or an amendment of one, is about."""
        name, clause = self._present(layer.link), str(layer.link.get("clause", ""))
        for key in self._keys_of(name):
            if key in self.rows and clause in ("", key.clause):
                yield key
        for one in self._layers.get(name, ()):
            if one.rel == "amends" and clause in ("", one.part.key.clause):
                yield from self._amended(one)

    def _keys_of(self, name: str) -> list[Key]:
        ids = [str(clause["id"]) for clause in self.events[name].get("clauses", ())] or [""]
        return [Key(name, clause) for clause in ids]

    def _fault(
        self, layer: Layer, name: str, clause: str, keys: Sequence[Key], layers: Sequence[Layer]
    ) -> tuple[str, str] | None:
        """Return the code of the check and the reason why a layer does nothing, or None."""
        target, rel = self.events[name], layer.rel
        ids = [str(one["id"]) for one in target.get("clauses", ())]
        if clause and clause not in ids:
            return "missing-clause", f"{name} has no clause {clause}"
        if not keys and not layers:
            return "wrong-target", f"{name} is never in force"
        if rel == "amends":
            if target["type"] != layer.part.event["type"]:
                return (
                    "wrong-target",
                    f"a {layer.part.event['type']} cannot amend a {target['type']}",
                )
            if not keys and not any(one.rel == "amends" for one in layers):
                return "wrong-target", f"{name} amends nothing"
        if not keys and (rel == "resumes" or layer.points):
            return "wrong-target", f"{name} is an act, not a measure"
        if any(rate["unit"] == "percent" for rate in layer.points):
            return "suspension-rate-unit", "its rate is in percent, not in percentage points"
        if rel in WHOLE and (field_name := self.narrower_field(layer, keys)):
            return "part-of-target", f"it reaches only some of its {field_name}"
        return None

    def narrower_field(self, layer: Layer, keys: Sequence[Key]) -> str:
        """Return the field by which an act names less than the rows of its target, or ""."""
        for name, kind in SCOPES.items():
            own = layer.part.fields.get(name)
            if own and not all(covers(own, self.rows[key].fields.get(name), kind) for key in keys):
                return name
        return ""

    def _present(self, link: Event) -> str:
        """Return the present id of the event that a link leads to, or "" for an act elsewhere."""
        name = str(link.get("to", ""))
        return name if name in self.events else self._aliases.get(name, name)

    def _leave_out(self, name: str, number: int, code: str, reason: str) -> None:
        self.left_out.append(LeftOut(name, number, code, reason))


def _extend_what_was_extended(layers: Sequence[Layer]) -> None:
    """Let the extension of an extension reach what that one reaches."""
    changed = True
    while changed:
        changed = False
        for layer in layers:
            for other in [one for one in layer.layers if one.rel == "extends"]:
                rows = [key for key in other.rows if key not in layer.rows]
                more = [one for one in other.layers if one not in layer.layers]
                layer.rows += rows
                layer.layers += more
                changed = changed or bool(rows or more)


def _folds(event: Event) -> bool:
    """Return whether an event can change what is in force."""
    kind = str(event["type"])
    return (
        event["status"] in FOLDING
        and event.get("confidence") != "retracted"
        and "effective" in SHAPES[kind]
    )


def _acts(event: Event, clause: str) -> bool:
    """Return whether a part acts on a measure, and so begins at its date where it has no `from`."""
    return any(link["rel"] in LIFECYCLE and link.get("via", clause) == clause
               for link in event.get("links", ()))  # fmt: skip


def _lifts(fields: Mapping[str, Any]) -> bool:
    """Return whether a measure takes something back, so that nothing of it is in force."""
    return fields.get("change") == "remove" or "decontrol" in fields.get("controls", ())


def covers(act: Sequence[Any], target: Sequence[Any] | None, kind: str) -> bool:
    """Return whether the codes of an act hold all codes of its target; no codes are all."""
    codes = [_code(one) for one in act]
    if "all" in codes:
        return True
    return target is not None and all(
        any(is_prefix(kind, code, _code(one)) for code in codes) for one in target
    )


def _code(item: Any) -> str:
    """Return a code, of a product with its role too, or the name of a firm."""
    return item if isinstance(item, str) else str(item.get("code", item.get("name", "")))


def _links_in_cycles(
    events: Mapping[str, Event], aliases: Mapping[str, str]
) -> set[tuple[str, int]]:
    """Return event and number of the lifecycle links that lead back to their own event.

    Tarjan's algorithm would be one pass; links that change measures are few and their chains short,
    so each link is followed from its target.
    """
    graph: dict[str, list[tuple[int, str]]] = {}
    for name, event in events.items():
        for n, link in enumerate(event.get("links", ())):
            if link["rel"] in LIFECYCLE and "to" in link:
                to = str(link["to"])
                to = to if to in events else aliases.get(to, to)
                graph.setdefault(name, []).append((n, to))
    order = _order(graph)
    # In an order of targets first, a link of a cycle is one whose target does not come before.
    suspects = [(name, n, to) for name, links in graph.items() for n, to in links
                if to in graph and order[to] >= order[name]]  # fmt: skip
    if not suspects:
        return set()
    return {(name, n) for name, links in graph.items() for n, to in links
            if _reaches(graph, to, name)}  # fmt: skip


def _order(graph: Mapping[str, Sequence[tuple[int, str]]]) -> dict[str, int]:
    """Return the position of each event when a depth-first search finishes it: targets come first."""
    order: dict[str, int] = {}
    seen: set[str] = set()
    for root in graph:
        stack = [(root, False)]
        while stack:
            name, finished = stack.pop()
            if finished:
                order[name] = len(order)
            elif name not in seen:
                seen.add(name)
                stack.append((name, True))
                stack += [(to, False) for _, to in graph.get(name, ()) if to in graph]
    return order


def _reaches(graph: Mapping[str, Sequence[tuple[int, str]]], start: str, goal: str) -> bool:
    seen, stack = set(), [start]
    while stack:
        name = stack.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            stack += [to for _, to in graph.get(name, ())]
    return False
