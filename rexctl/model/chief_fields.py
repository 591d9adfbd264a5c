"""The chief field of a mapping in an event: the one that stands for it in a cell."""

from __future__ import annotations

from functools import cache

from rexctl.model.legal import HEADS, SHAPES


@cache
def chief_field(column: str) -> str:
    """Return the chief field of the mapping at a dotted name: `value` for `rates`.

    Empty where there is no mapping. The first event type that has the field decides.
    """
    shapes = (_shape_at(column.split("."), name) for name in SHAPES if name[:1].islower())
    return next((HEADS[shape] for shape in shapes if shape in HEADS), "")


def _shape_at(names: list[str], shape: str) -> str:
    for name in names:
        kind = SHAPES.get(shape, {}).get(name, "")
        shape = (kind[0] if isinstance(kind, list) else kind).rpartition("|")[2]
    return shape
