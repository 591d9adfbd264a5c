"""The terms of a measure at an instant: its rates, goods, origins and the rest, as amended."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from rexctl.measures.windows import FIRST, LAST
from rexctl.model.tables import SHAPES, TYPES
from rexctl.values.json_text import Num

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rexctl.measures.acts import Key, Layer
    from rexctl.measures.fold import Fold

    Rates = Sequence[Mapping[str, Any]]


@cache
def term_fields(kind: str) -> frozenset[str]:
    """Return the fields of an event type that an amendment can change."""
    common = set.intersection(*(set(SHAPES[name]) for name in TYPES))
    own = SHAPES[kind].keys() - common - {"clauses", "effective"}
    return frozenset(own | {"affected", "products"})


def terms_at(
    fold: Fold, key: Key, instant: int, long: frozenset[Key] = frozenset()
) -> dict[str, Any]:
    """Return the fields of a row at an instant: those of the latest amendment over those below.

    `rates` are less the points that a suspension takes off.
    """
    part = fold.acts.rows[key]
    fields = term_fields(str(part.event["type"]))
    terms = {name: part.fields[name] for name in fields if name in part.fields}
    for layer in active_layers(fold, key, instant, long):
        if layer.rel == "amends":
            terms |= {name: layer.part.fields[name] for name in fields if name in layer.part.fields}
    if "rates" in terms and (off := points_off(fold, key, instant, long)):
        points = {of: value for of, (_, value) in off.items()}
        terms["rates"] = [_less(rate, points) for rate in terms["rates"]]
    return terms


def active_layers(
    fold: Fold, key: Key, instant: int, long: frozenset[Key] = frozenset()
) -> list[Layer]:
    """Return the layers over a row that do something at an instant, in the order in which they were made."""
    moments = fold.moments(long)
    return [one for one in fold.acts.on_row.get(key, ()) if moments.is_active(one, instant)]


def points_off(
    fold: Fold, key: Key, instant: int, long: frozenset[Key] = frozenset()
) -> dict[str, tuple[Layer, Decimal]]:
    """Return by the part of the value (`of`) which layer takes points off, and how many; the latest-made."""
    moments = fold.moments(long)
    points: dict[str, tuple[Layer, Decimal]] = {}
    for layer in active_layers(fold, key, instant, long):
        if layer.points and moments.suspends(layer, key, instant):
            points |= {
                str(rate.get("of", "")): (layer, Decimal(rate["value"])) for rate in layer.points
            }
    return points


def setting_rates(fold: Fold, key: Key, instant: int) -> list[Layer]:
    """Return the layers that make the rates of a row what they are: an amendment, points taken off."""
    amending = [layer for layer in active_layers(fold, key, instant)
                if layer.rel == "amends" and "rates" in layer.part.fields]  # fmt: skip
    off = dict.fromkeys(layer for layer, _ in points_off(fold, key, instant).values())
    return [*amending[-1:], *off]


def rates_over_time(fold: Fold, key: Key) -> list[tuple[int, list[str]]]:
    """Return the rates of a row in words, each with the instant from which on they are so."""
    layers = fold.acts.on_row.get(key, ())
    if not any(
        one.points or (one.rel == "amends" and "rates" in one.part.fields) for one in layers
    ):
        return [(FIRST, list(map(describe_rate, fold.acts.rows[key].fields.get("rates", ()))))]
    bounds = {bound for part in fold.parts_over(key) for bound in part.window.bounds(long=False)}
    changes: list[tuple[int, list[str]]] = []
    for instant in sorted({FIRST, *bounds} - {LAST}):
        rates = list(map(describe_rate, terms_at(fold, key, instant).get("rates", ())))
        if not changes or changes[-1][1] != rates:
            changes.append((instant, rates))
    return changes


def describe_rate(rate: Mapping[str, Any]) -> str:
    """Return a rate in words: `25 percent`, `80 USD/kg`, `50 percent of steel content`."""
    unit = rate["unit"]
    if unit == "specific":
        amount = " ".join(str(rate[key]) for key in ("value", "currency") if key in rate)
        text = f"{amount}/{rate['per']}" if "per" in rate else amount
    else:
        text = f"{rate['value']} {unit.replace('-', ' ')}"
    return text + (f" of {rate['of']}" if "of" in rate else "")


def _less(rate: Mapping[str, Any], points: Mapping[str, Decimal]) -> Mapping[str, Any]:
    """Return a rate in percent less the points for the same part of the value, never under 0."""
    off = points.get(str(rate.get("of", "")))
    if off is None or rate["unit"] != "percent":
        return rate
    return {**rate, "value": number(max(Decimal(0), Decimal(rate["value"]) - off))}


def name_some(names: Sequence[str]) -> str:
    """Return the first three of some names in words, with how many more there are."""
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def number(value: Decimal) -> Num:
    """Return a decimal as the digits that a person would write: 20, not 2E+1 or 20.0."""
    return Num(f"{value.normalize():f}")
