"""From events to rows and layers: which parts of the log are in force, and which acts lie over them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from rexctl.measures.cycles import components
from rexctl.measures.windows import Window, bounds_of, window_of
from rexctl.model.tables import LIFECYCLE, SHAPES, TYPES
from rexctl.values.codes import is_prefix
from rexctl.values.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Event = Mapping[str, Any]
    Loc = tuple[str | int, ...]

# Only an act with one of these statuses changes what is in force.
FOLDING = ("adopted", "decided")
_BY_RULINGS = ("suspends", "revokes", "resumes")
WHOLE = ("suspends", "revokes", "resumes", "extends")  # they reach all that their target names
ENDLESS = ("revokes", "resumes", "extends")  # they begin, and have no end of their own
# What names goods, origins or firms, with the kind of its codes.
SCOPES = {"products": "product", "origin": "actor", "entities": ""}


class Key(NamedTuple):
    """An event, or a clause of it; an empty clause is the event itself."""

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
    made_at: int
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
    is_left_out: bool = False
    rows: list[Key] = field(default_factory=list)
    layers: list[Layer] = field(default_factory=list)

    @property
    def points(self) -> Sequence[Mapping[str, Any]]:
        """The rates that a suspension takes off, if it names any."""
        return self.part.fields.get("rates", ()) if self.rel == "suspends" else ()

    @property
    def order(self) -> tuple[int, int, str, int]:
        """The order in which acts were made: date and time, later start, id, position of the link."""
        start = self.part.window.start or (self.part.made_at, 0)
        return self.part.made_at, start[0], self.part.key.event, self.number


class LeftOut(NamedTuple):
    """A link that the computation leaves out: the code of the check, the reason, and what to do.

    `loc` is the path of what is wrong in the event.
    """

    event: str
    number: int
    code: str
    reason: str
    hint: str
    loc: Loc


class Acts:
    """The rows and the layers of a set of events.

    :param events: events of any type; only those that `folds` accepts are used.
    :param zone_of: returns the time zone of an actor.
    :param aliases: former id -> present id.
    :param every: use all events as if they were adopted: `left_out` then tells what the links of a
        threat or a proposal would do wrong.
    """

    def __init__(
        self,
        events: Iterable[Event],
        zone_of: Callable[[str], str],
        aliases: Mapping[str, str] | None = None,
        *,
        every: bool = False,
    ) -> None:
        self._zone_of, self._aliases = zone_of, aliases or {}
        self.events = {str(event["id"]): event for event in events if every or folds(event)}
        self.left_out: list[LeftOut] = []
        self.outside: list[str] = []  # the event of each link to an act that is not in the log
        self._with_row: dict[Key, bool] = {}
        self._parts: dict[Key, Part] = {}
        self.rows = {part.key: part for name in self.events for part in self._rows_of(name)}
        self._layers: dict[str, list[Layer]] = {}
        links = [(name, n, link) for name, event in self.events.items()
                 for n, link in enumerate(event.get("links", ())) if link["rel"] in LIFECYCLE]  # fmt: skip
        component = components((name, self._present(link)) for name, _, link in links)
        targets: list[tuple[Layer, str]] = []
        for name, number, link in links:
            if "to" not in link:
                self.outside.append(name)
            elif component[name] == component[self._present(link)]:
                self._leave_out(name, number, "link-cycle", "leads back to this event",
                                "remove or reverse one link of the cycle")  # fmt: skip
            else:
                for layer, clause in self._layers_of(name, number, link):
                    self._layers.setdefault(name, []).append(layer)
                    targets.append((layer, clause))
        for layer, clause in targets:
            if fault := next(self._faults(layer, clause), None):
                layer.is_left_out = True
                self._leave_out(layer.part.key.event, layer.number, *fault)
        for layer, clause in targets:
            if not layer.is_left_out:
                self._resolve(layer, clause)
        _extend_what_was_extended([layer for layer, _ in targets if layer.rel == "extends"])
        # The layers over each row, and over each layer by its `id`, in the order in which they were made.
        self.on_row: dict[Key, list[Layer]] = {}
        self.on_layer: dict[int, list[Layer]] = {}
        self._put_over([layer for layer, _ in targets])

    def _put_over(self, layers: Iterable[Layer]) -> None:
        """Fill in which layers lie over which rows and layers."""
        for layer in sorted(layers, key=lambda layer: layer.order):
            for key in layer.rows:
                self.on_row.setdefault(key, []).append(layer)
            for other in layer.layers:
                if layer.rel != "extends" or other.rel not in ENDLESS:  # there is no end to move
                    self.on_layer.setdefault(id(other), []).append(layer)

    def layers(self, *relations: str) -> Iterator[Layer]:
        """Yield the layers of these relations that are not left out."""
        for layers in self._layers.values():
            yield from (one for one in layers if one.rel in relations and not one.is_left_out)

    def rows_by_event(self) -> dict[str, list[Key]]:
        """Return the rows of each event that has some."""
        return {name: list(keys) for name, keys in groupby(self.rows, lambda key: key.event)}

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
                fields |= clause  # a field is inherited as a unit, never by parts
        window = window_of(fields.get("effective", {}), zone)
        when = bounds_of(event["date"], event.get("time", ""), zone)
        if window.start is None and any(_acting_links(event, key.clause)):
            # a lifecycle act begins at its date
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
        for key in self._keys_of(name):
            if self._has_row(key) and not lifts(self.part(*key).fields):
                yield self.part(*key)

    def _has_row(self, key: Key) -> bool:
        """Return whether a part is a measure: it acts on no other one, or it replaces a measure."""
        if key not in self._with_row:
            self._with_row[key] = True  # for links that lead back to their own event
            links = list(_acting_links(self.events[key.event], key.clause))
            self._with_row[key] = not links or any(map(self._replaces_measure, links))
        return self._with_row[key]

    def _replaces_measure(self, link: Event) -> bool:
        """Return whether a link replaces a measure, or what is not in the log, and not an act on one."""
        name, clause = self._present(link), str(link.get("clause", ""))
        keys = [Key(name, clause)] if clause else self._keys_of(name)
        return link["rel"] == "replaces" and (
            name not in self.events or any(map(self._has_row, keys))
        )

    # Layers

    def _layers_of(self, name: str, number: int, link: Event) -> Iterator[tuple[Layer, str]]:
        """Yield the layers of a link, each with the clause of its target, or "" for all of it."""
        event, rel, via = self.events[name], str(link["rel"]), str(link.get("via", ""))
        if not TYPES[str(event["type"])].measure and not (
            event["type"] == "ruling" and rel in _BY_RULINGS
        ):
            names = ", ".join(kind for kind, info in TYPES.items() if info.measure)
            self._leave_out(
                name, number, "wrong-target", f"not possible for a {event['type']}",
                f"only measures change measures: {names}; a ruling suspends, revokes or resumes",
                "rel",
            )  # fmt: skip
            return
        own, theirs = self._clauses_of(name), self._clauses_of(self._present(link))
        clause = str(link.get("clause", ""))
        if via and via not in own:
            self._leave_out(name, number, "missing-clause", *_no_clause(via, own), "via")
            return
        parts = [(via, clause)]
        if rel == "replaces" and not via and own:
            parts = [(one, clause) for one in own]
        elif rel == "amends" and not clause and theirs:
            matching = [one for one in own if one in theirs and not via]
            if not matching:
                self._leave_out(name, number, "ambiguous-target", "it does not say which clause",
                                f"name one with clause: {', '.join(theirs)}")  # fmt: skip
                return
            for n, one in enumerate(own):
                if one not in theirs:
                    self._leave_out(name, number, "missing-clause", *_no_clause(one, theirs),
                                    ("clauses", n, "id"))  # fmt: skip
            parts = [(one, one) for one in matching]
        for one, to in parts:
            part = self.part(name, one)
            if rel == "amends" and not via:  # a link without `via` has the window of the act
                part = replace(part, window=self.part(name).window)
            is_row = rel == "replaces" and part.key in self.rows
            yield Layer(rel, part, number, link, is_row), to

    def _faults(self, layer: Layer, clause: str) -> Iterator[tuple[str, str, str, str | Loc]]:
        """Yield code, reason, advice and path of what keeps a layer from doing what its link says."""
        name, rel, own = self._present(layer.link), layer.rel, layer.part.event["type"]
        if name not in self.events:
            return
        ids, other = self._clauses_of(name), self.events[name]["type"]
        if clause and clause not in ids:
            yield "missing-clause", *_no_clause(clause, ids), "clause"
        keys, layers = self._under(name, clause)
        nothing = not keys and not layers and not self._acts_elsewhere(name)
        amends = not keys and rel == "amends" and bool(layers)
        for is_so, reason, hint in (
            (nothing and clause, f"clause {clause} of the target is never in force",
             "name the act without its clause, or say by via what each of its clauses does"),
            (nothing, f"the target is a {other}, which is never in force", "use calls-off to call off a plan"),
            (rel == "amends" and own != other, f"a {own} cannot amend a {other}",
             "use replaces to end a measure of another type"),
            (amends and not any(one.rel == "amends" for one in layers), "the target is an act that amends nothing",
             "use extends for another end, or amends on the measure itself"),
            (layers and not keys and rel == "resumes", "the target is an act, not a measure",
             "name the measure that it suspends, or use revokes to end the act"),
            (layers and not keys and layer.points, "points come off the rate of a measure, not of an act",
             "name the measure"),
        ):  # fmt: skip
            if is_so:
                yield "wrong-target", reason, hint, "to"
        for n, rate in enumerate(layer.points):
            if rate["unit"] == "percent":
                loc = (*loc_of(layer.part.event, layer.part.key.clause, "rates"), n, "unit")
                yield ("suspension-rate-unit", "the rate is in percent",
                       "write the percentage-points taken off, or use amends", loc)  # fmt: skip
        if rel in WHOLE and (field_name := self.narrower_field(layer, keys)):
            yield ("part-of-target", f"only for some of its {field_name}",
                   "split the target into clauses, or use amends with exclusions", "to")  # fmt: skip

    def _acts_elsewhere(self, name: str) -> bool:
        """Return whether an event acts on an act that is not in the log, or by faulty links only."""
        links = self.events[name].get("links", ())
        return name not in self._layers and any(link["rel"] in LIFECYCLE for link in links)

    def _under(self, name: str, clause: str) -> tuple[list[Key], list[Layer]]:
        """Return the rows and the layers that an event, or a clause of it, is."""
        keys = [
            key for key in self._keys_of(name) if key in self.rows and clause in ("", key.clause)
        ]
        layers = [one for one in self._layers.get(name, ())
                  if clause in ("", one.part.key.clause) and not one.is_row]  # fmt: skip
        return keys, layers

    def _resolve(self, layer: Layer, clause: str) -> None:
        """Fill in the rows and the layers that a layer lies over."""
        name = self._present(layer.link)
        layer.rows, layers = self._under(name, clause)
        if layer.rel == "amends":
            layer.rows = self._amended(name, clause)
        elif layer.rel != "resumes" and not layer.points:
            layer.layers = layers

    def _amended(self, name: str, clause: str) -> list[Key]:
        """Return the rows of a target; to amend an amendment is to amend what it amended."""
        keys, layers = self._under(name, clause)
        amending = [one for one in layers if one.rel == "amends" and not one.is_left_out]
        return keys or [
            key for one in amending
            for key in self._amended(self._present(one.link), str(one.link.get("clause", "")))
        ]  # fmt: skip

    def _clauses_of(self, name: str) -> list[str]:
        return [str(one["id"]) for one in self.events.get(name, {}).get("clauses", ())]

    def _keys_of(self, name: str) -> list[Key]:
        return [Key(name, clause) for clause in self._clauses_of(name) or [""]]

    def narrower_field(self, layer: Layer, keys: Sequence[Key]) -> str:
        """Return the field by which an act names less than the rows of its target, or ""."""
        part = self.part(layer.part.key.event, str(layer.link.get("via", "")))
        for name, kind in SCOPES.items():
            own = part.fields.get(name)
            others = [self.rows[key].fields.get(name) for key in keys] if own else []
            if layer.rel == "replaces":  # it may be narrower than what names no goods at all
                others = [other for other in others if other is not None]
            if not all(_covers(own or (), other, kind) for other in others):
                return name
        return ""

    def _present(self, link: Event) -> str:
        """Return the present id of the event that a link leads to, or "" for an act elsewhere."""
        name = str(link.get("to", ""))
        return name if name in self.events else self._aliases.get(name, name)

    def _leave_out(
        self, name: str, number: int, code: str, reason: str, hint: str, at: str | Loc = "to"
    ) -> None:
        """Note a link that is left out; `at` is a key of it, or a path in the event."""
        loc = ("links", number, at) if isinstance(at, str) else at
        self.left_out.append(LeftOut(name, number, code, reason, hint, loc))


def _no_clause(clause: str, ids: Sequence[str]) -> tuple[str, str]:
    """Return reason and advice where a clause is not one of these."""
    return f"no clause {clause}", did_you_mean(clause, ids) or f"it has {', '.join(ids)}"


def loc_of(event: Event, clause: str, name: str) -> Loc:
    """Return the path of a field of a part: in its clause, or in the event where that lacks it."""
    for index, one in enumerate(event.get("clauses", ())):
        if one["id"] == clause and name in one:
            return ("clauses", index, name)
    return (name,)


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


def folds(event: Event) -> bool:
    """Return whether an event can change what is in force."""
    kind = str(event["type"])
    return (
        event["status"] in FOLDING
        and event.get("confidence") != "retracted"
        and "effective" in SHAPES[kind]
    )


def _acting_links(event: Event, clause: str) -> Iterator[Event]:
    """Yield the lifecycle links of a part: those of its clause, then those of the act."""
    return (link for link in event.get("links", ())
            if link["rel"] in LIFECYCLE and link.get("via", clause) == clause)  # fmt: skip


def lifts(fields: Mapping[str, Any]) -> bool:
    """Return whether a measure takes something back, so that nothing of it is in force."""
    return fields.get("change") == "remove" or "decontrol" in fields.get("controls", ())


def _covers(act: Sequence[Any], target: Sequence[Any] | None, kind: str) -> bool:
    """Return whether the codes of an act hold all codes of its target; no codes are all."""
    codes = [code_of(one) for one in act]
    if "all" in codes:
        return True
    return target is not None and all(
        any(is_prefix(kind, code, code_of(one)) for code in codes) for one in target
    )


def code_of(item: Any) -> str:
    """Return a code, of a product with its role too, or the name of a firm."""
    return item if isinstance(item, str) else str(item.get("code", item.get("name", "")))
