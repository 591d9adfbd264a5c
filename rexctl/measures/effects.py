"""Acts that have no effect: links that change nothing at any time, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rexctl.measures.acts import ENDLESS, Key
from rexctl.measures.fold import EXPIRED, IN_FORCE, NOT_YET, REVOKED, SUPERSEDED, SUSPENDED, Moments
from rexctl.measures.terms import active_layers, points_off, term_fields
from rexctl.measures.windows import LAST
from rexctl.model.tables import LIFECYCLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rexctl.measures.acts import Layer
    from rexctl.measures.fold import Fold

_STATES = {"suspends": SUSPENDED, "revokes": REVOKED, "replaces": SUPERSEDED}
_NOT_ALIVE = (NOT_YET, EXPIRED, REVOKED, SUPERSEDED)


def layers_without_effect(fold: Fold) -> Iterator[tuple[Layer, str]]:
    """Yield the first layer of each link that changes nothing at any time, and the reason."""
    reasons: dict[tuple[str, int], list[tuple[Layer, str]]] = {}  # a link may be several layers
    for layer in fold.acts.layers(*LIFECYCLE):
        if layer.rows or layer.layers:
            layers = reasons.setdefault((layer.part.key.event, layer.number), [])
            layers.append((layer, _without_effect(fold, layer)))
    yield from (layers[0] for layers in reasons.values() if all(reason for _, reason in layers))


def events_without_effect(fold: Fold) -> Iterator[tuple[str, str]]:
    """Yield act and target of each link that changes nothing: faulty ones, and those to what never folds."""
    for one in fold.acts.left_out:
        yield one.event, str(fold.acts.events[one.event]["links"][one.number]["to"])
    never = (layer for layer in fold.acts.layers(*LIFECYCLE)
             if not layer.rows and not layer.layers and layer.link["to"] not in fold.acts.events)  # fmt: skip
    for layer in (*never, *(layer for layer, _ in layers_without_effect(fold))):
        yield layer.part.key.event, str(layer.link["to"])


def is_in_effect(fold: Fold, key: Key, layer: Layer, instant: int) -> bool:
    """Return whether a layer over a row, or over its layers, makes it what it is at an instant.

    A suspension or an end does where the state is by it, an amendment where no later one gives all of
    its fields anew, an extension where what it extends goes on by it, or by one that extends it.
    """
    moments, rel = fold.moments(), layer.rel
    if not moments.is_active(layer, instant):
        return False
    if key not in layer.rows and not layer.layers:  # over a measure that replaces this one
        return any(is_in_effect(fold, other, layer, instant) for other in layer.rows)
    state, on_row = moments.state(key, instant), key in layer.rows
    if rel == "extends":
        goes_on = on_row and state not in _NOT_ALIVE
        goes_on = goes_on or any(
            one.rel not in ENDLESS and moments.is_active(one, instant) for one in layer.layers
        )
        return goes_on and (instant < moments.bounds(layer.part)[1] or any(
            other.rel == "extends" and other.link.get("to") == layer.part.key.event
            and is_in_effect(fold, key, other, instant) for other in fold.layers_over(key)
        ))  # fmt: skip
    if not on_row:
        without = Moments(fold, frozenset(), without=layer)
        return any(without.is_active(one, instant) for one in layer.layers)
    if rel == "resumes":
        return _ends_suspension(moments, layer, instant)
    if layer.points:
        off = points_off(fold, key, instant).values()
        return state == IN_FORCE and any(one is layer for one, _ in off)
    if rel == "amends":
        names = term_fields(str(layer.part.event["type"])) & layer.part.fields.keys()
        active = active_layers(fold, key, instant)
        for other in active[active.index(layer) + 1 :]:
            names -= other.part.fields.keys() if other.rel == "amends" else set()
        return bool(names) and state not in _NOT_ALIVE
    return state == _STATES[rel] and (rel != "suspends" or moments.suspends(layer, key, instant))


def _without_effect(fold: Fold, layer: Layer) -> str:
    """Return why a layer changes nothing; empty where it does, be imprecise windows short or long."""
    rows = [fold.acts.rows[key] for key in layer.rows]
    if layer.rel == "extends":
        ending = any(row.window.has_end for row in rows) or any(
            one.part.window.has_end and one.rel not in ENDLESS for one in layer.layers
        )
        return "" if ending else "the target has no end to move"
    imprecise = {part.key for key in layer.rows for part in fold.parts_over(key)
                 if part.window.is_imprecise}  # fmt: skip
    choices = dict.fromkeys((frozenset[Key](), frozenset(imprecise)))
    if layer.rel == "resumes":
        effect = any(_ends_suspension(fold.moments(long), layer) for long in choices)
        return "" if effect else "the target is not suspended then"
    effect = any(_meets(fold, layer, long) for long in choices)
    return "" if effect else "wholly before or after the life of the target"


def _ends_suspension(moments: Moments, layer: Layer, instant: int | None = None) -> bool:
    """Return whether a layer ends a suspension, one that would go on at an instant."""
    start = moments.bounds(layer.part)[0]
    over = (one for key in layer.rows for one in moments.acts.on_row[key])
    return any(one.rel == "suspends" and moments.is_active(one, start)
               and (instant is None or moments.is_active(one, instant)) for one in over)  # fmt: skip


def _meets(fold: Fold, layer: Layer, long: frozenset[Key]) -> bool:
    """Return whether the window of a layer holds an instant at which its target is alive."""
    moments = Moments(fold, long, without=layer)
    first, last = _span(moments, layer)
    if layer.rel in ("revokes", "replaces"):
        first -= 1  # at the very end of its target they still decide how that ended
    for other in layer.layers:
        start, end = _span(moments, other)
        if start < last and end > first:
            return True
    return any(
        run.state not in _NOT_ALIVE and run.start < last and run.end > first
        for key in layer.rows for run in moments.runs(key)
    )  # fmt: skip


def _span(moments: Moments, layer: Layer) -> tuple[int, int]:
    """Return start and end of the window of a layer; one that is extended has no end."""
    start, end = moments.bounds(layer.part)
    over = moments.acts.on_layer.get(id(layer), ())
    extended = layer.rel in ENDLESS or any(one.rel == "extends" for one in over)
    return start, LAST if extended else end
