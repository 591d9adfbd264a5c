"""A naive computation of what is in force, instant by instant, from the text of the rules alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rexctl.model.tables import TYPES
from rexctl.values.dates import span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Key = tuple[str, str]
Window = tuple[int | None, int]
EPOCH = 719163  # the ordinal of 1970-01-01
HIGHEST, FOREVER = 3652060, 10**15
MEASURES = [name for name, one in TYPES.items() if one.measure]
LIFECYCLE = ("amends", "replaces", "suspends", "resumes", "extends", "revokes")


@dataclass(eq=False)
class Layer:
    """One lifecycle link at work: `key` is the part that acts, `owner` the part whose window it uses."""

    rel: str
    event: dict[str, Any]
    key: Key
    owner: Key
    targets: list[Key]
    terms: dict[str, Any]
    index: int


def states(
    events: list[dict[str, Any]],
    instant: int,
    zone_of: Callable[[str], str],
    long: frozenset[Key] = frozenset(),
) -> dict[Key, str]:
    """Return the state of every row at an instant."""
    log = _Log(events, zone_of, long)
    return {key: log.state(key, instant) for key in log.rows()}


def rates(
    events: list[dict[str, Any]], instant: int, zone_of: Callable[[str], str]
) -> dict[Key, list[str] | None]:
    """Return the percent rates of every tariff row, None for a row that names no rates at all."""
    log = _Log(events, zone_of, frozenset())
    return {
        key: log.rates(key, instant) for key in log.rows() if log.events[key[0]]["type"] == "tariff"
    }


class _Log:
    """The events that fold, and the questions one can ask of them."""

    def __init__(
        self, events: list[dict[str, Any]], zone_of: Callable[[str], str], long: frozenset[Key]
    ) -> None:
        """Keep "only adopted acts and decided rulings", not retracted."""
        self.zone_of, self.long = zone_of, long
        self.events = {str(event["id"]): event for event in events if _folds(event)}
        self.layers = [layer for ident in self.events for layer in self.acts_of(ident)]

    def rows(self) -> list[Key]:
        """Rows are measures, by clause where there are clauses."""
        return [key for ident in self.events for key in self.parts(ident) if self.has_row(key)]

    def parts(self, ident: str) -> list[Key]:
        """The whole event and each of its clauses."""
        return [(ident, "")] + [(ident, clause) for clause in _clause_ids(self.events[ident])]

    def links_of(self, key: Key) -> list[dict[str, Any]]:
        """The lifecycle links of a part: those `via` it, and those without `via`."""
        links = self.events[key[0]].get("links") or []
        return [
            link
            for link in links
            if link["rel"] in LIFECYCLE and link.get("via") in (None, "", key[1])
        ]

    def has_row(self, key: Key) -> bool:
        """A layer has no row; an act that replaces has its row beside other links too, unless it replaces a layer."""
        event, terms = self.events[key[0]], _part(self.events[key[0]], key[1])
        is_removal = event["type"] == "sanction" and terms.get("change") == "remove"
        is_other = event["type"] not in MEASURES or (key[1] == "" and _clause_ids(event))
        if is_other or is_removal or "decontrol" in _texts(terms.get("controls")):
            return False
        replacing = [link for link in self.links_of(key) if link["rel"] == "replaces"]
        return (
            not all(self.is_on_layer(event, k) for k in replacing)
            if replacing
            else not self.links_of(key)
        )

    def is_on_layer(self, event: dict[str, Any], link: dict[str, Any]) -> bool:
        """Whether what a link names is a layer and no measure."""
        if link.get("to") not in self.events or self.in_cycle(event, link):
            return False
        keys = self.named(link)
        return not any(self.has_row(key) for key in keys) and any(
            self.links_of(key) for key in keys
        )

    def named(self, link: dict[str, Any]) -> list[Key]:
        """The parts a link names: one clause, or the whole ("reaches all clauses")."""
        return [
            key
            for key in self.parts(link["to"])
            if not link.get("clause") or key[1] == link["clause"]
        ]

    def in_cycle(self, event: dict[str, Any], link: dict[str, Any]) -> bool:
        """Lifecycle links that lead back to their own event, by whatever relations, are left out."""
        reached = [link.get("to")]
        for ident in reached:  # the list grows while it is walked
            others = self.events[ident].get("links") or [] if ident in self.events else []
            reached += [
                o.get("to") for o in others if o["rel"] in LIFECYCLE and o.get("to") not in reached
            ]
        return event["id"] in reached

    def acts_of(self, ident: str) -> list[Layer]:
        """Every layer that an event makes, by its links in file order."""
        links = self.events[ident].get("links") or []
        return [
            layer
            for index, link in enumerate(links)
            for layer in self.build(self.events[ident], link, index)
        ]

    def layers_at(self, key: Key, rel: str = "") -> list[Layer]:
        """The layers that a part makes, of one relation or of all."""
        return [
            layer for layer in self.acts_of(key[0]) if layer.key == key and rel in ("", layer.rel)
        ]

    def build(self, event: dict[str, Any], link: dict[str, Any], index: int) -> list[Layer]:
        """Return the layers of one link; none where the text leaves the act out."""
        rel, ident, via = link["rel"], event["id"], link.get("via") or ""
        is_wrong = event["type"] == "ruling" and rel in (
            "amends",
            "replaces",
            "extends",
        )  # wrong-target
        is_wrong = is_wrong or bool(via and via not in _clause_ids(event))  # missing-clause
        if (
            rel not in LIFECYCLE
            or link.get("to") not in self.events
            or is_wrong
            or self.in_cycle(event, link)
        ):
            return []
        if rel == "amends":
            return self.build_amends(event, link, index)
        terms = _part(event, via)
        existing = [key for key in self.named(link) if self.has_row(key) or self.layers_at(key)]
        if (
            rel == "replaces"
        ):  # without `via` each clause of a measure with clauses, over its own window
            acting = [via] if via else (_clause_ids(event) or [""])
            return [
                Layer(rel, event, (ident, c), (ident, c), existing, _part(event, c), index)
                for c in acting
            ]
        if any(_names_less(terms, _part(self.events[key[0]], key[1])) for key in existing):
            return []  # part-of-target
        targets, takes_points = list(existing), rel == "suspends" and bool(terms.get("rates"))
        if takes_points and any(rate.get("unit") == "percent" for rate in terms["rates"]):
            return []  # suspension-rate-unit
        if takes_points or rel == "resumes":  # both name a measure, never a layer
            targets = [key for key in existing if self.has_row(key)]
        if rel == "extends":  # extending an extension extends what it extended
            targets += [
                k for key in existing for layer in self.layers_at(key, rel) for k in layer.targets
            ]
        return [Layer(rel, event, (ident, via), (ident, via), targets, terms, index)]

    def build_amends(self, event: dict[str, Any], link: dict[str, Any], index: int) -> list[Layer]:
        """An `amends` on a measure with clauses must name one, or carry clauses that match by id."""
        ident, to, via = event["id"], link["to"], link.get("via") or ""
        below, own = _clause_ids(self.events[to]), _clause_ids(event)
        pairs: list[tuple[str, str]] = []
        if link.get("clause"):
            pairs = [(via, link["clause"])] if link["clause"] in below else []
        elif not below:
            pairs = [(via, "")]
        elif not via:
            pairs = [(clause, clause) for clause in own if clause in below]
        made = []
        for mine, theirs in pairs:  # amending an amendment amends what it amended; no other layer
            amended = [k for layer in self.layers_at((to, theirs), "amends") for k in layer.targets]
            targets = [(to, theirs)] if self.has_row((to, theirs)) else amended
            made.append(
                Layer(
                    "amends", event, (ident, mine), (ident, via), targets, _part(event, mine), index
                )
            )
        return made

    def zone(self, event: dict[str, Any], effective: dict[str, Any]) -> str:
        """`tz` absent: the event's `tz`; else the zone of the first actor; else UTC."""
        return (
            effective.get("tz")
            or event.get("tz")
            or self.zone_of(_texts(event["actors"])[0])
            or "UTC"
        )

    def date(self, event: dict[str, Any], bound: int, *, with_time: bool) -> int:
        """The instant of an event's `date`, at its `time` where that is wanted; bound 0 is the earliest."""
        clock = event.get("time") if with_time else None
        return _instant(span(event["date"])[bound], clock or "00:00", self.zone(event, {}))

    def base(self, key: Key, *, long: bool | None = None) -> tuple[int | None, int | None]:
        """The start and end of a part by its own file; None where there is none. `through` ends at 24:00.
        A lifecycle act without `from` acts from its `date`, at its `time` if it has one."""
        event = self.events[key[0]]
        effective = _part(event, key[1]).get("effective") or {}
        if long is None:
            is_own = any(c["id"] == key[1] and "effective" in c for c in event.get("clauses") or [])
            long = key in self.long or (not is_own and (key[0], "") in self.long)
        zone = self.zone(event, effective)
        first, last = (0, 1) if long else (1, 0)
        start = end = None
        if effective.get("from"):
            start = _instant(span(effective["from"])[first], effective.get("time") or "00:00", zone)
        elif event["type"] == "ruling" or self.links_of(key):
            start = self.date(event, first, with_time=True)
        if effective.get("until"):
            end = _instant(
                span(effective["until"])[last], effective.get("until_time") or "00:00", zone
            )
        elif effective.get("through"):
            end = _instant(span(effective["through"])[last] + 1, "00:00", zone)
        return start, end

    def start(self, layer: Layer) -> int:
        """The start of a layer; it always has one, since a lifecycle act without `from` acts from its `date`."""
        return self.base(layer.owner)[0] or 0

    def made(self, layer: Layer) -> tuple[int, int, str, int]:
        """Latest-made is by `date` and `time` (earliest bound); then later start, then id, then order in the file."""
        return (
            self.date(layer.event, 0, with_time=True),
            self.start(layer),
            layer.event["id"],
            layer.index,
        )

    def windows(self, key: Key, owner: Key, at: int) -> list[Window]:
        """`extends` moves only an end that exists. Only its own end counts, unless the old end lies before its `date`
        (earliest bound): then it opens a new window from its own start. One without an end takes it away."""
        start, end = self.base(owner)
        if end is None:
            return [(start, FOREVER)]
        windows: list[Window] = [(start, end)]
        for layer in sorted(self.on(key, "extends"), key=self.made):
            if at < self.start(layer) or not self.alive(layer, at):
                continue  # an act never changes what was so before it
            new_start, new_end = self.base(layer.owner)
            if windows[-1][1] >= self.date(layer.event, 0, with_time=False):
                new_start = windows.pop()[0]
            windows.append((new_start, FOREVER if new_end is None else new_end))
        return windows

    def on(self, key: Key, rel: str) -> list[Layer]:
        """The layers of one relation on a part."""
        return [layer for layer in self.layers if layer.rel == rel and key in layer.targets]

    def alive(self, layer: Layer, at: int) -> bool:
        """To suspend, revoke or replace an act is to do so to that layer, and the layers below apply again."""
        return not any(f(layer.key, at) for f in (self.revoked, self.superseded, self.suspended))

    def covers(self, layer: Layer, at: int) -> bool:
        """Whether a layer's window covers an instant at which it is alive."""
        return any(_inside(w, at) for w in self.windows(layer.key, layer.owner, at)) and self.alive(
            layer, at
        )

    def revoked(self, key: Key, at: int) -> list[int]:
        """The starts of the revocations that hold: `revokes` starts at the act's `from` and has no end."""
        return [
            self.start(v)
            for v in self.on(key, "revokes")
            if self.start(v) <= at and self.alive(v, at)
        ]

    def superseded(self, key: Key, at: int) -> list[int]:
        """`replaces` ends its target over the own window of the measure that replaces; not while that one is
        suspended, nor where it was revoked at or before its start; a later revocation brings nothing back."""
        found = []
        for layer in self.on(key, "replaces"):
            windows = [w for w in self.windows(layer.key, layer.owner, at) if _inside(w, at)]
            early = any(begun <= self.start(layer) for begun in self.revoked(layer.key, at))
            if windows and not early and not self.suspended(layer.key, at):
                found.append(min(w[0] or 0 for w in windows))
        return found

    def suspended(self, key: Key, at: int) -> bool:
        """Inside the window of any `suspends` that does not name `rates`."""
        return any(
            self.suspends(layer, key, at)
            for layer in self.on(key, "suspends")
            if not layer.terms.get("rates")
        )

    def suspends(self, layer: Layer, key: Key, at: int, before: int = FOREVER) -> bool:
        """Whether a suspension runs on a part. `resumes` ends the suspensions that run at its start (what other ones
        that start before it left running); what it ended stays ended, whatever extends it later."""
        resuming = [(r, self.start(r)) for r in self.on(key, "resumes") if self.start(r) <= at]
        return self.covers(layer, at) and not any(
            begun < before and self.alive(other, at) and self.suspends(layer, key, begun, begun)
            for other, begun in resuming
        )

    def state(self, key: Key, at: int) -> str:
        """Not in force, own start come, and never run for one instant: `never-took-effect`."""
        word = self.line(key, at)
        start = self.base(key)[0]
        if word == "in-force" or start is None or start > at:
            return word
        has_run = any(self.line(key, point) == "in-force" for point in self.points() if point < at)
        return word if has_run else "never-took-effect"

    def line(self, key: Key, at: int) -> str:
        """The first line that fits wins."""
        windows = self.windows(key, key, at)
        is_inside = any(_inside(window, at) for window in windows)
        over = [window[1] for window in windows if window[1] <= at]
        ends = [(begun, 0, "revoked") for begun in self.revoked(key, at)]
        ends += [(begun, 1, "superseded") for begun in self.superseded(key, at)]
        if over and not is_inside:
            ends.append((max(over), 2, "expired"))
        if ends or self.suspended(key, at):  # whichever began first, at one instant in this order
            return min(ends)[2] if ends else "suspended"
        if is_inside:
            return "in-force"
        if at < self.date(self.events[key[0]], 0, with_time=False):
            return "not-yet"
        return "unknown" if windows[0][0] is None else "scheduled"

    def points(self) -> list[int]:
        """Every instant at which anything may change."""
        parts = [key for ident in self.events for key in self.parts(ident)]
        return [
            p
            for key in parts
            for is_long in (False, True)
            for p in self.base(key, long=is_long)
            if p is not None
        ]

    def rates(self, key: Key, at: int) -> list[str] | None:
        """The rates of the latest-made `amends`; the points of the latest-made `suspends` come off the same part."""
        listed = _part(self.events[key[0]], key[1]).get("rates")
        for layer in sorted(self.on(key, "amends"), key=self.made):
            if self.covers(layer, at) and layer.terms.get("rates") is not None:
                listed = layer.terms["rates"]
        if listed is None:
            return None
        left = [
            (Decimal(rate["value"]), rate.get("of"))
            for rate in listed
            if rate.get("unit") == "percent"
        ]
        off = [
            s
            for s in self.on(key, "suspends")
            if s.terms.get("rates") and self.suspends(s, key, at)
        ]
        if off:
            for rate in max(off, key=self.made).terms["rates"]:
                points = (
                    Decimal(rate["value"])
                    if rate.get("unit") == "percentage-points"
                    else Decimal(0)
                )
                for place, (value, of) in enumerate(left):
                    taken = min(value, points) if of == rate.get("of") else Decimal(0)
                    left[place] = (value - taken, of)
                    points -= taken
        return [format(value.normalize(), "f") for value, _ in left]


def _folds(event: dict[str, Any]) -> bool:
    """Only adopted acts and decided rulings fold; what is retracted does not."""
    wanted = (
        "decided" if event["type"] == "ruling" else "adopted" if event["type"] in MEASURES else None
    )
    return event.get("status") == wanted and event.get("confidence") != "retracted"


def _clause_ids(event: dict[str, Any]) -> list[str]:
    """The ids of an event's clauses, in file order."""
    return [clause["id"] for clause in event.get("clauses") or []]


def _part(event: dict[str, Any], clause: str) -> dict[str, Any]:
    """The fields of a part: a clause's own over those of the event, each inherited whole or not at all."""
    own = [c for c in event.get("clauses") or [] if c["id"] == clause]
    return {**event, **own[0]} if own else event


def _inside(window: Window, at: int) -> bool:
    """Whether an instant lies in a window; the end is exclusive."""
    return window[0] is not None and window[0] <= at < window[1]


def _instant(ordinal: int, clock: str, zone: str) -> int:
    """The instant of a day and a clock time in a zone; the offset is that of the very day."""
    hour, minute = (int(number) for number in clock.split(":")[:2])
    if not 1 < ordinal < HIGHEST - 1:
        return (ordinal - EPOCH) * 86400
    local = datetime.fromordinal(ordinal) + timedelta(hours=hour, minutes=minute)
    if zone[0] in "+-":
        shift = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return int(local.replace(tzinfo=timezone(-shift if zone[0] == "-" else shift)).timestamp())
    return int(local.replace(tzinfo=ZoneInfo(zone)).timestamp())


def _texts(value: Any) -> list[str]:
    """A text or a list of texts (or of {code, role}, those with role reference aside) as a list of texts."""
    if value is None or isinstance(value, str):
        return [value] if value else []
    items = [{"code": item} if isinstance(item, str) else item for item in value]
    return [
        item.get("code") or item.get("name", "")
        for item in items
        if item.get("role") != "reference"
    ]


def _names_less(act: dict[str, Any], target: dict[str, Any]) -> bool:
    """An act that "names goods, origins or firms and less than its target does"; what names none means all."""

    def less(mine: list[str], theirs: list[str], ends: Iterable[str]) -> bool:
        over = tuple(m + end for m in mine for end in ends)
        is_all = not mine or "all" in mine
        return not is_all and (
            not theirs or not all(t in mine or t.startswith(over) for t in theirs)
        )

    origins = [_texts(part.get("origin")) or _texts(part.get("affected")) for part in (act, target)]
    goods = less(_texts(act.get("products")), _texts(target.get("products")), [""])
    firms = less(_texts(act.get("entities")), _texts(target.get("entities")), [])
    return goods or firms or less(origins[0], origins[1], ["/", "-"])
